import GRDB
package import Replication
import Store
import Wording

/// How many people were promised for an action, have confirmed, and came.
package struct TurnoutCount: Sendable, Hashable {
    package let pledged: Int
    package let confirmed: Int
    /// Those who came of the people who had said so.
    package let came: Int
    package let walkIns: Int
    package let noShows: Int

    fileprivate init(_ part: Turnout.Part) {
        pledged = part.pledged
        confirmed = part.confirmed
        came = part.cameOfNamed
        walkIns = part.walkIns
        noShows = part.noShows
    }

    package static let none = TurnoutCount(Turnout.Part())
}

/// An action in a line.
package struct ActionSummary: Sendable, Hashable {
    package let id: RecordID
    package let title: String
    package let on: Day?
    package let place: String?
    package let goal: Int?
    package let isCancelled: Bool
    package let turnout: TurnoutCount
}

/// An action with everybody who has to do with it.
package struct ActionSheet: Sendable {
    package let action: ActionSummary
    /// Each leader by name, and at the end nobody.
    package let leaders: [Leader]
    /// By name; those whom nobody named at the end.
    package let people: [Somebody]

    package struct Leader: Sendable {
        package let id: RecordID?
        package let name: String
        package let turnout: TurnoutCount
    }

    package struct Somebody: Sendable {
        package let id: RecordID?
        /// Empty for people whom nobody named.
        package let name: String
        /// Their step, as records have it.
        package let status: String
        package let role: String?
        package let broughtBy: RecordID?
        package let broughtByName: String?
        package let count: Int
    }
}

extension Notebook {
    /// Every action, the latest first; those without a day at the end.
    package func actions() throws -> [ActionSummary] {
        try store.read { db in
            let reading = try ActionReading(self, db)
            let actions = reading.all
            let days = actions.compactMap(\.day)
            let span = days.min().flatMap { first in days.max().map { first...$0 } }
            return try reading.turnouts(of: actions, stepsTo: span).all.map(reading.summary)
        }
    }

    /// Throws `NotebookError.noSuchRecord`.
    package func actionSheet(_ id: RecordID) throws -> ActionSheet {
        try store.read { db in
            let reading = try ActionReading(self, db)
            guard let event = reading.events[id], event.kind == .action else {
                throw NotebookError.noSuchRecord(id.shortened)
            }
            return try reading.sheet(of: event)
        }
    }
}

private struct ActionReading {
    let events: Events
    private let scope: ReportScope
    private let roster: Roster
    private let facts: [RecordID: (place: String?, goal: Int?)]

    init(_ notebook: Notebook, _ db: Database) throws {
        scope = try ReportScope(notebook, db, .moment, ReportQuestion())
        roster = try Roster(scope)
        events = try Events(scope)
        var facts: [RecordID: (place: String?, goal: Int?)] = [:]
        var row = try FastStatement(db, "SELECT id, place, goal FROM action")
        while try row.step() { facts[try row.id(0)] = (row.filledText(1), row.people(2)) }
        self.facts = facts
    }

    var all: [Event] {
        events.byID.values.filter { $0.kind == .action }.sorted {
            ($1.day ?? Day(number: .min), $0.title, $0.id)
                < ($0.day ?? Day(number: .min), $1.title, $1.id)
        }
    }

    func turnouts(of actions: [Event], stepsTo days: ClosedRange<Day>?) throws -> Turnouts {
        try Turnouts(scope, roster, events, of: actions, stepsTo: days)
    }

    func summary(_ turnout: Turnout) -> ActionSummary {
        let action = turnout.action
        return ActionSummary(
            id: action.id, title: action.title, on: action.day,
            place: facts[action.id]?.place, goal: facts[action.id]?.goal,
            isCancelled: action.isCancelled, turnout: TurnoutCount(turnout.sum))
    }

    func sheet(of event: Event) throws -> ActionSheet {
        let turnouts = try turnouts(of: [event], stepsTo: event.day.map { $0...$0 })
        let organizers = try Organizers(scope)
        let leaders = try Report.leaders(of: turnouts.all[0], organizers, roster)
        return ActionSheet(
            action: summary(turnouts.all[0]),
            leaders: leaders.map {
                .init(
                    id: $0.id, name: $0.name.text(in: .english),
                    turnout: TurnoutCount($0.part))
            },
            people: Self.inOrder(try turnouts.attended.map { try somebody($0, organizers) }))
    }

    /// By name; those whom nobody named at the end.
    private static func inOrder(_ people: [ActionSheet.Somebody]) -> [ActionSheet.Somebody] {
        let places = people.map { ($0.id == nil ? 1 : 0, Folding.name($0.name)) }
        return people.indices.sorted { places[$0] < places[$1] }.map { people[$0] }
    }

    private func somebody(
        _ attended: Attended, _ organizers: Organizers
    ) throws -> ActionSheet.Somebody {
        let person = attended.person.map { roster[$0] }
        return ActionSheet.Somebody(
            id: person?.id, name: person?.name ?? "",
            status: attended.step == .unknown ? "" : "\(attended.step)", role: attended.role,
            broughtBy: attended.broughtBy,
            broughtByName: try attended.broughtBy.map(organizers.name), count: attended.count)
    }
}
