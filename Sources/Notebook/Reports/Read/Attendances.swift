import GRDB
import Replication
import Store

/// How far somebody came on the way to an event, as records have it in `status`; those that say more
/// come later.
enum AttendanceStep: Int64, CaseIterable, Comparable {
    case unknown, invited, pledged, confirmed, doubleConfirmed, cancelled, noShow, walkIn, attended

    /// The step as a number, in SQL.
    static let sql: String = {
        let cases = allCases.dropFirst().map { "WHEN '\($0)' THEN \($0.rawValue)" }
        return "CASE status \(cases.joined(separator: " ")) ELSE 0 END"
    }()

    static func < (a: AttendanceStep, b: AttendanceStep) -> Bool { a.rawValue < b.rawValue }

    /// Whether they were there.
    var isThere: Bool { self == .attended || self == .walkIn }

    /// Whether who is here has said that they would come. Of who stayed away earlier steps tell it.
    var isPledge: Bool { self != .unknown && self != .invited && self != .walkIn }

    /// Whether they did not come after all, having said yes or never.
    var isStayingAway: Bool { self == .noShow || self == .cancelled }

    var isConfirmed: Bool { self == .confirmed || self == .doubleConfirmed }
}

/// Somebody's way to an event, as far as reports count it; or that of people whom nobody named.
struct Attended {
    /// The person's number on the roster; nil for people whom nobody named.
    let person: Int?
    let event: Event
    let step: AttendanceStep
    /// Whether they said on the way that they would come, by this step or an earlier one.
    fileprivate(set) var hasPledged: Bool
    /// Whether they confirmed on the way, by this step or an earlier one.
    fileprivate(set) var hasConfirmed: Bool
    /// The canonical id of who brought them.
    let broughtBy: RecordID?
    let role: String?
    let count: Int

    /// The day of the event.
    var day: Day? { event.day }
}

/// Who came, or was to come, to some events; each person once for an event, by the step that says
/// most.
struct Attendances {
    private(set) var all: [Attended] = []

    /// `withPledges` asks whether those who stayed away had said yes, and `stepsTo` who confirmed on
    /// the way to the actions of some days: a look at the history of each record.
    init(
        _ scope: ReportScope, _ roster: Roster, _ events: Events, withPledges: Bool = false,
        stepsTo days: ClosedRange<Day>? = nil,
        where isWanted: (Event) -> Bool = { !$0.isCancelled }
    ) throws {
        let confirmed = try days.map { try Self.onceConfirmed(scope, $0) } ?? []
        let pledged = try withPledges ? Self.oncePledged(scope) : []
        var places = Places(events: events.count)
        var row = try FastStatement(
            scope.db,
            """
            SELECT id, person, event, \(AttendanceStep.sql), broughtBy, role, "count"
            FROM attendance WHERE event IS NOT NULL ORDER BY id
            """)
        while try row.step() {
            guard let event = events[try row.id(2)], isWanted(event) else { continue }
            let entry = try row.optionalID(1)
            let person = entry.flatMap(roster.number)
            // Who was deleted is in no report.
            guard entry == nil || person != nil else { continue }
            let step = AttendanceStep(rawValue: row.int(3)) ?? .unknown
            let attended = Attended(
                person: person, event: event, step: step,
                hasPledged: try step.isStayingAway
                    ? pledged.contains(row.id(0)) : step.isPledge,
                hasConfirmed: try step.isConfirmed || confirmed.contains(row.id(0)),
                broughtBy: try row.optionalID(4).map(scope.people.canonical),
                role: row.filledText(5), count: entry == nil ? row.people(6) ?? 1 : 1)
            add(attended, &places)
        }
    }

    /// Where in `all` each person's way to each event is.
    private struct Places {
        let events: Int
        private var known: [Int: Int] = [:]

        init(events: Int) { self.events = events }

        /// The place of a way; nil for one that gets `next`.
        mutating func place(of person: Int, to event: Event, next: Int) -> Int? {
            let way = person * events + event.number
            if let place = known[way] { return place }
            known[way] = next
            return nil
        }
    }

    private mutating func add(_ attended: Attended, _ places: inout Places) {
        guard let person = attended.person,
            let known = places.place(of: person, to: attended.event, next: all.count)
        else { return all.append(attended) }
        let other = all[known]
        if attended.step > other.step { all[known] = attended }
        // Of two records of one way each may know a part of it.
        all[known].hasPledged = attended.hasPledged || other.hasPledged
        all[known].hasConfirmed = attended.hasConfirmed || other.hasConfirmed
    }

    /// The records of those who stayed away that said at some time that somebody would come.
    private static func oncePledged(_ scope: ReportScope) throws -> Set<RecordID> {
        var ids: Set<RecordID> = []
        var row = try FastStatement(
            scope.db,
            """
            SELECT a.id FROM attendance a
            CROSS JOIN record r ON r.id = a.id AND r.kind = \(Attendance.kind.number)
            CROSS JOIN history h ON h.record = r.rowid AND h.field = \(Attendance.status.number)
            WHERE a.status IN ('noShow', 'cancelled')
                AND CAST(h.value AS TEXT) IN ('pledged', 'confirmed', 'doubleConfirmed', 'attended')
            """)
        while try row.step() { ids.insert(try row.id(0)) }
        return ids
    }

    /// The records that said at some time that somebody had confirmed.
    private static func onceConfirmed(
        _ scope: ReportScope, _ days: ClosedRange<Day>
    ) throws -> Set<RecordID> {
        var ids: Set<RecordID> = []
        var row = try FastStatement(
            scope.db,
            """
            SELECT a.id FROM action e CROSS JOIN attendance a ON a.event = e.id
            CROSS JOIN record r ON r.id = a.id AND r.kind = \(Attendance.kind.number)
            CROSS JOIN history h ON h.record = r.rowid AND h.field = \(Attendance.status.number)
            WHERE e."on" BETWEEN ? AND ?
                AND CAST(h.value AS TEXT) IN ('confirmed', 'doubleConfirmed')
            """)
        row.bind(days.lowerBound.number)
        row.bind(days.upperBound.number)
        while try row.step() { ids.insert(try row.id(0)) }
        return ids
    }
}
