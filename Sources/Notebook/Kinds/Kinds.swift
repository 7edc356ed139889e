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
    /// Fields that name what a record is about, besides whom it lives with.
    private let about: [FieldSchema]

    init(schema: KindSchema, home: Home, writers: Writers, about: [FieldSchema] = []) {
        self.schema = schema
        self.home = home
        self.writers = writers
        self.about = about
    }

    /// The fields that name what a record is about: when one of these is erased, the record is too.
    package var subjects: [FieldSchema] {
        let people: [FieldSchema] =
            switch home {
            case .person(let field): [field]
            case .pair(let one, let other): [one, other]
            case .commons, .organizers, .own, .turf: []
            }
        return people + about
    }

    /// Whether its records are people, or about people.
    package var isAboutPeople: Bool { schema.number == Person.kind.number || !subjects.isEmpty }

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
            about: [Assessment.person]),
        KindPolicy(
            schema: Reflection.kind, home: .organizers, writers: .organizersOnly,
            about: [Reflection.oneToOne]),
        KindPolicy(schema: Turf.kind, home: .own, writers: .organizersOnly),
        KindPolicy(schema: Institution.kind, home: .commons, writers: .organizersOnly),
        KindPolicy(schema: Member.kind, home: .commons, writers: .everyoneTheirOwn),
        KindPolicy(
            schema: SamePerson.kind, home: .pair(SamePerson.a, SamePerson.b),
            writers: .organizersOnly),
        KindPolicy(
            schema: Relationship.kind, home: .organizers, writers: .organizersOnly,
            about: [Relationship.from, Relationship.to]),
        KindPolicy(schema: Team.kind, home: .commons, writers: .organizersOnly),
        KindPolicy(
            schema: TeamMember.kind, home: .person(TeamMember.person), writers: .organizersOnly),
        KindPolicy(schema: ListeningCampaign.kind, home: .commons, writers: .organizersOnly),
        KindPolicy(schema: Listener.kind, home: .person(Listener.person), writers: .organizersOnly),
        KindPolicy(schema: HouseMeeting.kind, home: .organizers, writers: .organizersOnly),
        KindPolicy(schema: Training.kind, home: .commons, writers: .organizersOnly),
        KindPolicy(schema: Action.kind, home: .commons, writers: .organizersOnly),
        KindPolicy(
            schema: Attendance.kind, home: .person(Attendance.person), writers: .leadersInTheirTurfs
        ),
        KindPolicy(
            schema: TurnoutPledge.kind, home: .person(TurnoutPledge.leader),
            writers: .leadersInTheirTurfs),
        KindPolicy(
            schema: Concern.kind, home: .person(Concern.person), writers: .leadersInTheirTurfs),
        KindPolicy(schema: Issue.kind, home: .commons, writers: .organizersOnly),
        KindPolicy(schema: ResearchAction.kind, home: .organizers, writers: .organizersOnly),
        KindPolicy(schema: Campaign.kind, home: .organizers, writers: .organizersOnly),
        KindPolicy(
            schema: Target.kind, home: .organizers, writers: .organizersOnly, about: [Target.actor]),
        KindPolicy(schema: Demand.kind, home: .organizers, writers: .organizersOnly),
        KindPolicy(
            schema: Vote.kind, home: .organizers, writers: .organizersOnly, about: [Vote.member]),
        KindPolicy(schema: Evaluation.kind, home: .organizers, writers: .organizersOnly),
        KindPolicy(
            schema: Actor.kind, home: .organizers, writers: .organizersOnly, about: [Actor.person]),
        KindPolicy(
            schema: Stance.kind, home: .organizers, writers: .organizersOnly, about: [Stance.actor]),
        KindPolicy(
            schema: ActorRelation.kind, home: .organizers, writers: .organizersOnly,
            about: [ActorRelation.from, ActorRelation.to]),
        KindPolicy(
            schema: OppositionEvent.kind, home: .organizers, writers: .organizersOnly,
            about: [OppositionEvent.actor]),
        KindPolicy(schema: Tension.kind, home: .organizers, writers: .organizersOnly),
        KindPolicy(schema: Initiative.kind, home: .organizers, writers: .organizersOnly),
        KindPolicy(schema: ConditionRating.kind, home: .organizers, writers: .organizersOnly),
        KindPolicy(schema: Indicator.kind, home: .organizers, writers: .organizersOnly),
        KindPolicy(schema: Measurement.kind, home: .organizers, writers: .organizersOnly),
        KindPolicy(schema: Activity.kind, home: .organizers, writers: .organizersOnly),
        KindPolicy(schema: SurveyInstrument.kind, home: .organizers, writers: .organizersOnly),
        KindPolicy(schema: SurveyWave.kind, home: .organizers, writers: .organizersOnly),
        KindPolicy(
            schema: SurveyResponse.kind, home: .organizers, writers: .organizersOnly,
            about: [SurveyResponse.person]),
        KindPolicy(schema: Goal.kind, home: .commons, writers: .organizersOnly),
        KindPolicy(schema: InstitutionTie.kind, home: .organizers, writers: .organizersOnly),
        KindPolicy(schema: Scale.kind, home: .commons, writers: .organizersOnly),
        KindPolicy(schema: Touch.kind, home: .person(Touch.person), writers: .leadersInTheirTurfs),
        KindPolicy(schema: TierCadence.kind, home: .commons, writers: .organizersOnly),
        KindPolicy(schema: ImportBatch.kind, home: .organizers, writers: .organizersOnly),
        KindPolicy(
            schema: Foreign.kind, home: .organizers, writers: .organizersOnly,
            about: [Foreign.record]),
    ]

    package static let schema = Schema(all.map(\.schema))

    private static let byNumber = Dictionary(
        uniqueKeysWithValues: all.map { ($0.schema.number, $0) })

    package static func policy(of kind: Kind) -> KindPolicy? { byNumber[kind] }

    /// The kind's name, or its number when a newer program made it.
    package static func name(of kind: Kind) -> String {
        byNumber[kind]?.schema.name ?? "kind \(kind)"
    }

    private static let byName = Dictionary(
        uniqueKeysWithValues: all.map { ($0.schema.name, $0) })

    package static func named(_ name: String) -> KindPolicy? { byName[name] }

    /// Whether records of the kind live where the people live whom they are about, and move with them.
    package static func isFollower(_ kind: Kind) -> Bool {
        switch policy(of: kind)?.home {
        case .person, .pair: true
        default: false
        }
    }

    /// The kinds of which a field names a record.
    package static func numbers(named field: FieldSchema) -> [Kind] {
        field.names.compactMap { named($0)?.schema.number }
    }

    /// Whether somebody who is no organizer may write a record: `leading`, where it lives in a turf that
    /// they lead.
    package static func mayBeWritten(
        _ key: RecordKey, by author: MemberID, leading: Bool
    ) -> Bool {
        switch policy(of: key.kind)?.writers {
        case .leadersInTheirTurfs: leading
        case .everyoneTheirOwn: key.id == author
        case .organizersOnly, nil: false
        }
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
