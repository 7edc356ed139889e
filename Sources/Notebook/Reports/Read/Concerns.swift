import GRDB
import Replication
import Store

/// A concern that was heard in a held one-to-one.
struct Mention {
    /// The concern's number.
    let concern: Int
    /// The person's number on the roster.
    let person: Int
    let day: Day
}

/// What was heard on some days. Two words that differ in case, accents or punctuation are one concern.
struct Concerns {
    private(set) var mentions: [Mention] = []
    /// People who were listened to, whether or not they named a concern.
    private(set) var listened: Set<Int> = []
    private var numbers: [String: Int] = [:]
    /// Of each concern, how often it is spelled how.
    private var spellings: [[String: Int]] = []

    init(_ scope: ReportScope, _ roster: Roster) throws {
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
        // The same few words come again and again.
        var known: [String: Int?] = [:]
        while try row.step() {
            guard let person = roster.number(of: try row.id(0)) else { continue }
            listened.insert(person)
            guard !row.isNull(2) else { continue }
            let word = row.text(2)
            let number = known[word] ?? number(of: word)
            known[word] = .some(number)
            guard let number else { continue }
            spellings[number][word, default: 0] += 1
            mentions.append(
                Mention(concern: number, person: person, day: Day(number: row.int(1))))
        }
    }

    private mutating func number(of word: String) -> Int? {
        let key = Folding.name(word)
        guard !key.isEmpty else { return nil }
        if let number = numbers[key] { return number }
        numbers[key] = spellings.count
        spellings.append([:])
        return spellings.count - 1
    }

    /// The concern as most people spell it.
    func words(_ concern: Int) -> String {
        spellings[concern].max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
    }

    var count: Int { spellings.count }
}
