import Replication
import Store

/// What two people are to each other on the last day, as far as reports count it.
struct KnownRelationship {
    /// Numbers on the roster.
    let from: Int
    let to: Int
    let word: String?
    let strength: Int64?

    /// Whether one may ask the one to introduce us to the other.
    var isGood: Bool { word != "inConflict" }

    /// Whether it carries an introduction: strength 4 or 5, or where nobody said how strong it is,
    /// family, friends, and those whom somebody mentors or named to us.
    var isStrong: Bool {
        guard isGood else { return false }
        if let strength { return strength >= 4 }
        return ["family", "friend", "mentors", "refers"].contains(word)
    }
}

/// Every relationship of two people who are here.
struct Relationships {
    let all: [KnownRelationship]

    init(_ scope: ReportScope, _ roster: Roster) throws {
        var found: [KnownRelationship] = []
        var row = try FastStatement(
            scope.db,
            """
            SELECT "from", "to", kind, strength, since, until FROM relationship
            WHERE "from" IS NOT NULL AND "to" IS NOT NULL ORDER BY id
            """)
        while try row.step() {
            guard ReportScope.goes(row.day(4), row.day(5), on: scope.to),
                let from = roster.number(of: try row.id(0)),
                let to = roster.number(of: try row.id(1)), from != to
            else { continue }
            found.append(
                KnownRelationship(
                    from: from, to: to, word: row.filledText(2),
                    strength: row.isNull(3) ? nil : row.int(3)))
        }
        all = found
    }
}
