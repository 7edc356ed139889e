import Foundation
import Testing

@Suite("Files in and out")
struct FileTests {
    let ana: Laptop

    init() throws { ana = try Laptop() }

    private func write(_ text: String, _ name: String) throws -> String {
        let path = "\(ana.home)/\(name)"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    @Test("A script notices a file of which nothing came in")
    func nothingCameIn() throws {
        let outcome = try ana.run("import", write("not json\n", "z.ndjson"))
        #expect(outcome.code == 1 && outcome.output.contains("1 rejected"), "\(outcome)")
        let partly = try write("name,turf\nRosa Alvarez,\nBo Lind,Nowhere\n", "people.csv")
        #expect(try ana.run("import", partly).code == 0)
    }

    @Test("What goes out of one notebook comes into an empty one, through a pipe too")
    func roundTrip() throws {
        try ana.succeed("turf", "add", "North Side")
        try ana.succeed("person", "add", "Rosa Alvarez", "--turf", "North Side")
        try ana.succeed("met", "Rosa", "--next", "call", "--due", "friday", "--heard", "bus")
        let export = try ana.succeed("export")
        let bo = try Laptop(named: "Bo Lind")
        let outcome = try bo.run(["import", "-", "--json"], input: export)
        let document = try outcome.document()
        for key in ["batch", "created", "updated", "skipped", "rejected"] {
            #expect(document[key] != nil, "\(key)")
        }
        #expect(try bo.succeed("export") == export)
        #expect(try bo.succeed("find", "call").contains("Rosa Alvarez"))
        #expect(try bo.json("verify")["ok"] as? Bool == true)
        // A file in the place of an older one.
        try bo.succeed("export", "all.ndjson")
        try bo.succeed("export", "all.ndjson")
        #expect(try String(contentsOfFile: "\(bo.home)/all.ndjson", encoding: .utf8) == export)
        #expect(try bo.json("import", "all.ndjson")["batch"] is NSNull)
    }

    @Test("A dash is standard output")
    func standardOutput() throws {
        try ana.succeed("person", "add", "Rosa Alvarez")
        let list = try ana.succeed("export", "-", "--format", "csv")
        #expect(list.contains("Rosa Alvarez"), "\(list)")
        #expect(!FileManager.default.fileExists(atPath: "\(ana.home)/-"))
    }

    @Test("A trial says who of a list looks like somebody who is here")
    func lookalikes() throws {
        let rosa = try #require(
            ana.json("person", "add", "Rosa Alvarez", "--phone", "612-555-0100").text("id"))
        let file = try write("Name,Phone\nRosa \u{C1}lvarez,\nLuis Ortiz,2\n", "people.csv")
        let page = try ana.succeed("import", file, "--dry-run")
        #expect(page.contains("would be second entries: 1."))
        #expect(page.contains("may be Rosa Alvarez (\(rosa.suffix(8)))"))
        let alike = try ana.json("import", file, "--dry-run").list("alike")
        #expect(alike.map { $0["line"] as? Int } == [2])
        #expect(alike.map { $0["person"] as? String } == [rosa])
        #expect(try ana.json("person", "list").list("people").count == 1)
    }

