import Foundation
import Histories
import Machines
import Notebook
import Replication
import Store

/// A notebook of a whole town, on disk, as a hub would have filled it.
struct ReportTown {
    let notebook: Notebook
    let somebody: RecordID
    let turf: RecordID
    private static let organizers = 25
    private static let institutions = 100
    private static let turfs = 50
    private static let concerns = [
        "asthma", "bus stops", "rent", "wages", "child care", "policing", "heating", "papers",
        "schools", "water", "parking", "clinics",
    ]

    init(in folder: String, people: Int, meetings: Int, seed: UInt64) throws {
        let now = UInt64(Date().timeIntervalSince1970 * 1000)
        let start = now - 730 * 86_400_000
        let laptop = try Laptop("town", in: folder, seed: seed, milliseconds: start)
        notebook = laptop.notebook
        laptop.world.set(milliseconds: now)
        var town = Filling(notebook, seed: seed)
        laptop.world.set(milliseconds: start)
        let institutions = try (0..<Self.institutions).map {
            try town.add(Institution.kind, [.set(Institution.name, .text("Institution \($0)"))])
        }
        let turfs = try (0..<Self.turfs).map {
            try town.add(Turf.kind, [.set(Turf.name, .text("Turf \($0)"))])
        }
        let organizers =
            try [notebook.me.member]
            + (1..<Self.organizers).map {
                try town.add(Member.kind, [.set(Member.name, .text("Organizer \($0)"))])
            }
        var everybody: [RecordID] = []
        for number in 0..<people {
            everybody.append(
                try town.add(
                    Person.kind,
                    [
                        .set(Person.name, .text("Neighbor \(number)")),
                        .set(Person.institution, .id(town.one(of: institutions))),
                        .set(Person.organizer, .id(town.one(of: organizers))),
                    ], home: town.one(of: turfs)))
        }
        somebody = everybody[0]
        turf = turfs[0]
        try TownLife(everybody, institutions, organizers).fill(&town)
        for number in 0..<meetings {
            // They were written in the course of two years.
            let days = 730 * UInt64(number) / UInt64(meetings)
            laptop.world.set(milliseconds: start + days * 86_400_000)
            let person = town.one(of: everybody)
            try town.add(OneToOne.kind, Self.meeting(person, town.one(of: organizers), &town))
            if number % 3 == 0 {
                let organizer = town.one(of: organizers)
                try town.add(Commitment.kind, Self.promise(person, organizer, &town))
            }
            if number % 10 == 0 {
                let organizer = town.one(of: organizers)
                try town.add(Assessment.kind, Self.judgement(person, organizer, &town))
            }
        }
        try town.finish()
        laptop.world.set(milliseconds: now)
    }

    private static func meeting(
        _ person: RecordID, _ organizer: RecordID, _ town: inout Filling
    ) -> [Change] {
        let statuses = ["held", "held", "held", "held", "noShow", "cancelledByThem"]
        var changes: [Change] = [
            .set(OneToOne.person, .id(person)), .set(OneToOne.organizer, .id(organizer)),
            .set(OneToOne.on, .day(town.day(within: 730))), .set(OneToOne.minutes, .int(40)),
            .set(OneToOne.status, .text(town.one(of: statuses))),
            .set(OneToOne.summary, .text(summary(&town))),
            .set(OneToOne.next, .text("invite to house meeting")),
        ]
        let due = town.day(within: 730) + 14
        changes.append(.set(OneToOne.due, .day(due)))
        if due < town.today.number - 14 { changes.append(.set(OneToOne.done, .day(due))) }
        for _ in 0..<2 { changes.append(.insert(OneToOne.heard, .text(town.one(of: concerns)))) }
        return changes
    }

    /// Words that are in every summary, in some, and in one of thousands.
    private static func summary(_ town: inout Filling) -> String {
        let rare = "street\(town.one(of: Array(0..<10_000)))"
        return
            "Walks her mother to the \(town.one(of: concerns)) meeting on \(rare) since the 14 stopped."
    }

