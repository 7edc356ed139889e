import Foundation
import Testing

@Suite("Taking back what was written")
struct UndoTests {
    let ana: Laptop

    init() throws {
        ana = try Laptop()
    }

    /// What was taken back; the last line says that this stays, and how to have it after all.
    private func undo(_ way: String = "") throws -> String {
        let said = try ana.succeed("undo")
        let last = try #require(said.split(separator: "\n").last)
        #expect(last.hasPrefix("Undo does not take itself back. To "))
        #expect(way.isEmpty || last.hasSuffix(way))
        return String(said.dropLast(last.count + 1))
    }

    @Test("The last meeting is taken back, then the one before")
    func meetings() throws {
        let laptop = try Laptop()
        try laptop.succeed("person", "add", "Rosa Alvarez")
        try laptop.succeed("met", "Rosa", "--place", "kitchen", "--on", "2026-03-01")
        try laptop.succeed("met", "Rosa", "--place", "bus", "--on", "2026-03-02")
        #expect(try laptop.succeed("undo").contains("Mon 2 Mar"))
        #expect(!(try laptop.succeed("person", "show", "Rosa").contains("bus")))
        #expect(try laptop.succeed("undo").contains("Sun 1 Mar"))
        #expect(try laptop.succeed("undo").contains("Rosa Alvarez"))
        #expect(try laptop.run("undo").errors.contains("nothing to take back"))
    }

    @Test("An edit goes back to what was there, a set to its elements")
    func edits() throws {
        let laptop = try Laptop()
        let id = try laptop.succeed("record", "add", "action", "title=Assembly", "targets=mayor")
            .suffix(11).prefix(8)
        try laptop.succeed(
            "record", "edit", String(id), "title=March", "place=City Hall", "targets-=mayor",
            "targets+=board")
        try laptop.succeed("undo")
        let shown = try laptop.succeed("record", "show", String(id))
        #expect(shown.contains("Assembly") && shown.contains("mayor"))
        #expect(!shown.contains("City Hall") && !shown.contains("board"))
    }

    @Test("What somebody has changed since stays")
    func changedSince() throws {
        let (ana, ben) = (try Laptop(), try Laptop(named: "Ben Ortiz"))
        try ana.succeed("person", "add", "Rosa Alvarez", "--phone", "612-555-0100")
        try Laptop.exchange(ana, ben)
        try ben.succeed("person", "edit", "Rosa", "--phone", "612-555-0199")
        try Laptop.exchange(ana, ben)
        let said = try ana.succeed("undo")
        #expect(said.contains("left as it is"))
        #expect(try ana.succeed("person", "show", "Rosa").contains("0199"))
    }

    @Test("A move to another turf is taken back, with what hangs on the person")
    func moves() throws {
        let laptop = try Laptop()
        for turf in ["North", "South"] { try laptop.succeed("turf", "add", turf) }
        try laptop.succeed("person", "add", "Rosa Alvarez", "--turf", "North")
        try laptop.succeed("met", "Rosa")
        try laptop.succeed("turf", "assign", "South", "Rosa")
        let said = try laptop.succeed("undo").split(separator: "\n")
        // The one-to-one goes where she goes, without a line of its own.
        #expect(said.count == 2 && said[0] == "Took back: Rosa Alvarez is in North again.")
        #expect(try laptop.succeed("turf", "North").contains("Rosa"))
        #expect(!(try laptop.succeed("turf", "South").contains("Rosa")))
    }

    @Test("Again goes one further back, and never brings back what was taken back")
    func goesBack() throws {
        for name in ["Rosa Alvarez", "Omar Khan"] {
            try ana.succeed("person", "add", name)
            #expect(try undo() == "Took back: \(name).\n")
        }
        let nothing = try ana.run("undo")
        #expect(nothing.code == 1 && nothing.errors.contains("nothing to take back"))
        #expect(try ana.json("person", "list").list("people").isEmpty)
        try ana.succeed("person", "add", "Lena Park")
        try ana.succeed("person", "add", "Bo Lind")
        try ana.succeed("undo")
        try ana.succeed("person", "add", "Ida Wells")
        for name in ["Ida Wells", "Lena Park"] {
            #expect(try undo() == "Took back: \(name).\n")
        }
    }

