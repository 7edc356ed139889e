import Notebook
import Replication
import Store

/// What a line has room for of a record that has many fields: those that tell most.
enum LineFields {
    /// Of those that hold something, so many are shown.
    static let most = 4

    /// The fields of a kind that a line may show, besides those that its title has.
    static func of(_ kind: Kind, beside titling: [FieldSchema]) -> [FieldSchema] {
        chosen(kind)
            ?? (Kinds.policy(of: kind)?.schema.fields ?? []).filter {
                !$0.isNeeded && !$0.isLong && !titling.contains($0)
            }
    }

    /// Nil for a kind whose first fields tell most.
    private static func chosen(_ kind: Kind) -> [FieldSchema]? {
        switch kind {
        case Action.kind.number: [Action.on, Action.place, Action.status, Action.goal]
        case Assessment.kind.number:
            [Assessment.level, Assessment.tier, Assessment.organizer, Assessment.basis]
        case Attendance.kind.number:
            [Attendance.status, Attendance.count, Attendance.broughtBy, Attendance.role]
        case Campaign.kind.number:
            [Campaign.issue, Campaign.status, Campaign.start, Campaign.end]
        case Commitment.kind.number:
            [Commitment.what, Commitment.direction, Commitment.due, Commitment.status]
        case Concern.kind.number: [Concern.person, Concern.on, Concern.issue, Concern.intensity]
        case Demand.kind.number: [Demand.decisionMaker, Demand.by, Demand.answer, Demand.kept]
        case Evaluation.kind.number:
            [Evaluation.power, Evaluation.goalsMet, Evaluation.feelings, Evaluation.steppedUp]
        case Listener.kind.number: [Listener.assigned, Listener.trained]
        case OneToOne.kind.number:
            [OneToOne.status, OneToOne.place, OneToOne.next, OneToOne.due]
        case Target.kind.number: [Target.sort, Target.until, Target.reason]
        default: nil
        }
    }
}
