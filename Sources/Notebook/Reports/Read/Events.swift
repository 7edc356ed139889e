import GRDB
import Replication
import Store
import Wording

/// Something that people come to.
struct Event {
    enum Kind: Int64 {
        case action, houseMeeting, training, researchAction
    }

    let id: RecordID
    /// Its number among all of them, from 0 on.
    let number: Int
    let kind: Kind
    let title: String
    let day: Day?
    let isCancelled: Bool
}

/// Every action, house meeting, training and research action.
struct Events {
    let byID: [RecordID: Event]

    init(_ scope: ReportScope) throws {
        var byID: [RecordID: Event] = [:]
        var row = try FastStatement(
            scope.db,
            """
            SELECT id, 0, title, "on", coalesce(status, '') = 'cancelled' FROM action
            UNION ALL SELECT id, 1, name, "on", false FROM houseMeeting
            UNION ALL SELECT id, 2, title, "on", false FROM training
            UNION ALL SELECT id, 3, title, "on", false FROM researchAction
            """)
        while try row.step() {
            let id = try row.id(0)
            byID[id] = Event(
                id: id, number: byID.count, kind: Event.Kind(rawValue: row.int(1)) ?? .action,
                title: row.optionalText(2) ?? said("(no name)"), day: row.day(3),
                isCancelled: row.int(4) != 0)
        }
        self.byID = byID
    }

    subscript(id: RecordID) -> Event? { byID[id] }

    var count: Int { byID.count }

    /// Those that were not cancelled, of one kind and of these days, the latest first.
    func all(_ kind: Event.Kind, in days: ClosedRange<Day>) -> [Event] {
        byID.values.filter { event in
            event.kind == kind && !event.isCancelled && event.day.map(days.contains) ?? false
        }.sorted {
            ($1.day ?? days.lowerBound, $0.title, $0.id) < (
                $0.day ?? days.lowerBound, $1.title, $1.id
            )
        }
    }
}