    @Test("A field that was changed three times gets its values back one after the other")
    func fields() throws {
        try ana.succeed("person", "add", "Karin Olsen")
        for email in ["a@x.org", "b@x.org", "c@x.org"] {
            try ana.succeed("edit", "Karin", "email=\(email)")
        }
        for email in ["b@x.org", "a@x.org", nil] {
            #expect(try undo() == "Took back: Karin Olsen, email.\n")
            #expect(try ana.json("person", "show", "Karin").text("email") == email)
        }
    }

    @Test("A deletion that is taken back, and a restoring, are said to be that")
    func deletions() throws {
        let id = try #require(ana.json("person", "add", "Rosa Alvarez").text("id")).suffix(8)
        try ana.succeed("person", "delete", "Rosa")
        #expect(
            try undo("fieldbook person delete \(id)")
                == "Took back that it was deleted: Rosa Alvarez is here again.\n")
        try ana.succeed("person", "delete", "Rosa")
        try ana.succeed("person", "restore", "Rosa")
        #expect(
            try undo("fieldbook person restore \(id)")
                == "Took back that it was restored: Rosa Alvarez is deleted again.\n")
        #expect(try ana.json("person", "list").list("people").isEmpty)
        try ana.succeed("person", "restore", String(id))
        #expect(try ana.json("person", "list").list("people").count == 1)
    }

    @Test("Of several fields each is named in words, a turf too")
    func severalFields() throws {
        let id = try #require(ana.json("person", "add", "Rosa Alvarez").text("id")).suffix(8)
        try ana.succeed("turf", "add", "North")
        try ana.succeed("edit", "Rosa", "phone=612-555-0100", "given=Rosa", "tags+=choir")
        #expect(
            try undo("fieldbook history \(id)")
                == "Took back: Rosa Alvarez, given name, phone, tags.\n")
        try ana.succeed("turf", "assign", "North", "Rosa")
        #expect(try undo() == "Took back: Rosa Alvarez is without a turf again.\n")
        try ana.succeed("person", "add", "R. Alvarez")
        try ana.succeed("person", "merge", "R. Alvarez", "Rosa Alvarez")
        #expect(try undo().hasPrefix("Took back what was said of R"))
        #expect(try ana.json("person", "list").list("people").count == 2)
    }

    @Test("A meeting goes with the promise of which it was taken back that it is kept")
    func promise() throws {
        let meeting = ["met", "Rosa", "--new", "--promised", "host", "--by", "in 1 week"]
        _ = try ana.run(meeting)
        let id = try #require(ana.json("commitment", "list").list("commitments").first?.text("id"))
        try ana.succeed("commitment", "keep", id)
        try ana.succeed("undo")
        let said = try ana.succeed("undo")
        #expect(!said.contains("Changed since"))
        #expect(try ana.json("commitment", "list").list("commitments").isEmpty)
    }

    @Test("An import is taken back as a whole, and what was before it afterwards")
    func imports() throws {
        try ana.succeed("person", "add", "Rosa Alvarez")
        let file = "\(ana.home)/two.csv"
        try Data("name\nUma\nUgo\n".utf8).write(to: URL(filePath: file))
        let batch = try #require(ana.json("import", file).text("batch"))
        let refused = try ana.run("undo")
        #expect(refused.code == 1 && refused.errors.contains("fieldbook import undo "))
        try ana.succeed("import", "undo", batch)
        // Nothing older goes without a word.
        #expect(try ana.succeed("undo").contains("What you did last was to take an import back."))
        #expect(try undo() == "Took back: Rosa Alvarez.\n")
    }

    @Test("What was erased stays erased, and what came before it can be taken back")
    func erased() throws {
        for name in ["Rosa Alvarez", "Omar Khan"] { try ana.succeed("person", "add", name) }
        try ana.succeed("person", "erase", "Omar", "--yes")
        #expect(try ana.succeed("undo").contains("that stays"))
        #expect(try undo() == "Took back: Rosa Alvarez.\n")
    }

    @Test("Of several promises of one person it is said which one was taken back")
    func whichPromise() throws {
        try ana.succeed("person", "add", "Rosa Alvarez")
        for what in ["bring chairs", "bring cake"] {
            try ana.succeed("commitment", "add", "Rosa", "--what", what, "--due", "today")
        }
        try ana.succeed("person", "add", "Luis Ortiz")
        try ana.succeed("relate", "Rosa", "Luis", "--as", "friend")
        #expect(
            try undo() == "Took back: relationship of Rosa Alvarez: Luis Ortiz.\n")
        try ana.succeed("undo")
        #expect(
            try undo() == "Took back: promise of Rosa Alvarez: bring cake.\n")
        let id = try #require(ana.json("commitment", "list").list("commitments").first?.text("id"))
        #expect(
            try ana.succeed("history", id).hasPrefix("promise of Rosa Alvarez: bring chairs ("))
        try ana.succeed("met", "Rosa", "--we-promised", "send the flyer", "--by", "today")
        let ours = try ana.json("commitment", "list").list("commitments")
            .first { $0.text("what") == "send the flyer" }
        #expect(
            try ana.json("history", ours?.text("id") ?? "").text("title")
                == "our promise to Rosa Alvarez: send the flyer")
    }

    @Test("A conflict that was settled is open again, with each of its values")
    func settled() throws {
        let (ana, bo, rosa) = try Laptop.twoWhoKnowRosa()
        try ana.succeed("person", "edit", "Rosa", "--phone", "612-555-0100")
        try bo.succeed("person", "edit", "Rosa", "--phone", "612-555-0199")
        try Laptop.exchange(ana, bo)
        let values = {
            try (ana.json("conflicts").list("conflicts").first?["values"] as? [[String: Any]] ?? [])
                .map { [$0.text("value"), $0.text("by")] }
        }
        let before = try values()
        for choice in ["1", "2"] {
            try ana.succeed("conflicts", "settle", rosa, "phone", "--take", choice)
            #expect(try values().isEmpty)
            #expect(try ana.succeed("undo").contains("It is open again: fieldbook conflicts"))
            #expect(try values() == before)
        }
        try Laptop.exchange(ana, bo)
        #expect(try bo.json("conflicts").list("conflicts").count == 1)
        #expect(try ana.json("verify")["ok"] as? Bool == true)
        #expect(try bo.json("verify")["ok"] as? Bool == true)
        try bo.succeed("conflicts", "settle", rosa, "phone", "--take", "1")
        #expect(try bo.json("conflicts").list("conflicts").isEmpty)
    }

    @Test(
        "So is one in which somebody wrote while another deleted", arguments: ["kept", "deleted"])
    func settledDeletion(_ choice: String) throws {
        let (ana, bo, rosa) = try Laptop.twoWhoKnowRosa()
        try ana.succeed("person", "delete", "Rosa")
        try bo.succeed("person", "edit", "Rosa", "--phone", "612-555-0199")
        try Laptop.exchange(ana, bo)
        try ana.succeed("conflicts", "settle", rosa, "life", "--value", choice)
        #expect(try ana.json("conflicts").list("conflicts").isEmpty)
        try ana.succeed("undo")
        // What the deletion covered stays with the person: nobody asks again.
        #expect(try ana.json("conflicts").list("conflicts").count == (choice == "kept" ? 1 : 0))
        #expect(try ana.json("person", "show", rosa).text("phone") == "612-555-0199")
    }

    @Test("One that is open again names who deleted, and not who had settled it")
    func deletedBy() throws {
        let (ana, bo, rosa) = try Laptop.twoWhoKnowRosa()
        try bo.succeed("person", "delete", "Rosa")
        try ana.succeed("person", "edit", "Rosa", "--phone", "612-555-0199")
        try Laptop.exchange(ana, bo)
        let outline = { try ana.succeed("conflicts") }
        let before = try outline()
        try ana.succeed("conflicts", "settle", rosa, "life", "--value", "kept")
        try ana.succeed("undo")
        #expect(try outline() == before)
        let values = try ana.json("conflicts").list("conflicts").first?["values"]
        #expect((values as? [[String: Any]])?.map { $0.text("by") } == ["Bo Lind", "Ana Reyes"])
    }
}

