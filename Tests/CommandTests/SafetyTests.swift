import Foundation
import Glibc
import Testing

@Suite("What names may hold")
struct SafetyTests {
    let ana: Laptop

    init() throws {
        ana = try Laptop()
    }

    static let names = [
        "\u{1B}[31mRed\u{1B}[0m", "\u{9B}31mRed", "Bell\u{7}", "Back\u{8}\u{8}\u{8}\u{8}Space",
        "Over\u{202E}ride", "Iso\u{2066}late", "Del\u{7F}ete", "Line\u{2028}End",
    ]

    @Test("Nothing that a terminal obeys comes out, in text or JSON", arguments: names)
    func controls(_ name: String) throws {
        let added = try ana.run("person", "add", name)
        #expect(added.code == 0)
        let id = try #require(ana.json("person", "list").list("people").first?.text("id"))
        try ana.succeed("turf", "add", name)
        try ana.succeed("met", id, "--next", name, "--summary", name, "--due", "today")
        for arguments in [
            ["person", "list"], ["person", "list", "--json"], ["person", "show", id], ["due"],
            ["due", "--json"], ["turf"], ["turf", "--unassigned"], ["history", id], ["find", "e"],
            ["met", name + "?"], ["met", name + "?", "--json"], [name], ["turf", name, name],
        ] {
            let outcome = try ana.run(arguments)
            for scalar in (outcome.output + outcome.errors).unicodeScalars where scalar != "\n" {
                #expect(
                    scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value), "\(arguments)")
                #expect(!(0x2028...0x202E).contains(scalar.value), "\(arguments)")
                #expect(!(0x2066...0x2069).contains(scalar.value), "\(arguments)")
            }
        }
    }

    @Test(
        "An export holds what was written, and a terminal that shows it is left alone",
        .enabled(if: access("/usr/bin/script", X_OK) == 0, "a terminal for its output"),
        arguments: ["csv", "vcard", "ndjson"])
    func exported(_ form: String) throws {
        let name = "Ro\u{1B}[31msa \u{9B}31m\u{202E}Alvarez"
        try ana.json("person", "add", name)
        let command = "\(Laptop.program) export --format \(form)"
        let shown = try ana.run("/usr/bin/script", ["-qec", command, "/dev/null"]).output
        #expect(shown.contains("Alvarez"))
        for scalar in shown.unicodeScalars where !["\n", "\r", "\t"].contains(scalar) {
            #expect(scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value))
            #expect(scalar != "\u{202E}")
        }
        guard form == "csv" else { return }
        #expect(try ana.succeed("export", "--format", form).contains(name))
    }

    @Test(
        "A line break in a name becomes a space", arguments: ["Rosa\nAlvarez", "Rosa\r\n Alvarez "])
    func lineBreaks(_ name: String) throws {
        try ana.succeed("person", "add", name)
        let people = try ana.json("person", "list").list("people")
        #expect(people.map { $0.text("name") } == ["Rosa Alvarez"])
        #expect(try ana.run("met", name).code == 0)
    }

    @Test("Names of every script line up, and are found again")
    func scripts() throws {
        let names = ["🌻 Sunny Diaz", "李小龍", "محمد علي", "Zoë", "Xaawo Cabdi"]
        for name in names { try ana.succeed("person", "add", name, "--phone", "612") }
        for name in names { #expect(try ana.run("met", name).code == 0, "\(name)") }
        let lines = try ana.succeed("person", "list").split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("李小龍         612") })
        #expect(lines.contains { $0.hasPrefix("🌻 Sunny Diaz  612") })
    }

    @Test("No colours when piped, nor for those who want none")
    func colours() throws {
        try ana.succeed("met", "Rosa", "--new", "--on", "60 days ago")
        #expect(!(try ana.succeed("turf", "--unassigned").contains("\u{1B}")))
        let show = "\(Laptop.program) turf --unassigned"
        let seen = try terminal(show)
        #expect(seen.contains("\u{1B}[31moverdue"))
        #expect(!(try terminal("NO_COLOR=1 \(show)").contains("\u{1B}")))
    }

    @Test("In a terminal an unknown person may be added on the spot")
    func prompt() throws {
        let yes = try terminal("\(Laptop.program) met 'Rosa Alvarez'", typing: "y\n")
        #expect(yes.contains("Nobody here is called \"Rosa Alvarez\" yet. Add them? [y/N]"))
        #expect(yes.contains("Added Rosa Alvarez"))
        let no = try terminal("\(Laptop.program) met Luis", typing: "\n")
        #expect(no.contains("Nothing was saved."))
        #expect(try ana.json("person", "list").list("people").count == 1)
    }

    /// What somebody at a terminal sees of a shell's command.
    private func terminal(_ command: String, typing: String = "") throws -> String {
        try ana.run("/usr/bin/script", ["-qec", command, "/dev/null"], input: typing).output
    }
}
