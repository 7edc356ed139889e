import GRDB
import Replication
import Store

/// What has become of a one-to-one, as records have it in `status`. One without a status was held.
enum MeetingStatus: Int64, CaseIterable {
    case held, proposed, scheduled, noShow, cancelledByUs, cancelledByThem, void, unknown

    /// The words in records: the one that is written today first, and then those of older programs.
    private var words: [String] {
        switch self {
        case .held: ["held"]
        case .proposed: ["proposed"]
        case .scheduled: ["scheduled"]
        case .noShow: ["noShow", "no-show"]
        case .cancelledByUs: ["cancelledByUs", "cancelled-by-us"]
        case .cancelledByThem: ["cancelledByThem", "cancelled-by-them"]
        case .void: ["void"]
        case .unknown: []
        }
    }

    init(_ word: String) {
        self = Self.allCases.first { $0.words.contains(word) } ?? .unknown
    }

    /// For people: "no-show", "cancelled by us".
    var shown: String { (words.last ?? "unknown").replacing("-by-", with: " by ") }

    /// The status in a column as a number, in SQL.
    static func sql(_ column: String = "status") -> String {
        let cases = allCases.flatMap { status in
            status.words.map { "WHEN '\($0)' THEN \(status.rawValue)" }
        }
        return """
            CASE coalesce(\(column), 'held') \(cases.joined(separator: " ")) \
            ELSE \(unknown.rawValue) END
            """
    }
}

/// A one-to-one, as far as reports count it.
struct Meeting {
    /// The person's number on the roster; nil for one who is not here.
    let person: Int?
    /// The entry that the record names.
    let entry: RecordID?
    /// The organizer's canonical id.
    let organizer: RecordID?
    /// The day it was held, or was to be.
    let day: Day?
    let status: MeetingStatus

    /// How many days ahead counts what is arranged.
    static let ahead: Int64 = 14

    /// Whether it is arranged for a day or for those right after it.
    func isArranged(from day: Day) -> Bool {
        (status == .scheduled || status == .proposed)
            && self.day.map((day...(day + Self.ahead)).contains) ?? false
    }
}

/// Every one-to-one, in order of id: the order in which they were written down.
struct Meetings {
    private(set) var all: [Meeting] = []
    private(set) var organizers: Organizers

    init(_ scope: ReportScope, _ roster: Roster) throws {
        organizers = try Organizers(scope)
        all.reserveCapacity(try Int.fetchOne(scope.db, sql: "SELECT count(*) FROM oneToOne") ?? 0)
        var row = try FastStatement(
            scope.db,
            """
            SELECT person, organizer, "on", \(MeetingStatus.sql()) FROM oneToOne ORDER BY id
            """)
        while try row.step() {
            let entry = try row.optionalID(0)
            all.append(
                Meeting(
                    person: entry.flatMap(roster.number), entry: entry,
                    organizer: try row.optionalID(1).map { organizers.canonical(of: $0) },
                    day: row.day(2), status: MeetingStatus(rawValue: row.int(3)) ?? .unknown))
        }
    }

    /// Those that were held on these days.
    func held(in days: ClosedRange<Day>) -> [Meeting] {
        all.filter { $0.status == .held && $0.day.map(days.contains) ?? false }
    }

    /// The day each person on the roster was last met, up to a day; nil for those who never were.
    func lastMet(_ roster: Roster, by to: Day) -> [Day?] {
        var last = [Day?](repeating: nil, count: roster.count)
        for meeting in all where meeting.status == .held {
            guard let person = meeting.person, let day = meeting.day, day <= to else { continue }
            last[person] = max(last[person] ?? day, day)
        }
        return last
    }
}
