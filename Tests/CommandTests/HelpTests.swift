import Foundation
import Testing

@Suite("Help")
struct HelpTests {
    let laptop: Laptop

    init() throws {
        laptop = try Laptop(named: nil)
    }

    @Test("Every command has a sentence, and an example")
    func everyCommand() throws {
        let verbs =
            [
                "met", "today", "due", "plan", "report", "turf list", "turf add", "turf assign",
                "find",
                "person add",
                "person show", "person edit", "person list", "person delete", "person restore",
                "person duplicates", "person merge", "person unmerge", "person distinct",
                "commitment add", "commitment keep", "commitment break", "commitment list",
                "history",
                "join", "sync", "conflicts list", "conflicts settle", "refused", "init", "me",
                "status",
                "import", "import undo", "export", "verify", "decode", "demo", "guide",
                "schedule", "missed", "cancel", "touch", "assess", "relate", "goal list",
                "goal set",
                "listening listener", "concern link", "issue cut", "campaign target",
                "demand asked",
                "demand answer", "demand kept", "team join", "team leave", "action pledge",
                "action invite", "action confirm", "action came", "action noshow",
            ] + Self.nouns.flatMap { noun in ["add", "list", "show"].map { "\(noun) \($0)" } }
            + ["action", "house-meeting", "research", "campaign", "listening"].map {
                "\($0) evaluate"
            }
        for verb in verbs {
            let help = try laptop.run(verb.split(separator: " ").map(String.init) + ["--help"])
            #expect(help.code == 0)
            #expect(help.output.hasPrefix("OVERVIEW: "), "\(verb)")
            #expect(help.output.split(separator: "\n").first?.hasSuffix(".") == true, "\(verb)")
            let shown = verb.hasSuffix(" list") ? String(verb.dropLast(" list".count)) : verb
            let example = "  fieldbook \(shown)"
            #expect(help.output.contains(example), "\(verb)")
            #expect(help.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(verb)")
        }
    }

    private static let nouns = [
        "action", "issue", "concern", "demand", "campaign", "research", "listening",
        "house-meeting", "training", "institution", "team",
    ]

    @Test(
        "It reads like this",
        arguments: [
            ([], root), (["met"], met), (["turf", "assign"], assign),
            (["conflicts", "settle"], settle),
        ])
    func whole(_ verb: [String], _ text: String) throws {
        #expect(try laptop.run(verb + ["--help"]).output == text + "\n")
    }

    @Test("Without a verb, what one needs first fits on a small screen")
    func first() throws {
        let page = try laptop.succeed()
        let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= 22)
        #expect(lines.allSatisfy { $0.count <= 80 })
        #expect(page.contains("A first day:\n  fieldbook init"))
        for verb in ["today", "met", "schedule", "touch", "due"] {
            #expect(lines.contains { $0.hasPrefix("  fieldbook \(verb) ") }, "\(verb)")
        }
        #expect(page.contains("fieldbook --help"))
        #expect(page.contains("fieldbook guide"))
    }

    @Test("Completions are made for three shells", arguments: ["bash", "zsh", "fish"])
    func completions(_ shell: String) throws {
        #expect(try laptop.succeed("--generate-completion-script", shell).contains("commitment"))
    }

    @Test("A demonstration without the hub's program says what is missing")
    func demo() throws {
        let alone = "\(laptop.home)/fieldbook"
        try FileManager.default.copyItem(atPath: Laptop.program, toPath: alone)
        let outcome = try laptop.run(alone, ["demo", "--once"])
        #expect(outcome.code == 1)
        #expect(
            outcome.errors.hasPrefix("Error: The demonstration needs the program \"fieldbook-hub\"")
        )
        let hub = "\(laptop.home)/fieldbook-hub"
        try "#!/bin/sh\necho \"$@\"\n".write(toFile: hub, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: hub)
        #expect(
            try laptop.run(alone, ["demo", "--once", "--port", "80"]).output
                == "demo --port 80 --once\n")
    }

    @Test("Help for what is no command says so, and what was probably meant")
    func unknown() throws {
        for (words, meant) in [
            (["help", "mett"], "fieldbook met"),
            (["help", "turf", "asign"], "fieldbook turf assign"),
        ] {
            let outcome = try laptop.run(words)
            #expect(outcome.code == 64)
            #expect(outcome.errors.contains("Did you mean \"\(meant)\"?"), "\(outcome.errors)")
        }
        #expect(try laptop.run("help", "nosuch").code == 64)
        for words in [["help"], ["help", "met"], ["help", "turf", "assign"], ["help", "turf"]] {
            #expect(try laptop.run(words).code == 0, "\(words)")
        }
    }

    @Test("A wide terminal breaks no line twice")
    func wide() throws {
        for verb in [["met"], ["import"], ["action", "came"]] {
            let usual = try laptop.run(verb + ["--help"]).output
            let wide = try laptop.run(verb + ["--help"], environment: ["COLUMNS": "90"]).output
            #expect(wide == usual)
        }
    }

    @Test("Who reads Spanish gets examples in Spanish")
    func examples() throws {
        for verb in [["met"], ["touch"], ["schedule"], ["cancel"], ["guide", "demand"]] {
            let help = try laptop.run(
                verb.count > 1 ? verb : verb + ["--help"], environment: ["FIELDBOOK_LANGUAGE": "es"]
            ).output
            for word in [
                "bus stops", "friday", "kitchen", "Sunday", "Her shift", "council", "on=today",
            ] {
                #expect(!help.contains(word), "\(verb): \(word)")
            }
        }
    }
}
