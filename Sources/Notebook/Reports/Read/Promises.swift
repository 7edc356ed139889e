import GRDB
import Replication
import Store

/// A promise, as far as reports count it.
struct Promise {
    enum Status {
        case open, kept, partly, broken, renegotiated, released

        init(_ word: String) {
            self =
                switch word {
                case "kept": .kept
                case "partly": .partly
                case "broken": .broken
                case "renegotiated": .renegotiated
                case "released": .released
                default: .open
                }
        }
    }

    /// The day of its one-to-one, or else that on which it was written down, by its id, and no later
    /// than it was settled; nil where nothing says it.
    let madeOn: Day?
    let entry: RecordID?
    /// The person's number on the roster; nil for one who is not here.
    let person: Int?
    /// The canonical id of who asked for it or made it for us.
    let organizer: RecordID?
    /// Whether they promised us.
    let isTheirs: Bool
    let status: Status
    let due: Day?
    let settled: Day?

    /// Whether it had been made by the end of a day, and not been settled yet.
    func isOpen(on day: Day) -> Bool {
        guard madeOn.map({ $0 <= day }) ?? true else { return false }
        return status == .open || settled.map { $0 > day } ?? false
    }

    /// Kept, or not, as the kept rate counts it; nil for what it does not count: what was agreed anew
    /// in time has been neither.
    var isKept: Bool? {
        switch status {
        case .kept: true
        case .broken: false
        case .renegotiated: isAgreedAnewInTime ? nil : false
        case .open, .partly, .released: nil
        }
    }

    var isAgreedAnewInTime: Bool {
        guard status == .renegotiated, let due, let settled else { return status == .renegotiated }
        return settled <= due
    }
}

/// Every promise, in order of id.
struct Promises {
    private(set) var all: [Promise] = []

    init(_ scope: ReportScope, _ roster: Roster, _ organizers: inout Organizers) throws {
        var row = try FastStatement(
            scope.db,
            """
            SELECT c.id, c.person, c.organizer, coalesce(c.direction, 'they') <> 'we',
                coalesce(c.status, 'open'), c.due, c.settledOn, o."on"
            FROM commitment c LEFT JOIN oneToOne o ON o.id = c.oneToOne ORDER BY c.id
            """)
        while try row.step() {
            let entry = try row.optionalID(1)
            let written = try row.id(0).milliseconds.map(scope.notebook.zone.day)
            let (made, settled) = (row.day(7) ?? written, row.day(6))
            all.append(
                Promise(
                    madeOn: made.map { min($0, settled ?? $0) }, entry: entry,
                    person: entry.flatMap(roster.number),
                    organizer: try row.optionalID(2).map { organizers.canonical(of: $0) },
                    isTheirs: row.int(3) != 0, status: Promise.Status(row.text(4)),
                    due: row.day(5), settled: settled))
        }
    }
}

extension RecordID {
    /// When a UUIDv7 was made (RFC 9562); nil for an id of another version.
    fileprivate var milliseconds: UInt64? {
        guard rawValue >> 76 & 0xF == 7 else { return nil }
        return UInt64(rawValue >> 80)
    }
}
