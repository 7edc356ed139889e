import GRDB
import Replication
import Store
import Wording

extension Report {
    static let funder = Report(
        "funder", "What a funder may see: indicators and counts, and nothing about anybody.",
        .days(365),
        formula: """
            Indicators with their latest measurement up to the last day of these, group by group, their \
            baseline and target. Engagement, by the days on which it happened: distinct people with a \
            held one-to-one, one-to-ones, house meetings, trainings and actions, distinct people who \
            came to a training, people who came to actions; leaders by tier as on the last day. Always \
            as with --shared: 1 to 4 people are <5, and so is one tier more where the others would tell \
            it; a measured 1 to 4 is <5 too. A text is left out in which a word of somebody's name \
            stands, of people who were deleted too, an address of e-mail, or a telephone number.
            """,
        columns: """
            Columns: part = what it belongs to; measure = what is counted or measured; value = how \
            many, or what was measured; unit = the indicator's; on = the day of the measurement.
            """
    ) { scope in
        let roster = try Roster(scope)
        var table = ReportTable(
            [
                .init("part", "Part"), .init("measure", "Measure", .text), .init("group", "Group"),
                .init("value", "Value"), .init("unit", "Unit"), .init("baseline", "Baseline"),
                .init("target", "Target"), .init("on", "On"),
            ], nothing: "There is nothing to report.")
        let masked = try Mask(scope)
        for one in try Indicators(scope).all {
            let texts = [one.group, one.unit].map { ReportValue($0.flatMap(masked.shown)) }
            let values = [one.value, one.baseline, one.target].map {
                $0.map(masked.value) ?? .none
            }
            let name: ReportValue =
                masked.shown(one.name).map { .text($0) }
                ?? .said("(an indicator with a name in it)")
            table.row(
                [
                    .said("indicator"), name, texts[0], values[0], texts[1], values[1], values[2],
                    ReportValue(one.day),
                ])
        }
        for (measure, value) in try Engagement(scope, roster).values {
            table.row(
                .said("engagement"), .said(measure), .none, value, .none, .none, .none,
                .day(scope.to))
        }
        return table
    }
}

/// Keeps people out of what others write.
private struct Mask {
    /// Every word of every name, folded.
    private var words: Set<String> = []
    /// The same as they are written: many people share a name, and to fold one takes a while.
    private var written: Set<Substring> = []
    /// A word of a name that is shorter may stand anywhere.
    private static let shortest = 3
    /// So many digits in a text may be a telephone number.
    private static let mostDigits = 6

    init(_ scope: ReportScope) throws {
        guard try Int.fetchOne(scope.db, sql: "SELECT count(*) FROM indicator") ?? 0 > 0 else {
            return
        }
        let named = [
            (Person.kind, [Person.name, Person.given, Person.family, Person.preferred]),
            (Member.kind, [Member.name]),
        ]
        let inConflict = try Records.inConflict(scope.db)
        for (kind, fields) in named {
            try noteTable(of: kind, fields, scope.db)
            // What two people wrote differently, and what was deleted, no table has.
            let conflicting = inConflict.filter { $0.key.kind == kind.number }
            for record in try conflicting + Records.deleted(kind.number, scope.db) {
                for write in fields.flatMap({ record.state[$0.number]?.live ?? [] }) {
                    note(write.value.text ?? "")
                }
            }
        }
    }

    private mutating func noteTable(
        of kind: KindSchema, _ fields: [FieldSchema], _ db: Database
    ) throws {
        let columns = fields.map { "\"\($0.name)\"" }.joined(separator: ", ")
        var row = try FastStatement(db, "SELECT \(columns) FROM \(kind.table)")
        while try row.step() {
            for column in fields.indices { note(row.optionalText(Int32(column)) ?? "") }
        }
    }

    private mutating func note(_ name: String) {
        for word in Self.words(name)
        where written.insert(word).inserted && word.count >= Self.shortest {
            words.insert(Folding.name(String(word)))
        }
    }

