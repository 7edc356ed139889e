package import Replication
package import Store

/// Where a kind of record lives, and so who may read it.
package enum Home: Sendable, Hashable {
    /// Read by every member.
    case commons
    /// Read by organizers alone.
    case organizers
    /// A space of its own, with the record's id: a turf.
    case own
    /// The turf that somebody assigned it to, or else with the organizers: a person.
    case turf
    /// Where the person lives that this field names; it moves with them.
    case person(FieldSchema)
    /// In the turf where both people live that these fields name; else with the organizers, so that
    /// no leader hears of somebody elsewhere. It moves with them.
    case pair(FieldSchema, FieldSchema)
}

/// Who may write a kind, besides organizers, who may write them all.
package enum Writers: Sendable, Hashable {
    case organizersOnly
    /// Leaders too, in their own turfs.
    case leadersInTheirTurfs
    /// Everybody, about themselves: the record's id is the author.
    case everyoneTheirOwn
}

/// A kind with its place in the one table that says where it lives and who may write it.
package struct KindPolicy: Sendable {
    package let schema: KindSchema
    package let home: Home
    package let writers: Writers
    /// What a record is about, besides whom it lives with.
    private let about: [Subject]

    init(schema: KindSchema, home: Home, writers: Writers, about: [Subject] = []) {
        self.schema = schema
        self.home = home
        self.writers = writers
        self.about = about
    }

    /// A field that names another record.
    package struct Subject: Sendable {
        package let field: FieldSchema
        /// The other record's kind.
        package let kind: Kind
    }

    /// All that a record is about: when one of these is erased, the record is too.
    package var subjects: [Subject] {
        let people: [FieldSchema] =
            switch home {
            case .person(let field): [field]
            case .pair(let one, let other): [one, other]
            case .commons, .organizers, .own, .turf: []
            }
        return people.map { Subject(field: $0, kind: Person.kind.number) } + about
    }

    /// The field that names the person with whom its records live; nil for a kind that does not.
    package var personField: FieldSchema? {
        if case .person(let field) = home { field } else { nil }
    }
}

/// The one table of kinds. The door reads it too. A kind without a row may be written by organizers
/// alone: a newer program made it.
package enum Kinds {
    package static let all: [KindPolicy] = [
        KindPolicy(schema: Person.kind, home: .turf, writers: .leadersInTheirTurfs),
        KindPolicy(
            schema: OneToOne.kind, home: .person(OneToOne.person), writers: .leadersInTheirTurfs),
        KindPolicy(
            schema: Commitment.kind, home: .person(Commitment.person),
            writers: .leadersInTheirTurfs),
        KindPolicy(
            schema: Assessment.kind, home: .organizers, writers: .organizersOnly,
            about: [.init(field: Assessment.person, kind: Person.kind.number)]),
        KindPolicy(
            schema: Reflection.kind, home: .organizers, writers: .organizersOnly,
            about: [.init(field: Reflection.oneToOne, kind: OneToOne.kind.number)]),
        KindPolicy(schema: Turf.kind, home: .own, writers: .organizersOnly),
        KindPolicy(schema: Institution.kind, home: .commons, writers: .organizersOnly),
        KindPolicy(schema: Member.kind, home: .commons, writers: .everyoneTheirOwn),
        KindPolicy(
            schema: SamePerson.kind, home: .pair(SamePerson.a, SamePerson.b),
            writers: .organizersOnly),
    ]

    package static let schema = Schema(all.map(\.schema))

    private static let byNumber = Dictionary(
        uniqueKeysWithValues: all.map { ($0.schema.number, $0) })

    package static func policy(of kind: Kind) -> KindPolicy? { byNumber[kind] }

    /// The kind's name, or its number when a newer program made it.
    package static func name(of kind: Kind) -> String {
        byNumber[kind]?.schema.name ?? "kind \(kind)"
    }

    package static func named(_ name: String) -> KindPolicy? {
        all.first { $0.schema.name == name }
    }

    /// The kinds that leaders write too, in their turfs.
    package static var writtenByLeaders: Set<Kind> {
        Set(all.filter { $0.writers == .leadersInTheirTurfs }.map(\.schema.number))
    }

    /// The kinds that live with a person, and the field that names the person.
    package static var dependents: [(kind: KindSchema, person: FieldSchema)] {
        all.compactMap { row in row.personField.map { (row.schema, $0) } }
    }
}
