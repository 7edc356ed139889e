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
    /// The last seq that the push may name of each other device: the last that the hub has. An
    /// organizer may name more of those of which a hub may have lost something that was put back.
    /// Whoever may name anything could kill what has yet to be written.
    let heads: [DeviceID: Seq]

    /// What the earlier commits of the same act do to a record.
    struct Earlier {
        /// Where they make it.
        private(set) var home: SpaceID?
        private(set) var size = RecordSize()

        mutating func add(_ commit: Commit, _ size: RecordSize) {
            home = commit.target ?? home
            self.size += size
        }
    }

    /// Why the commit can never be accepted; nil when it is let in.
    func refusal(
        of commit: Commit, _ size: RecordSize, after earlier: [RecordKey: Earlier],
        _ places: inout Places
    ) throws -> RefusalRule? {
        guard commit.author == member || grants.isHub else { return .author }
        guard commit.isWellFormed else { return .form }
        if commit.erases, !grants.mayErase {
            return .grant
        }
        let before = earlier[commit.key] ?? Earlier()
        let place = try places.place(of: commit.key)
        return try refusalOfPlace(commit, place, earlier, &places)
            ?? refusalOfDots(commit)
            ?? (places.isOfErased(commit) ? .erased : nil)
            ?? refusalOfPerson(commit, earlier, &places)
            ?? refusalOfSize(commit, size, (place?.size ?? RecordSize()) + before.size)
    }

    private func refusalOfPlace(
        _ commit: Commit, _ place: Places.Place?, _ earlier: [RecordKey: Earlier],
        _ places: inout Places
    ) throws -> RefusalRule? {
        guard let place else {
            // What nobody knows yet may come from somebody else.
            if commit.erases, grants.isOrganizer { return nil }
            guard try !places.isKeptOut(commit.key) else { return .erased }
            guard let home = commit.target ?? earlier[commit.key]?.home else {
                return .unknownRecord
            }
            return try refusalToMake(commit, in: home) ?? refusalOfID(commit, earlier, places)
        }
        return try place.isErased ? .erased : refusalToEdit(commit, place, places)
    }

    /// A page could not hold more of the record. Organizers can always delete and move, and an admin
    /// erase, what somebody has filled.
    private func refusalOfSize(
        _ commit: Commit, _ size: RecordSize, _ held: RecordSize
    ) -> RefusalRule? {
        if commit.erases { return nil }
        let fits =
            if !grants.isOrganizer {
                (held + size).fits(into: .leadersLimit)
            } else {
                commit.isAboutWhole ? held.fits(into: .lastLimit) : (held + size).fits(into: .limit)
            }
        return fits ? nil : .full
    }

    private func refusalOfDots(_ commit: Commit) -> RefusalRule? {
        guard !commit.namesWhatIsToCome else { return .dots }
        let others = commit.overwritten.filter { $0.device != commit.dot.device }
        return others.allSatisfy { $0.seq <= heads[$0.device] ?? 0 } ? nil : .dots
    }

    /// What a leader writes is about people in the leader's turfs: it follows a person wherever
    /// that one lives.
    private func refusalOfPerson(
        _ commit: Commit, _ earlier: [RecordKey: Earlier], _ places: inout Places
    ) throws -> RefusalRule? {
        guard !grants.isOrganizer,
            let field = Kinds.policy(of: commit.key.kind)?.personField,
            let write = commit.writes.first(where: { $0.field == field.number }),
            let person = write.value.id.map(Person.key)
        else { return nil }
        let now = try places.place(of: person)?.space ?? earlier[person]?.home
        let then = try places.space(of: person, at: storedSeq)
        let isHers = [now, then].contains { $0.map(grants.turfs.contains) ?? false }
        return isHers ? nil : .person
    }

    private func refusalToMake(_ commit: Commit, in space: SpaceID) -> RefusalRule? {
        guard Self.mayLive(commit.key, in: space) else { return .space }
        return grants.mayWrite(commit.key, in: space, by: commit.author) ? nil : .grant
    }

    /// An id that something else has would make one be taken for the other. Whoever may write
    /// everything could do that in simpler ways.
    private func refusalOfID(
        _ commit: Commit, _ earlier: [RecordKey: Earlier], _ places: Places
    ) throws -> RefusalRule? {
        guard !grants.isOrganizer else { return nil }
        let isOfThisAct = Kinds.all.map { RecordKey($0.schema.number, commit.key.id) }
            .contains { $0 != commit.key && earlier[$0] != nil }
        return try isOfThisAct || places.isTaken(commit.key) ? .id : nil
    }

    private func refusalToEdit(
        _ commit: Commit, _ place: Places.Place, _ places: Places
    ) throws -> RefusalRule? {
        if let target = commit.target {
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
        case .own: space == key.id && !Space.isReserved(key.id)
        case .turf, .person, .pair: space != Space.commons && space != Space.all
        case nil: space != Space.all
        }
    }
}

extension FieldWrite {
    /// Whether a field that the table of kinds knows is written with its one rule and type, so that
    /// no device reads it otherwise than the door did. Fields that it does not know may be anything.
    fileprivate func isWellFormed(in kind: KindSchema?) -> Bool {
        switch field {
        case CommonField.life: return rule == .keep && (value == .deleted || value == .restored)
        case CommonField.space: return rule == .latest && value.type == .id
        case CommonField.erased: return rule == .keep && value == .int(1)
        case ..<CommonField.firstOfKind: return false
        default:
            guard let schema = kind?.field(field) else { return true }
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
    /// Whether its fields are written as the table of kinds has them; and an erasure by itself: everybody
    /// is told of it, and would be told of what stands beside it, too.
    var isWellFormed: Bool {
        let schema = Kinds.policy(of: key.kind)?.schema
        return writes.allSatisfy { $0.isWellFormed(in: schema) } && (!erases || writes.count == 1)
    }

    /// The dots that it takes the place of.
    var overwritten: some Sequence<Dot> { writes.lazy.flatMap(\.overwrites) }

    /// Whether it takes the place of itself, or of what its device writes later: then it would be dead
    /// on arrival, and say nothing of what everybody believes it to say.
    var namesWhatIsToCome: Bool {
        overwritten.contains { $0.device == dot.device && $0.seq >= dot.seq }
    }

    /// The space that the commit puts its record into; nil for one that leaves it where it is.
    var target: SpaceID? { writes.first { $0.field == CommonField.space }?.value.id }

    /// Whether the commit says where its record lives or whether it does, and nothing of its kind.
    var isAboutWhole: Bool { writes.allSatisfy { $0.field < CommonField.firstOfKind } }
}
