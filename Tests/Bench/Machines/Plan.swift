import Notebook
package import Replication
package import Store

/// What a change of the workload is in a notebook.
///
/// A congregation becomes an institution and a turf of the same name; people and organizers live
/// in the turf of their congregation, organizers with their role as a tag. The workload's ids are
/// kept.
package struct Plan: Sendable {
    /// The record that the change is about.
    package let key: RecordKey
    /// When the laptop made the change, in milliseconds since 1970.
    package let milliseconds: UInt64
    private let changes: [Change]
    /// The records that must have arrived before it can be made.
    package let needs: [RecordKey]
    private let home: PlannedHome
    /// The institution to which a person moves, and so the turf.
    package let newInstitution: RecordID?

    private enum PlannedHome {
        case space(SpaceID)
        /// Where this person lives.
        case person(RecordID)
    }

    /// `isNew` says that no change of the record came before.
    package init(_ change: WorkloadChange, isNew: Bool) throws {
        let id = try Self.id(change.id)
        let kind = Self.kind(of: change.entity)
        key = try Self.key(of: change)
        milliseconds = change.milliseconds
        let references = try Self.references(change)
        needs = references + (isNew ? [] : [key])
        home = try Self.home(of: change, id)
        guard !change.isDelete else {
            changes = [.delete]
            newInstitution = nil
            return
        }
        newInstitution =
            isNew || kind != Person.kind
            ? nil : try change.fields["congregation"].map { try Self.id($0) }
        let named = change.fields.sorted { $0.key < $1.key }
        let own = try named.flatMap { try Self.changes(change.entity, $0.key, $0.value) }
        changes = own + (isNew ? Self.constants(of: change.entity) : [])
    }

    /// The turf that goes with an institution.
    package static func turf(of institution: RecordID) -> RecordID {
        RecordID(rawValue: institution.rawValue ^ 1)
    }

    /// The second edit of a congregation's making: its turf.
    private var turf: Edit? {
        guard key.kind == Institution.kind.number,
            case .set(_, _, let name)? = changes.first(where: {
                if case .set(Institution.name.number, _, _) = $0 { true } else { false }
            })
        else { return nil }
        let id = Self.turf(of: key.id)
        return Edit(Turf.key(id), home: id, [.set(Turf.name, name)])
    }

    private static func kind(of entity: WorkloadChange.Entity) -> KindSchema {
        switch entity {
        case .congregation: Institution.kind
        case .organizer, .person: Person.kind
        case .oneToOne: OneToOne.kind
        case .commitment: Commitment.kind
        case .assessment: Assessment.kind
        }
    }

    private static func home(of change: WorkloadChange, _ id: RecordID) throws -> PlannedHome {
        switch change.entity {
        case .congregation: return .space(Space.commons)
        case .assessment: return .space(Space.organizers)
        case .organizer, .person:
            let institution = try change.fields["congregation"].map { try Self.id($0) }
            return .space(institution.map(turf) ?? Space.organizers)
        case .oneToOne, .commitment:
            return .person(try change.fields["person"].map { try Self.id($0) } ?? id)
        }
    }

    private static func references(_ change: WorkloadChange) throws -> [RecordKey] {
        let kinds = [
            "congregation": Institution.kind, "person": Person.kind, "organizer": Person.kind,
        ]
        return try change.fields.sorted { $0.key < $1.key }.compactMap { name, value in
            try kinds[name].map { RecordKey($0.number, try id(value)) }
        }
    }

    /// What every new record of a kind has in Fieldbook and not in the workload.
    private static func constants(of entity: WorkloadChange.Entity) -> [Change] {
        switch entity {
        case .oneToOne: [.set(OneToOne.status, .text(OneToOne.held))]
        case .commitment: [.set(Commitment.direction, .text("they"))]
        default: []
        }
    }

    private static func changes(
        _ entity: WorkloadChange.Entity, _ name: String, _ value: WorkloadValue
    ) throws -> [Change] {
        if entity == .organizer, name == "role", case .text(let role) = value {
            return [.insert(Person.tags, .text(role))]
        }
        guard let field = kind(of: entity).field(named: names[entity]?[name] ?? name) else {
            throw BenchError("The workload's field \(name) has no place in a notebook.")
        }
        switch (field.type, value) {
        case (.text, .list(let texts)): return texts.map { .insert(field, .text($0)) }
        case (.text, .text(let text)): return [.set(field, .text(text))]
        case (.int, .number(let number)): return [.set(field, .int(number))]
        case (.id, .text): return [.set(field, .id(try id(value)))]
        case (.day, .text(let text)):
            guard let day = Day(iso: text) else { throw BenchError("\(text) is not a day.") }
            return [.set(field, .day(day.number))]
        default: throw BenchError("The workload's field \(name) holds something else.")
        }
    }

    /// Fields that have another name in Fieldbook.
    private static let names: [WorkloadChange.Entity: [String: String]] = [
        .oneToOne: [
            "date": "on", "note": "summary", "interests": "heard", "follow_up": "next",
            "follow_up_on": "due",
        ],
        .person: ["congregation": "institution"],
        .organizer: ["congregation": "institution"],
    ]

    /// The record that a change is about.
    package static func key(of change: WorkloadChange) throws -> RecordKey {
        RecordKey(kind(of: change.entity).number, try id(change.id))
    }

    private static func id(_ text: String) throws -> RecordID {
        guard let id = RecordID(text) else { throw BenchError("\(text) is not an id.") }
        return id
    }

    private static func id(_ value: WorkloadValue) throws -> RecordID {
        guard case .text(let text) = value else { throw BenchError("An id is a text.") }
        return try id(text)
    }
}

extension Plan {
    /// What to commit, given where people live.
    package func edits(_ space: (RecordKey) throws -> SpaceID?) rethrows -> [Edit] {
        let home: SpaceID
        switch self.home {
        case .space(let space): home = space
        case .person(let person): home = try space(Person.key(person)) ?? Space.organizers
        }
        let edit = Edit(key, home: home, changes)
        return [edit] + (turf.map { [$0] } ?? [])
    }
}