    private static func words(_ text: String) -> [Substring] {
        let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
        // Of every character else its properties are looked up.
        return isASCII
            ? text.utf8.split { !$0.isLetterOrDigit }.map(Substring.init)
            : text.split { !$0.isLetter && !$0.isNumber }
    }

    /// Nil for a text that may be about somebody.
    func shown(_ text: String) -> String? {
        let isNaming = Self.words(text).contains { words.contains(Folding.name(String($0))) }
        let digits = text.unicodeScalars.count { $0.properties.numericType != nil }
        let isReaching = text.contains("@") || digits > Self.mostDigits
        return isNaming || isReaching ? nil : text
    }

    /// A measured value; 1 to 4 may be people.
    func value(_ text: String) -> ReportValue {
        if let number = Int(text), SmallCells.isSmall(number) { return .few }
        return ReportValue(shown(text))
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}

/// What partners agreed to measure, and how it stands.
private struct Indicators {
    struct Indicator {
        let name: String
        let group: String?
        let value: String?
        let unit: String?
        let baseline: String?
        let target: String?
        let day: Day?
    }

    private(set) var all: [Indicator] = []

    /// Each by name, with the last value of each group; of an indicator that nobody measured, one
    /// without a value.
    init(_ scope: ReportScope) throws {
        var row = try FastStatement(
            scope.db,
            """
            SELECT i.name, m."group", m.value, i.unit, i.baseline, i.target, m."on", i.id
            FROM indicator i LEFT JOIN measurement m ON m.indicator = i.id AND m."on" <= ?
            ORDER BY i.name COLLATE NOCASE, i.id, m."group", m."on" DESC, m.id DESC
            """)
        row.bind(scope.to.number)
        var last: (id: RecordID, group: String?)?
        while try row.step() {
            let (id, group) = (try row.id(7), row.filledText(1))
            if let last, last == (id, group) { continue }
            last = (id, group)
            all.append(
                Indicator(
                    name: row.optionalText(0) ?? said("(no name)"), group: group,
                    value: row.filledText(2), unit: row.filledText(3),
                    baseline: row.filledText(4), target: row.filledText(5), day: row.day(6)))
        }
    }
}

/// How many people take part, as others may read it.
private struct Engagement {
    private(set) var values: [(measure: Phrase, value: ReportValue)] = []

    init(_ scope: ReportScope, _ roster: Roster) throws {
        let held = try Meetings(scope, roster).held(in: scope.days)
        let events = try Events(scope)
        let came = try Attendances(scope, roster, events) {
            !$0.isCancelled && $0.day.map(scope.days.contains) ?? false
        }.all.filter(\.step.isThere)
        let of = { (kind: Event.Kind) in came.filter { $0.event.kind == kind } }
        let number = { (kind: Event.Kind) in
            ReportValue.count(events.all(kind, in: scope.days).count)
        }
        values = [
            ("People met", Self.people(Set(held.compactMap(\.person)).count)),
            ("One-to-ones held", Self.people(held.count)),
        ]
        let tiers = try Leadership.tiers(scope, roster).compactMap { $0.map(LeaderTier.init) }
        let counts = LeaderTier.allCases.map { tier in tiers.count { $0 == tier } }
        let hidden = SmallCells.hidden(of: counts)
        let words: [Phrase] = [
            "Primary leaders", "Secondary leaders", "Tertiary leaders", "Other leaders",
        ]
        for index in counts.indices {
            values.append((words[index], hidden.contains(index) ? .few : .count(counts[index])))
        }
        values += [
            ("House meetings", number(.houseMeeting)), ("Trainings", number(.training)),
            ("People trained", Self.people(Set(of(.training).compactMap(\.person)).count)),
            ("Actions", number(.action)),
            ("Turnout at actions", Self.people(of(.action).reduce(0) { $0 + $1.count })),
        ]
    }

    private static func people(_ count: Int) -> ReportValue { SmallCells.shown(count, true) }
}
