import Foundation
import Notebook
import Testing

@Suite("Rosa asks to be forgotten")
struct ErasureTests {
    let ana: Laptop

    init() throws {
        ana = try Laptop()
        try ana.succeed(
            "met", "Rosa Alvarez", "--new", "--summary", "bus stops", "--next", "call her")
        try ana.succeed(
            "commitment", "add", "Rosa", "--what", "bring two neighbours", "--due", "next friday")
        try ana.succeed("person", "add", "Luis Ortega")
    }

    @Test("It is said first what would go, and nothing goes")
    func said() throws {
        let outcome = try ana.run("person", "erase", "Rosa")
        #expect(outcome.code == 1)
        #expect(
            outcome.errors == """
                Error: This would erase Rosa Alvarez, with 1 one-to-one, 1 promise, for good. To do it, add --yes.

                """)
        #expect(try ana.json("person", "list").list("people").count == 2)
    }

    @Test("Undo says that an erasure stays, and leaves what came before it for the next")
    func undone() throws {
        try ana.succeed("met", "Luis", "--summary", "important")
        try ana.succeed("person", "erase", "Rosa", "--yes")
        let first = try ana.succeed("undo")
        #expect(first.contains("What you did last was to erase, and that stays."))
        #expect(try ana.json("find", "important").list("hits").count == 1)
        #expect(try ana.succeed("undo").contains("Took back: one-to-one with Luis Ortega"))
    }

    @Test("Then she is nowhere, with all that was about her, and the others stay")
    func erased() throws {
        let said = try ana.succeed("person", "erase", "Rosa", "--yes")
        #expect(said.contains("Erased Rosa Alvarez, with 1 one-to-one, 1 promise.\n"))
        #expect(
            try ana.json("person", "list").list("people").map { $0.text("name") } == ["Luis Ortega"]
        )
        for word in ["rosa", "bus", "neighbours"] {
            #expect(try ana.json("find", word).list("hits").isEmpty)
        }
        #expect(try ana.json("due").list("items").isEmpty)
        #expect(try ana.json("verify")["ok"] as? Bool == true)
    }

    @Test("Of two entries that are one person, both go, and a deleted one-to-one with them")
    func both() throws {
        try ana.succeed("person", "add", "R. Alvarez")
        try ana.succeed("person", "merge", "R. Alvarez", "Rosa Alvarez")
        let erased = try ana.json("person", "erase", "Rosa", "--yes").list("erased")
        let kinds = erased.compactMap { $0.text("kind") }.sorted()
        #expect(kinds == ["commitment", "oneToOne", "person", "person", "samePerson"])
        #expect(try ana.json("person", "list").list("people").count == 1)
    }

    @Test("At a terminal it is asked, and only a clear yes erases")
    func asked() throws {
        let no = try ana.typing("", "person", "erase", "Rosa")
        #expect(no.code == 1)
        #expect(no.shown.contains("for good. Do it?"), "\(no.shown)")
        #expect(try ana.json("person", "list").list("people").count == 2)
        #expect(try ana.typing("y", "person", "erase", "Rosa").code == 0)
        #expect(try ana.json("person", "list").list("people").count == 1)
    }

    @Test("In a congregation it is said until which day the hub's backups still have her")
    func backups() throws {
        try ana.join(as: "organizer,admin")
        let last = Days.today + 14
        let said = try ana.succeed("person", "erase", "Rosa", "--yes")
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(said.contains("The hub's earlier backups still have them"))
        #expect(said.contains("until \(last.short(today: Days.today))."), "\(said)")
        let luis = try ana.json("person", "erase", "Luis", "--yes")
        #expect(luis.text("backupsUntil") == last.description)
        let alone = try Laptop()
        try alone.succeed("person", "add", "Rosa Alvarez")
        #expect(try alone.json("person", "erase", "Rosa", "--yes")["backupsUntil"] is NSNull)
    }
}
