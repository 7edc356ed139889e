import Replication
import Store
import Wording

/// Where actors stand on demands, as somebody judged it last.
struct Standings {
    typealias Shift = PowerShift<RecordID>

    /// By demand, and by actor; nil for what was judged of no demand in particular.
    private(set) var all: [RecordID?: [RecordID: Shift.Standing]] = [:]

    /// By the end of a day. A judgement without a day, an influence or a stance tells nothing.
    init(_ scope: ReportScope, by to: Day, _ actors: Actors) throws {
        var row = try FastStatement(
            scope.db,
            """
            SELECT demand, actor, influence, stance FROM stance
            WHERE actor IS NOT NULL AND "on" <= ? AND influence IS NOT NULL AND stance IS NOT NULL
            ORDER BY "on", id
            """)
        row.bind(to.number)
        while try row.step() {
            let actor = actors.canonical(of: try row.id(1))
            guard actors.names[actor] != nil else { continue }
            all[try row.optionalID(0), default: [:]][actor] = Shift.Standing(
                influence: Int(min(max(row.int(2), 0), 10)),
                stance: Int(min(max(row.int(3), -2), 2)))
        }
    }
}

/// Everybody on a power map. Two actors who are one person are one.
struct Actors {
    private(set) var names: [RecordID: String] = [:]
    /// The canonical id of the person who an actor is.
    private(set) var persons: [RecordID: RecordID] = [:]
    private var same: [RecordID: RecordID] = [:]

    init(_ scope: ReportScope) throws {
        var byPerson: [RecordID: RecordID] = [:]
        var row = try FastStatement(scope.db, "SELECT id, name, person FROM actor ORDER BY id")
        while try row.step() {
            let id = try row.id(0)
            if let person = try row.optionalID(2).map(scope.people.canonical) {
                let first = byPerson[person] ?? id
                byPerson[person] = first
                same[id] = first
                persons[id] = person
            }
            if canonical(of: id) == id { names[id] = row.optionalText(1) ?? said("(no name)") }
        }
    }

    /// The one id that stands for an actor.
    func canonical(of id: RecordID) -> RecordID { same[id] ?? id }

    func name(of id: RecordID) -> String { names[canonical(of: id)] ?? said("(not here)") }
}
