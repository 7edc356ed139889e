import Notebook
import Replication
import Store

/// What a change of the workload is in a notebook.
///
/// A congregation becomes an institution and a turf of the same name; people and organizers live
/// in the turf of their congregation, organizers with their role as a tag. The workload's ids are
/// kept.
struct Plan {
    /// The record that the change is about.
    let key: RecordKey
    let changes: [Change]
    /// The records that must have arrived before it can be made.
    let needs: [RecordKey]
    let home: PlannedHome
    /// The institution to which a person moves, and so the turf.
    let newInstitution: RecordID?

    enum PlannedHome {
        case space(SpaceID)
        /// Where this person lives.
        case person(RecordID)
    }

    init(_ change: WorkloadChange, isNew: Bool) throws {
        let id = try Self.id(change.id)
        let kind = Self.kind(of: change.entity)
        key = RecordKey(kind.number, id)
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
    static func turf(of institution: RecordID) -> RecordID {
        RecordID(rawValue: institution.rawValue ^ 1)
    }

    /// The second edit of a congregation's making: its turf.
    var turf: Edit? {
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
            throw ReplayError("The workload's field \(name) has no place in a notebook.")
        }
        switch (field.type, value) {
        case (.text, .list(let texts)): return texts.map { .insert(field, .text($0)) }
        case (.text, .text(let text)): return [.set(field, .text(text))]
        case (.int, .number(let number)): return [.set(field, .int(number))]
        case (.id, .text): return [.set(field, .id(try id(value)))]
        case (.day, .text(let text)):
            guard let day = Day(iso: text) else { throw ReplayError("\(text) is not a day.") }
            return [.set(field, .day(day.number))]
        default: throw ReplayError("The workload's field \(name) holds something else.")
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

    private static func id(_ text: String) throws -> RecordID {
        guard let id = RecordID(text) else { throw ReplayError("\(text) is not an id.") }
        return id
    }

    private static func id(_ value: WorkloadValue) throws -> RecordID {
        guard case .text(let text) = value else { throw ReplayError("An id is a text.") }
        return try id(text)
    }
}
