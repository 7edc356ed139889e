import Foundation
import Testing

@Suite("Rosa is in the notebook twice")
struct SamePersonTests {
    let ana: Laptop
    let rosa: String
    let other: String

    init() throws {
        ana = try Laptop()
        rosa = try Self.add(ana, "Rosa Alvarez", "612-555-0100")
        other = try Self.add(ana, "R. Alvarez", "(612) 555-0100")
    }

    private static func add(_ laptop: Laptop, _ name: String, _ phone: String) throws -> String {
        let id = try laptop.json("person", "add", name, "--phone", phone).text("id")
        return String(try #require(id).suffix(8))
    }

    @Test("They are proposed with what they share and how much that says")
    func proposed() throws {
        let pair = try #require(ana.json("person", "duplicates").list("pairs").first)
        #expect(pair.text("a")?.hasSuffix(rosa) == true && pair.text("b")?.hasSuffix(other) == true)
        #expect(
            pair["reasons"] as? [String] == ["same phone", "same family name", "same initial"])
        let score = try #require(pair["score"] as? Double)
        #expect(score > 0.8 && score <= 1)
        let page = try ana.succeed("person", "duplicates")
        #expect(page.contains("One person:  fieldbook person merge \(rosa) \(other)\n"))
        #expect(page.contains("Two people:  fieldbook person distinct \(rosa) \(other)\n"))
    }