@Suite("A record in somebody's editor")
struct DraftTests {
    let ana: Laptop

    init() throws {
        ana = try Laptop()
        try ana.succeed("person", "add", "Rosa Alvarez", "--phone", "612-555-0100")
    }

    private var drafts: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: ana.home)
                .filter { $0.contains(".edit-") }
        }
    }

    private func edit(_ editor: String) throws -> Outcome {
        let script = URL(filePath: "\(ana.home)/editor-\(UUID().uuidString)")
        try Data("#!/bin/sh\n\(editor)\n".utf8).write(to: script)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: script.path)
        return try ana.run(["edit", "Rosa"], environment: ["EDITOR": script.path])
    }

    @Test("The text has people's words, in the reader's language, and takes them back")
    func words() throws {
        let meeting = try #require(ana.json("met", "Rosa", "--summary", "Her bus.").text("id"))
        func shown(_ record: String, _ language: String) throws -> String {
            let copy = "\(ana.home)/shown"
            let script = "\(ana.home)/copy"
            try "#!/bin/sh\ncp \"$1\" \(copy)\n".write(
                toFile: script, atomically: true, encoding: .utf8)
            _ = try ana.run(
                ["edit", record],
                environment: ["EDITOR": "sh \(script)", "FIELDBOOK_LANGUAGE": language])
            return try String(contentsOfFile: copy, encoding: .utf8)
        }
        let person = try shown("Rosa", "en")
        #expect(person.contains("\ngiven name:") && person.contains("\npoint person:"), "\(person)")
        try ana.succeed("edit", meeting, "status=noShow")
        #expect(try shown(meeting, "en").contains("\nstatus: no show\n"))
        #expect(try shown(meeting, "es").contains("\nestado: no llegó\n"))
        let edited = try ana.run(
            ["edit", meeting],
            environment: [
                "EDITOR": "sed -i 's/^estado.*/estado: realizado/'", "FIELDBOOK_LANGUAGE": "es",
            ])
        #expect(edited.code == 0, "\(edited.errors)")
        #expect(
            try ana.succeed("record", "show", meeting, "--json").contains("\"status\":\"held\""))
    }

    @Test("A text with a line too many is opened again, wherever the line stands")
    func lineTooMany() throws {
        let failed = try edit("echo 'stray: line' >> \"$1\"")
        #expect(failed.code == 1 && failed.errors.contains("opens it again"), "\(failed.errors)")
        let again = try edit("sed -i '/^stray/d; s/^phone:.*/phone: 612-555-0199/' \"$1\"")
        #expect(again.code == 0, "\(again.errors)")
        #expect(try ana.succeed("person", "show", "Rosa").contains("612-555-0199"))
        #expect(try drafts.isEmpty)
    }

    @Test("A word that cannot be is answered with those that can, and the text is kept")
    func wrongWords() throws {
        for (edited, words) in [
            ("s/^status.*/status: happy/", "active, moved, inactive, deceased or"),
            ("s/^status.*/shoe size: 38/", "Its fields are name, given name"),
        ] {
            let refused = try edit("sed -i '\(edited)' \"$1\"")
            #expect(refused.code == 1 && refused.errors.contains(words), "\(refused.errors)")
            #expect(try drafts.count == 1)
            for draft in try drafts {
                try FileManager.default.removeItem(atPath: "\(ana.home)/\(draft)")
            }
        }
    }

    @Test("An editor that fails leaves no copy of what was not changed")
    func unchanged() throws {
        #expect(try edit("exit 1").code == 1)
        #expect(try drafts.isEmpty)
    }

    @Test("A text that was begun before the record changed does not take the change back")
    func stale() throws {
        #expect(try edit("sed -i 's/^address.*/address: Lake Street 5/' \"$1\"; exit 1").code == 1)
        #expect(try drafts.count == 1)
        try ana.succeed("person", "edit", "Rosa", "--phone", "612-555-9999")
        let refused = try edit("true")
        #expect(refused.code == 1 && refused.errors.contains("was changed since"))
        #expect(try ana.json("person", "show", "Rosa").text("phone") == "612-555-9999")
        #expect(try drafts.count == 1)
    }

    @Test("Erasing somebody takes the texts along in which they may stand")
    func erased() throws {
        #expect(try edit("sed -i 's/^address.*/address: Lake Street 5/' \"$1\"; exit 1").code == 1)
        try ana.succeed("person", "erase", "Rosa", "--yes")
        #expect(try drafts.isEmpty)
    }
}
