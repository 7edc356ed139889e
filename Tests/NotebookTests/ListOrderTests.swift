import Notebook
import Replication
import Store
import Testing

@Suite("Who stands where in a list")
struct ListOrderTests {
    let ana: Desk
    private var book: Notebook { ana.notebook }
    private static let odd = [
        "Zoë", "O'Brien", "李", "Jose", "obrien", "José", "Ángel", "jose", "O\u{2019}BRIEN",
    ]

    init() throws { ana = try Desk.open() }

    private func next(_ what: String, _ person: RecordID, due: Day?) throws {
        try book.log(OneToOneNotes(on: book.today, next: what, due: due), with: person)
    }

    @Test("On a turf, by name without accents and case; of one name who was written down first")
    func oddNames() throws {
        let turf = try book.addTurf("North Side", leader: nil)
        for name in Self.odd { _ = try ana.add(name, turf: turf) }
        #expect(
            try book.turfList(turf).map(\.name) == [
                "Ángel", "Jose", "José", "jose", "O'Brien", "obrien", "O\u{2019}BRIEN", "Zoë", "李",
            ])
        #expect(try book.turfList(nil).isEmpty)
    }

    @Test(
        "On a turf the earliest next step is shown, one without a date last, and promises likewise")
    func ties() throws {
        let (rosa, twin) = (try ana.add("Rosa"), try ana.add("Rosa A."))
        try next("some day", rosa, due: nil)
        try next("call", twin, due: book.today + 3)
        try next("write", rosa, due: book.today + 3)
        try next("visit", rosa, due: book.today + 9)
        try ana.touch(twin, daysAgo: 2)
        for (what, due) in [("chairs", nil), ("ten", book.today + 2), ("five", book.today + 2)] {
            try book.promise(what, by: twin, due: due)
        }
        let apart = try book.turfList(nil)
        #expect(apart.map(\.followUp?.what) == ["write", "call"])
        #expect(apart.map(\.owed.count) == [0, 3])
        try book.link(rosa, twin)
        let row = try #require(try book.turfList(nil).first)
        #expect(row.followUp?.what == "call" && row.lastMet == book.today)
        #expect(row.owed.map(\.what) == ["ten", "five", "chairs"])
    }

    @Test("What is due stands by day, by name, and of one name as it was written down")
    func due() throws {
        var people: [String: RecordID] = [:]
        for name in ["zoe", "Ábel", "Zoe", "Abel"] { people[name] = try ana.add(name) }
        for (what, name, day) in [
            ("1", "zoe", 1), ("2", "Ábel", 1), ("3", "Zoe", 1), ("4", "Abel", 1), ("5", "zoe", nil),
            ("6", "Abel", nil), ("7", "Zoe", -1), ("8", "Abel", 8),
        ] {
            let person = try #require(people[name])
            let due = day.map { book.today + Int64($0) }
            try next("step \(what)", person, due: due)
            try book.promise("promise \(what)", by: person, due: due)
        }
        for items in [try book.due(), try book.due(everyone: true)] {
            #expect(
                items.map(\.what)
                    == [
                        "step 7", "promise 7", "step 4", "promise 4", "step 1", "promise 1",
                        "step 3", "promise 3", "step 2", "promise 2", "step 6", "promise 6",
                        "step 5", "promise 5",
                    ])
            #expect(items.map(\.state).suffix(4) == [String](repeating: "undated", count: 4))
        }
    }

    @Test("Somebody else's next step is in everybody's list, and not in mine")
    func whose() throws {
        let rosa = try ana.add("Rosa")
        let bo = try ana.colleague("Bo Lind")
        try ana.write(
            OneToOne.kind,
            [
                .set(OneToOne.person, .id(rosa)), .set(OneToOne.organizer, .id(bo)),
                .set(OneToOne.on, .day(book.today.number)), .set(OneToOne.next, .text("call")),
            ])
        #expect(try book.due().isEmpty)
        #expect(try book.due(everyone: true).map(\.what) == ["call"])
    }
}

extension Desk {
    fileprivate func touch(_ person: RecordID, daysAgo: Int64) throws {
        _ = try notebook.touch([person], by: "call", on: notebook.today + -daysAgo, note: nil)
    }
}
