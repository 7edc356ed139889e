import Notebook
import Replication
import Store

/// The one function that decides what a device may append, and by its grants what it may read.
///
/// It judges by the hub's own state, in the transaction that stores what it lets in.
struct Door {
    let grants: Grants
    let member: MemberID
    /// The last place of the log up to which the device has stored it: an edit is judged by where
    /// its record lived then, or lives now.
    let storedSeq: UInt64
    /// The last seq that the hub has of a device; nil for one it does not know.
    let lastSeq: (DeviceID) throws -> Seq?

    /// What the earlier commits of the same act do to a record.
    struct Earlier {
        /// Where they make it.
        var home: SpaceID?
        var commits = 0
    }

    /// Why the commit can never be accepted; nil when it is let in.
    func refusal(
        of commit: Commit, after earlier: Earlier, _ places: inout Places
    ) throws -> RefusalRule? {
        guard commit.author == member || grants.isHub else { return .author }
        guard commit.writes.allSatisfy({ $0.isWellFormed(in: commit.key.kind) }) else {
            return .form
        }
        let target = commit.target
        if commit.erases, !grants.mayErase {
            return .grant
        }
        guard let place = try places.place(of: commit.key) else {
            guard let home = target ?? earlier.home else { return .unknownRecord }
            return try refusalToMake(commit, in: home) ?? refusalOfDots(commit)
        }
        if place.isErased { return .erased }
        if place.isFull(with: earlier.commits) { return .full }
        return try refusalToEdit(commit, place, target, places) ?? refusalOfDots(commit)
    }

    /// Organizers may name what the hub has lost; a leader only what the hub has.
    private func refusalOfDots(_ commit: Commit) throws -> RefusalRule? {
        guard !grants.roles.contains(.organizer) else { return nil }
        let isKnown = try commit.writes.flatMap(\.overwrites).allSatisfy { dot in
            guard dot.device != commit.dot.device else { return dot.seq < commit.dot.seq }
            return try lastSeq(dot.device).map { dot.seq <= $0 } ?? false
        }
        return isKnown ? nil : .dots
    }

    private func refusalToMake(_ commit: Commit, in space: SpaceID) -> RefusalRule? {
        guard Self.mayLive(commit.key, in: space) else { return .space }
        return grants.mayWrite(commit.key, in: space, by: commit.author) ? nil : .grant
    }

    private func refusalToEdit(
        _ commit: Commit, _ place: Places.Place, _ target: SpaceID?, _ places: Places
    ) throws -> RefusalRule? {
        if let target {
            guard Self.mayLive(commit.key, in: target) else { return .space }
            guard grants.mayMove else { return .grant }
        }
        if grants.mayWrite(commit.key, in: place.space, by: commit.author) { return nil }
        let then = try places.space(of: commit.key, at: storedSeq)
        let couldThen = then.map { grants.mayWrite(commit.key, in: $0, by: commit.author) }
        return couldThen ?? false ? nil : .grant
    }

    /// Whether records of this kind may live in a space at all, by the table of kinds. What a
    /// leader must not read can so never be put into a turf.
    static func mayLive(_ key: RecordKey, in space: SpaceID) -> Bool {
        switch Kinds.policy(of: key.kind)?.home {
        case .commons: space == Space.commons
        case .organizers: space == Space.organizers
        case .own: space == key.id
        case .turf, .person: space != Space.commons && space != Space.all
        case nil: space != Space.all
        }
    }
}

extension FieldWrite {
    /// Whether a field that the table of kinds knows is written with its one rule and type, so that
    /// no device reads it otherwise than the door did. Fields that it does not know may be anything.
    fileprivate func isWellFormed(in kind: Kind) -> Bool {
        switch field {
        case CommonField.life: return rule == .keep && (value == .deleted || value == .restored)
        case CommonField.space: return rule == .latest && value.type == .id
        case CommonField.erased: return rule == .keep && value == .int(1)
        case ..<CommonField.firstOfKind: return false
        default:
            guard let schema = Kinds.policy(of: kind)?.schema.field(field) else { return true }
            return rule == schema.rule && (value.isNull || value.type == schema.type.onTheWire)
                && (value.day.map { Day(number: $0).number == $0 } ?? true)
        }
    }
}

extension FieldType {
    fileprivate var onTheWire: ValueType {
        switch self {
        case .text: .text
        case .int: .int
        case .day: .day
        case .id: .id
        }
    }
}

extension Commit {
    /// The space that the commit puts its record into; nil for one that leaves it where it is.
    var target: SpaceID? { writes.first { $0.field == CommonField.space }?.value.id }

    /// Whether the commit erases its record.
    var erases: Bool { writes.contains { $0.field == CommonField.erased } }
}