    private static func promise(
        _ person: RecordID, _ organizer: RecordID, _ town: inout Filling
    ) -> [Change] {
        let due = town.day(within: 730) + 14
        let isOpen = due > town.today.number - 14
        let status = isOpen ? "open" : town.one(of: ["kept", "kept", "broken"])
        return [
            .set(Commitment.person, .id(person)), .set(Commitment.organizer, .id(organizer)),
            .set(Commitment.direction, .text(town.one(of: ["they", "they", "we"]))),
            .set(Commitment.what, .text("bring five neighbors")),
            .set(Commitment.status, .text(status)),
            .set(Commitment.due, .day(due)),
            .set(Commitment.settledOn, .day(town.day(within: 730))),
        ]
    }

    private static func judgement(
        _ person: RecordID, _ organizer: RecordID, _ town: inout Filling
    ) -> [Change] {
        [
            .set(Assessment.person, .id(person)), .set(Assessment.organizer, .id(organizer)),
            .set(Assessment.date, .day(town.day(within: 730))),
            .set(Assessment.level, .int(town.one(of: [1, 2, 3, 4]))),
            .set(Assessment.basis, .text("brought ten to the assembly")),
        ]
    }

    /// Asks SQLite, and reads every row of the answer.
    func ask(_ sql: String) throws {
        try notebook.store.read { db in
            var row = try FastStatement(db, sql)
            while try row.step() {}
        }
    }

    /// The same questions, by hand; a window, where a report has one, is the last year.
    static let sql: [String: String] = [
        "one-to-ones": """
        WITH first AS (
            SELECT organizer, min("on") AS day FROM oneToOne WHERE status = 'held' GROUP BY person)
        SELECT organizer, ("on" + 3) / 7 AS week, status, count(*),
            (SELECT count(*) FROM first) FROM oneToOne
        WHERE "on" > (SELECT max("on") FROM oneToOne) - 84 GROUP BY 1, 2, 3
        """,
        "hold-rate": """
        SELECT organizer, sum(status = 'held') * 1.0 / count(*) FROM oneToOne
        WHERE "on" > (SELECT max("on") FROM oneToOne) - 84
            AND status IN ('held', 'noShow', 'cancelledByThem') GROUP BY organizer
        """,
        "stale": """
        SELECT p.id, p.name, p.organizer, m.day FROM person p LEFT JOIN (
            SELECT person, max("on") AS day FROM oneToOne WHERE status = 'held' GROUP BY person
        ) m ON m.person = p.id ORDER BY m.day IS NULL, m.day, p.name
        """,
        "commitments": """
        SELECT person, direction, status, count(*), sum(due < settledOn) FROM commitment
        GROUP BY 1, 2, 3
        """,
        "issues": """
        SELECT w.value, count(DISTINCT o.person), count(DISTINCT p.institution)
        FROM oneToOne o JOIN person p ON p.id = o.person, json_each(o.heard) w
        WHERE o.status = 'held' AND o."on" > (SELECT max("on") FROM oneToOne) - 365
        GROUP BY 1
        """,
        "coverage": """
        SELECT p.space, count(*), sum(p.organizer IS NOT NULL), sum(p.id IN (
            SELECT person FROM oneToOne WHERE status = 'held'
                AND "on" > (SELECT max("on") FROM oneToOne) - 365))
        FROM person p GROUP BY p.space
        """,
        "equity": """
        SELECT p.id, count(o.id) FROM person p LEFT JOIN oneToOne o ON o.person = p.id
            AND o.status = 'held' AND o."on" > (SELECT max("on") FROM oneToOne) - 365
        GROUP BY p.id
        """,
        "network": """
        SELECT DISTINCT person, organizer FROM oneToOne
        WHERE status = 'held' AND "on" > (SELECT max("on") FROM oneToOne) - 365
        """,
    ]
}