    @Test("Merged, she is there once with what each entry says, and taken apart, twice again")
    func merged() throws {
        try ana.succeed("met", "R. Alvarez", "--summary", "bus stops")
        let said = try ana.succeed("person", "merge", "R. Alvarez", "Rosa Alvarez")
        #expect(
            said == """
                R. Alvarez (\(other)) and Rosa Alvarez (\(rosa)) are one person now, called
                Rosa Alvarez.
                To undo it: fieldbook person unmerge \(other) \(rosa)

                """)
        #expect(try ana.json("person", "list").list("people").count == 1)
        let person = try ana.json("person", "show", other)
        #expect(person.text("name") == "Rosa Alvarez")
        #expect(try person.list("oneToOnes").count == 1 && person.list("entries").count == 2)
        let page = try ana.succeed("person", "show", "Rosa")
        #expect(page.contains("612-555-0100\n"))
        #expect(page.contains("(612) 555-0100 (entry \(other))\n"))
        #expect(
            page.contains("One person in 2 entries: Rosa Alvarez (\(rosa)), R. Alvarez (\(other)).")
        )
        #expect(try ana.json("person", "duplicates").list("pairs").isEmpty)
        try ana.succeed("person", "unmerge", rosa, other)
        #expect(try ana.json("person", "list").list("people").count == 2)
        #expect(try ana.json("person", "duplicates").list("pairs").count == 1)
        #expect(try ana.json("verify")["ok"] as? Bool == true)
    }

    @Test("With an entry in a turf and one in none she is one person there, with both numbers")
    func inATurf() throws {
        try ana.succeed("turf", "add", "North Side")
        try ana.succeed("turf", "assign", "North Side", other)
        try ana.succeed(
            "person", "edit", other, "--phone", "612-555-0199", "--email", "rosa@example.org")
        try ana.succeed("person", "merge", rosa, other)
        for verb in [["turf", "North Side"], ["turf", "North Side", "--print"]] {
            let page = try ana.run(verb).output
            #expect(
                page.contains("612-555-0100") && page.contains("612-555-0199"), "\(verb): \(page)")
        }
        let people = try ana.json("turf", "North Side").list("people")
        #expect(people.map { ($0["phones"] as? [String])?.count } == [2])
        #expect(try ana.json("turf", "--unassigned").list("people").isEmpty)
        #expect((try ana.json("turf")["unassigned"] as? [String: Any])?["people"] as? Int == 0)
    }

    @Test("A list in a file has her once, with both numbers, and a whole copy both entries")
    func inFiles() throws {
        try ana.succeed(
            "person", "edit", other, "--phone", "612-555-0199", "--email", "rosa@example.org")
        try ana.succeed("person", "merge", rosa, other)
        let list = try ana.succeed("export", "--format", "csv")
        #expect(list.split(whereSeparator: \.isNewline).count == 2, "\(list)")
        for words in ["Rosa Alvarez", "612-555-0100; 612-555-0199", "rosa@example.org"] {
            #expect(list.contains(words), "\(words): \(list)")
        }
        let cards = try ana.succeed("export", "--format", "vcard")
        #expect(cards.ranges(of: "BEGIN:VCARD").count == 1 && cards.contains("FN:Rosa Alvarez"))
        #expect(cards.ranges(of: "TEL;").count == 2 && cards.contains("EMAIL:rosa@example.org"))
        let whole = try ana.succeed("export")
        #expect(whole.ranges(of: "\"kind\":\"person\"").count == 2, "\(whole)")
    }

    @Test("Told apart, she is not proposed again; who merges them all the same is warned")
    func distinct() throws {
        let said = try ana.succeed("person", "distinct", rosa, other)
        #expect(said.contains(" are two people, and are not\nproposed any more."))
        #expect(try ana.json("person", "duplicates").list("pairs").isEmpty)
        let merged = try ana.run("person", "merge", rosa, other)
        #expect(merged.code == 0)
        #expect(merged.errors.hasPrefix("Somebody said that they are two people."))
    }

    @Test(
        "What makes no sense changes nothing",
        arguments: [
            (["merge", "Rosa Alvarez", "Rosa"], "Both are the same entry."),
            (["unmerge", "Rosa Alvarez", "R. Alvarez"], "They are not linked as one person."),
            (["merge", "Rosa Alvarez", "Luis"], "Nobody here is called \"Luis\"."),
        ])
    func refused(_ verb: [String], _ words: String) throws {
        let outcome = try ana.run(["person"] + verb)
        #expect(outcome.code == 1 && outcome.output.isEmpty)
        #expect(outcome.errors.hasPrefix("Error: " + words), "\(outcome.errors)")
        #expect(try ana.json("person", "list").list("people").count == 2)
    }

    @Test("At a terminal both are shown side by side, and only a yes links them")
    func atATerminal() throws {
        let no = try ana.typing("n", "person", "merge", rosa, other)
        #expect(no.code == 1 && no.shown.contains("Are these one person? [y/N]"))
        for word in ["Rosa Alvarez", "R. Alvarez", "612-555-0100"] {
            #expect(no.output.contains(word), "\(no.output)")
        }
        #expect(try ana.json("person", "list").list("people").count == 2)
        let yes = try ana.typing("y", "person", "merge", rosa, other)
        #expect(yes.code == 0 && yes.output.contains("are one person now"), "\(yes)")
        let again = try ana.typing("y", "person", "merge", rosa, other)
        #expect(again.code == 1 && again.shown.contains("They are one person already."))
    }

    @Test("Both can be looked at side by side, and as one, before anything is changed")
    func preview() throws {
        try ana.succeed("person", "edit", other, "--email", "r@example.org")
        let page = try ana.succeed("person", "merge", rosa, other, "--preview")
        for word in [
            "Rosa Alvarez", "R. Alvarez", "612-555-0100", "(612) 555-0100", "r@example.org",
            "As one person they would be called Rosa Alvarez:", "Nothing was changed.",
        ] {
            #expect(page.contains(word), "\(page)")
        }
        let document = try ana.json("person", "merge", rosa, other, "--preview")
        #expect((document["entries"] as? [String])?.count == 2)
        #expect(try ana.json("person", "list").list("people").count == 2)
    }

    @Test("A verb about one entry says which others there are")
    func otherEntries() throws {
        try ana.succeed("person", "merge", rosa, other)
        try ana.succeed("turf", "add", "North Side")
        let rest = "Of the same person and unchanged: R. Alvarez (\(other))."
        #expect(try ana.succeed("turf", "assign", "North Side", "Rosa").contains(rest))
        #expect(try ana.succeed("person", "edit", rosa, "--name", "Rosa A.").contains(rest))
        #expect(try ana.succeed("person", "delete", rosa).contains(rest))
        #expect(try ana.json("person", "list").list("people").first?.text("name") == "R. Alvarez")
    }
}
