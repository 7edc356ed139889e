import GRDB
import Replication
import Store

/// A concern that somebody has: it was heard in a held one-to-one, or is written down as a record.
struct Mention {
    /// The concern's number.
    let concern: Int
    /// The person's number on the roster.
    let person: Int
    let day: Day
    /// Where it is about, if that was written down of it.
    let neighbourhood: String?
}

/// What was heard on some days. Two words that differ in case, accents or punctuation are one concern,
/// and all that is linked to an issue is that issue.
struct Concerns {
    private(set) var mentions: [Mention] = []
    /// People who were listened to, whether or not they named a concern.
    private(set) var listened: Set<Int> = []
    private var numbers: [String: Int] = [:]
    /// Of each concern, how often it is spelled how.
    private var spellings: [[String: Int]] = []
    /// The titles of those that are issues.
    private var titles: [Int: String] = [:]
    /// Which issue somebody's words were linked to.
    private var issues: [Saying: Int] = [:]
    /// The same few words come again and again.
    private var keys: [String: String] = [:]

    private struct Saying: Hashable {
        let person: Int
        /// Folded.
        let words: String
    }

    init(_ scope: ReportScope, _ roster: Roster) throws {
        try readRecords(scope, roster)
        try readOneToOnes(scope, roster)
    }

    /// What is written down of concerns themselves.
    private mutating func readRecords(_ scope: ReportScope, _ roster: Roster) throws {
        var row = try FastStatement(
            scope.db,
            """
            SELECT coalesce(c.person, o.person), coalesce(c."on", o."on") AS day, c.words,
                c.neighbourhood, i.title
            FROM concern c LEFT JOIN oneToOne o ON o.id = c.oneToOne
                LEFT JOIN issue i ON i.id = c.issue
            WHERE day BETWEEN ? AND ? AND coalesce(o.status, 'held') = 'held'
                AND coalesce(c.person, o.person) IS NOT NULL AND c.words IS NOT NULL
            ORDER BY i.title IS NULL, c.id
            """)
        row.bind(scope.from.number)
        row.bind(scope.to.number)
        while try row.step() {
            guard let person = roster.number(of: try row.id(0)) else { continue }
            let words = row.text(2)
            listened.insert(person)
            if let issue = row.filledText(4).flatMap({ number(ofIssue: $0) }) {
                issues[Saying(person: person, words: key(of: words))] = issue
            }
            add(words, by: person, on: Day(number: row.int(1)), in: row.filledText(3))
        }
    }

    private mutating func readOneToOnes(_ scope: ReportScope, _ roster: Roster) throws {
        var row = try FastStatement(
            scope.db,
            """
            SELECT person, "on", word.value
            FROM oneToOne LEFT JOIN json_each(heard) AS word
            WHERE "on" BETWEEN ? AND ? AND coalesce(status, 'held') = 'held'
                AND person IS NOT NULL
            """)
        row.bind(scope.from.number)
        row.bind(scope.to.number)
        while try row.step() {
            guard let person = roster.number(of: try row.id(0)) else { continue }
            listened.insert(person)
            guard !row.isNull(2) else { continue }
            add(row.text(2), by: person, on: Day(number: row.int(1)))
        }
    }

    private mutating func add(
        _ words: String, by person: Int, on day: Day, in neighbourhood: String? = nil
    ) {
        let issue = issues.isEmpty ? nil : issues[Saying(person: person, words: key(of: words))]
        guard let number = issue ?? number(of: words) else { return }
        spellings[number][words, default: 0] += 1
        mentions.append(
            Mention(concern: number, person: person, day: day, neighbourhood: neighbourhood))
    }

    private mutating func number(ofIssue title: String) -> Int? {
        guard let number = number(of: title) else { return nil }
        titles[number] = title
        return number
    }

    private mutating func number(of words: String) -> Int? {
        let key = key(of: words)
        guard !key.isEmpty else { return nil }
        if let number = numbers[key] { return number }
        numbers[key] = spellings.count
        spellings.append([:])
        return spellings.count - 1
    }

    private mutating func key(of words: String) -> String {
        if let key = keys[words] { return key }
        let key = Folding.name(words)
        keys[words] = key
        return key
    }

    /// The issue's title, or the concern as most people spell it.
    func words(_ concern: Int) -> String {
        titles[concern] ?? spellings[concern].max {
            ($0.value, $1.key) < ($1.value, $0.key)
        }?.key ?? ""
    }

    var count: Int { spellings.count }
}
