import Notebook
import Replication

/// A list that organizers look at every day, and how many lines it has.
struct TownList {
    let name: String
    /// The same question by hand.
    let sql: String?
    let make: () throws -> Int

    private init(name: String, sql: String? = nil, make: @escaping () throws -> Int) {
        self.name = name
        self.sql = sql
        self.make = make
    }

    static func all(of town: ReportTown) -> [TownList] {
        let notebook = town.notebook
        let week = notebook.today...notebook.today + 6
        return [
            TownList(name: "turf", sql: sql(turf: town)) {
                try notebook.turfList(town.turf).count
            },
            TownList(name: "turfs") { try notebook.turfs().count },
            TownList(name: "due", sql: sqlOfDue) { try notebook.due(everyone: true).count },
            TownList(name: "due (mine)") { try notebook.due().count },
            TownList(name: "today") { try notebook.briefs(week).count },
            TownList(name: "conflicts") { try notebook.conflicts().count },
            TownList(name: "history") {
                try notebook.history(of: Person.key(town.somebody)).count
            },
            find("a name", "Neighbor 4711", town), find("a name's start", "neigh", town),
            find("a rare word", "street4711", town), find("a common word", "asthma", town),
            find("a word of all", "mother", town),
            find("three words", "mother asthma stopped", town),
        ]
    }

    private static func find(_ what: String, _ text: String, _ town: ReportTown) -> TownList {
        let words = text.split(separator: " ").map { "\"\($0)\"*" }.joined(separator: " ")
        return TownList(
            name: "find: \(what)",
            sql: """
                SELECT record.state FROM search JOIN record ON record.rowid = search.rowid
                WHERE search MATCH '\(words)' ORDER BY search.rowid DESC LIMIT 50
                """
        ) { try town.notebook.find(text).count }
    }

    private static let sqlOfDue = """
        SELECT o.person, p.name, o.next, o.due FROM oneToOne o LEFT JOIN person p ON p.id = o.person
        WHERE next IS NOT NULL AND done IS NULL AND (due IS NULL OR due <= unixepoch() / 86400 + 7)
        UNION ALL SELECT c.person, p.name, c.what, c.due
        FROM commitment c LEFT JOIN person p ON p.id = c.person
        WHERE coalesce(c.status, 'open') = 'open'
            AND (due IS NULL OR due <= unixepoch() / 86400 + 7) ORDER BY 4, 2
        """

    private static func sql(turf town: ReportTown) -> String {
        """
        SELECT p.id, p.name, max(o."on"), (SELECT count(*) FROM commitment c WHERE c.person = p.id)
        FROM person p LEFT JOIN oneToOne o ON o.person = p.id AND o.status = 'held'
        WHERE p.space = x'\(town.turf.description.filter { $0 != "-" })' GROUP BY p.id
        """
    }
}