    @Test("After an import too, who of a list may be here already is said, and how to link them")
    func lookalikesAfterwards() throws {
        let rosa = try #require(
            ana.json("person", "add", "Rosa Alvarez", "--phone", "612-555-0100").text("id"))
        let file = try write("Name,Phone\nRosa \u{C1}lvarez,\nLuis Ortiz,2\n", "people.csv")
        let page = try ana.succeed("import", file)
        let people = try ana.json("person", "list").list("people").compactMap { $0.text("id") }
        #expect(page.contains("New people who may be here already: 1."), "\(page)")
        #expect(!page.contains("Only the first"))
        let new = try #require(
            people.first {
                page.contains("may be Rosa Alvarez (\(rosa.suffix(8)))") && $0 != rosa
                    && page.contains("(\($0.suffix(8))) may be")
            })
        let words = page.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains("fieldbook person merge \(new.suffix(8)) \(rosa.suffix(8))"))
        #expect(words.contains("fieldbook person duplicates"))
        try ana.succeed("person", "merge", String(new.suffix(8)), String(rosa.suffix(8)))
        #expect(try !ana.succeed("import", file).contains("may be here already"))
    }

    @Test("Without an id, undo lists the imports that it can take back")
    func imports() throws {
        #expect(try ana.succeed("import", "undo").contains("Nothing was imported on this laptop."))
        let first = try #require(
            ana.json("import", write("Name\nRosa\nBo\n", "first.csv")).text("batch"))
        let second = try #require(
            ana.json("import", write("Name\nLuis\n", "second.csv")).text("batch"))
        let page = try ana.succeed("import", "undo")
        #expect(page.contains("fieldbook import undo \(second.suffix(8))"), "\(page)")
        let lines = page.split(separator: "\n").map { $0.split(whereSeparator: \.isWhitespace) }
        #expect(lines[1].first.map(String.init) == String(second.suffix(8)))
        #expect(lines[2].first.map(String.init) == String(first.suffix(8)))
        #expect(lines[2].suffix(3) == ["first.csv", "2", "0"])
        try ana.succeed("import", "undo", second)
        #expect(
            try ana.succeed("import", "undo").contains("fieldbook import undo \(first.suffix(8))"))
        let imports = try ana.json("import", "undo").list("imports")
        #expect(imports.map { $0.text("batch") } == [second, first])
        #expect(imports.map { $0.text("undone") } == ["\(Days.today)", nil])
        #expect(imports.map { $0["created"] as? Int } == [1, 2])
    }

    @Test("Records that name each other in a circle, and have no name, are shown all the same")
    func circles() throws {
        let ids = (0..<300).map { String(format: "018f0000-0000-7000-8000-%012d", $0) }
        let lines = ids.indices.map { index in
            let next = ids[(index + 1) % ids.count]
            return """
                {"kind":"person","id":"\(ids[index])","fields":{"institution":"\(ids[1])",\
                "household":"\(next)","phone":"612-555-0100"}}
                """
        }
        let own = """
            {"kind":"person","id":"018f0000-0000-7000-8000-00000000ffff",\
            "fields":{"household":"018f0000-0000-7000-8000-00000000ffff","tags":["bus"]}}
            """
        let file = try write((lines + [own]).joined(separator: "\n") + "\n", "circle.ndjson")
        try ana.succeed("import", file)
        for words in [
            ["find", "bus"], ["record", "list", "person"], ["record", "show", ids[0]], ["status"],
            ["history", ids[0]], ["edit", ids[0], "phone=1"], ["undo"],
        ] {
            #expect(try ana.run(words).code == 0, "\(words)")
        }
    }

    @Test("An export goes into a file of one's own, whatever lies in its place")
    func ownFile() throws {
        try ana.succeed("person", "add", "Rosa Alvarez")
        let other = "\(ana.home)/other.txt"
        try "mine".write(toFile: other, atomically: true, encoding: .utf8)
        try FileManager.default.createSymbolicLink(
            atPath: "\(ana.home)/all.ndjson.unfinished", withDestinationPath: other)
        try ana.succeed("export", "all.ndjson")
        #expect(try String(contentsOfFile: other, encoding: .utf8) == "mine")
        #expect(
            try String(contentsOfFile: "\(ana.home)/all.ndjson", encoding: .utf8).contains("Rosa"))
    }

    @Test("A list is tried first, brought in, and taken back")
    func list() throws {
        let file = try write("Name,Phone,Turf\nRosa,1,\nLuis,2,Nowhere\n", "people.csv")
        let tried = try ana.succeed("import", file, "--dry-run", "--save-map", "map.json")
        #expect(tried.contains("Nothing was changed. It would be: 1 created, 0 updated"))
        #expect(tried.contains("Line 3, rejected: No turf is called \"Nowhere\"."))
        #expect(try ana.succeed("person", "list").hasPrefix("Nobody is here yet"))
        let done = try ana.json("import", file, "--map", "map.json")
        #expect(done["created"] as? Int == 1 && done["rejected"] as? Int == 1)
        #expect(done.text("rejectedFile") == file + ".rejected.csv")
        // The same again leaves no second file.
        #expect(try ana.json("import", file).text("rejectedFile") == file + ".rejected.csv")
        let batch = try #require(done.text("batch"))
        let undone = try ana.json("import", "undo", String(batch.suffix(8)))
        #expect(undone["deleted"] as? Int == 1)
        #expect(try ana.run("import", "undo", batch).code == 1)
    }

    @Test("What the columns are taken for is saved with what to do with it")
    func savedMap() throws {
        let file = try write("Name,Joined\nRosa,x\n", "new people.csv")
        let errors = try ana.run("import", file, "--dry-run", "--save-map", "map.json").errors
        #expect(errors.contains("then: fieldbook import '\(file)' --map 'map.json'\n"))
        for word in ["name", "phone", "tags", "turf"] {
            #expect(errors.contains(" \(word),"), "\(word)")
        }
        #expect(errors.contains("null leaves it out"))
    }

    @Test("At a terminal a file that is there is written over after a yes")
    func replaced() throws {
        let list = try write("my own list", "mine.csv")
        let asked = try ana.typing("n", "export", list)
        #expect(asked.code == 1 && asked.shown.contains("Write over it?"))
        #expect(try String(contentsOfFile: list, encoding: .utf8) == "my own list")
        #expect(try ana.typing("y", "export", list).code == 0)
        try ana.succeed("export", list)
        #expect(try String(contentsOfFile: list, encoding: .utf8).hasPrefix("id,"))
    }

    @Test("What somebody has corrected in it is not written over")
    func correctedMap() throws {
        let file = try write("Name,Joined\nRosa,x\n", "people.csv")
        try ana.succeed("import", file, "--dry-run", "--save-map", "map.json")
        let corrected = try write("{\"columns\": {\"Joined\": \"tags\"}}", "map.json")
        let again = try ana.run("import", file, "--dry-run", "--save-map", "map.json")
        #expect(again.code == 1)
        #expect(again.errors.contains("\"map.json\" is already there, and was left as it is."))
        #expect(try String(contentsOfFile: corrected, encoding: .utf8).contains("Joined"))
    }

    @Test("What is too long for a name is rejected, with the row to correct")
    func longName() throws {
        let long = String(repeating: "Rosa ", count: 50)
        let rows = ["Name,Institution", "\(long),", "Luis,\(long)", "Ida,St. Mark"]
        let file = try write(rows.joined(separator: "\n"), "people.csv")
        let done = try ana.json("import", file)
        #expect(done["created"] as? Int == 1 && done["rejected"] as? Int == 2)
        #expect(
            try String(contentsOfFile: file + ".rejected.csv", encoding: .utf8)
                .contains("takes at most 200"))
    }

    @Test("Forms that cannot be, and files that are not there, are said in a sentence")
    func refused() throws {
        for (arguments, words) in [
            (["import", "gone.csv"], "cannot be read"), (["import", "."], "is a folder"),
            (["import", "people.doc"], "cannot be told from its name"),
            (["export", "people.doc"], "cannot be told from its name"),
            (["export", "no/such/folder.csv"], "could not be written"),
            (["export", "."], "is a folder"),
        ] {
            let outcome = try ana.run(arguments)
            #expect(outcome.code == 1, "\(arguments)")
            #expect(outcome.errors.contains(words), "\(arguments): \(outcome.errors)")
            #expect(outcome.output.isEmpty)
        }
        #expect(try ana.run("export", "--format", "doc").code == 64)
        #expect(try ana.run("import", "a.ndjson", "--dates", "dmy").code == 64)
    }

    @Test("What others must not see stays out of files that others may read")
    func mode() throws {
        try ana.succeed("export", "all.ndjson")
        let attributes = try FileManager.default.attributesOfItem(
            atPath: "\(ana.home)/all.ndjson")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
}
