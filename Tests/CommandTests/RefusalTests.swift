import Foundation
import Notebook
import Replication
import Testing

@Suite("What is refused, in words")
struct RefusalTests {
    let ana: Laptop

    init() throws {
        ana = try Laptop()
        try ana.succeed("person", "add", "Rosa Alvarez")
    }

    /// Arguments, the exit code, and how the sentence begins.
    static let refusals: [([String], Int32, String)] = [
        (["person", "add", ""], 1, "The name is empty."),
        (["person", "add", " \n\t "], 1, "The name is empty."),
        (["met", "Rosa", "--on", "2026-02-30"], 1, "\"2026-02-30\" is not a day."),
        (["met", "Rosa", "--on", "someday"], 1, "\"someday\" is not a day."),
        (
            ["met", "Rosa", "--on", "tomorrow"], 1,
            "\((Days.today + 1).short(today: nil)) has not come yet."
        ),
        (["met", "Nobody"], 1, "Nobody here is called \"Nobody\"."),
        (["met", "Rosa", "--minutes", "0"], 64, "--minutes is 0. A meeting takes 1 to 1440"),
        (["met", "Rosa", "--minutes", "1441"], 64, "--minutes is 1441."),
        (["met", "Rosa", "--minutes", "half"], 64, "The value 'half' is invalid for"),
        (["met", "Rosa", "--due", "friday"], 64, "--due is the day of a next step."),
        (["met", "Rosa", "--colour"], 64, "Unknown option '--colour'"),
        (["met"], 64, "Say whom you met."),
        (["organize"], 64, "Unexpected argument 'organize'"),
        (["person", "edit", "Rosa"], 64, "Say what to change"),
        (["person", "show", "0123456789"], 1, "Nobody here is called \"0123456789\"."),
        (["person", "restore", "Rosa"], 1, "There is no deleted person called \"Rosa\"."),
        (["turf", "South"], 1, "There is no turf called \"South\"."),
        (["turf", "South", "--unassigned"], 64, "Name a turf, or say --unassigned"),
        (["person", "edit", "Rosa", "--bogus"], 64, "There is no option --bogus."),
        (["touch", "Rosa", "--kind", "wrong"], 64, "There is no option --kind."),
        (
            ["person", "restore", "Rosa Alvarez"], 1,
            "There is no deleted person called \"Rosa Alvarez\". Rosa Alvarez ("
        ),
        (["commitment", "keep", "zzz"], 1, "Nothing here has the id \"zzz\"."),
        (["history", "abcdef"], 1, "Nothing here has the id \"abcdef\"."),
        (["find", " "], 1, "The text to find is empty."),
        (["conflicts", "settle", "Rosa", "phone", "--take", "1"], 1, "There is nothing to settle"),
        (
            ["conflicts", "settle", "Rosa", "fon", "--value", "1"], 1,
            "No person has a field \"fon\"."
        ),
        (["conflicts", "settle", "Rosa", "phone"], 64, "Say either --take with a number"),
        (["sync"], 1, "This notebook belongs to no hub yet"),
        (["join", "http://example.org"], 1, "That is not an invitation."),
        (["decode", "nothing.bin"], 1, "The file \"nothing.bin\" cannot be read"),
        (["status", "--notebook", ""], 64, "--notebook is empty."),
        (["init"], 1, "There is a notebook already: "),
        (["init", "--name", " ", "--notebook", "b"], 1, "Your name is empty."),
        (["status", "--notebook", "b"], 1, "There is no file "),
        (["init", "--notebook", "/proc/no/such"], 1, "The file \"/proc/no\" cannot be written."),
    ]

    @Test("Each with its sentence and its exit code", arguments: refusals)
    func refusal(_ arguments: [String], _ code: Int32, _ sentence: String) throws {
        let pending = try ana.json("status")["pending"] as? Int
        let outcome = try ana.run(arguments)
        #expect(outcome.code == code)
        #expect(outcome.errors.hasPrefix("Error: " + sentence), "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
        #expect(try ana.json("status")["pending"] as? Int == pending)
    }

    @Test("A name that two people bear lists them both")
    func ambiguous() throws {
        try ana.succeed("person", "add", "Rosa Ortiz", "--phone", "612-555-0100")
        let outcome = try ana.run("met", "Rosa")
        #expect(outcome.code == 1)
        let lines = outcome.errors.split(separator: "\n")
        #expect(
            lines.first == "Error: \"Rosa\" could mean 2 people or things. Say which one by its id:"
        )
        #expect(lines.count == 3)
        let id = try #require(lines.last?.split(separator: " ").first)
        #expect(try ana.run("met", String(id)).code == 0)
    }

    @Test("Somebody unknown is met with --new, which the refusal names")
    func unknown() throws {
        #expect(try ana.run("met", "Luis").errors.contains("--new"))
        #expect(try ana.run("met", "Luis", "--json").code == 1)
        #expect(try ana.run("met", "Luis", "--new").errors.isEmpty)
        let again = try ana.run("met", "luis", "--new")
        #expect(again.code == 0)
        #expect(again.errors.hasPrefix("There is somebody called \"luis\" already ("))
    }

    @Test("A text of 100 KB is too long, from the command line and from standard input")
    func tooLong() throws {
        let text = String(repeating: "x", count: 100_000)
        let sentence = "Error: The text for \"summary\" is longer than 64 KiB. Nothing was saved."
        for outcome in [
            try ana.run("met", "Rosa", "--summary", text),
            try ana.run(["met", "Rosa", "--summary", "-"], input: text),
        ] {
            #expect(outcome.code == 1)
            #expect(outcome.errors.hasPrefix(sentence))
        }
    }

    @Test("A summary that is no text is refused")
    func noText() throws {
        let outcome = try ana.run(["met", "Rosa", "--summary", "-"], input: "a\0b")
        #expect(outcome.code == 1)
        #expect(outcome.errors.hasPrefix("Error: The summary from standard input is not text"))
    }

    @Test("A folder, a text file and an empty file are no notebooks")
    func noNotebooks() throws {
        let text = "\(ana.home)/letter.txt"
        try "Dear Rosa".write(toFile: text, atomically: true, encoding: .utf8)
        try "".write(toFile: "\(ana.home)/empty", atomically: true, encoding: .utf8)
        #expect(
            try ana.run("status", "--notebook", ana.home).errors.hasSuffix(
                "is a folder, not a notebook. Name a file with --notebook.\n"))
        for file in [text, "\(ana.home)/empty"] {
            for verb in ["status", "init"] {
                let outcome = try ana.run(verb, "--notebook", file)
                #expect(outcome.code == 1)
                #expect(
                    outcome.errors.contains("is not a Fieldbook notebook. It was left as it is."))
            }
        }
        #expect(try String(contentsOfFile: text, encoding: .utf8) == "Dear Rosa")
    }

    @Test("A database of another program is said to be one, and is left as it is")
    func otherDatabase() throws {
        let path = "\(ana.home)/other.sqlite"
        let made = try ana.run(
            "/usr/bin/python3",
            ["-c", "import sqlite3; sqlite3.connect('\(path)').execute('CREATE TABLE note(text)')"])
        try #require(made.code == 0)
        let bytes = try Data(contentsOf: URL(filePath: path))
        for verb in ["status", "init"] {
            let outcome = try ana.run(verb, "--notebook", path)
            #expect(outcome.code == 1)
            #expect(
                outcome.errors.contains("is a database, but not a Fieldbook notebook."),
                "\(outcome.errors)")
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
        // A notebook without its key is one all the same.
        try FileManager.default.removeItem(atPath: ana.notebook + ".key")
        #expect(try ana.run("status").errors.contains("The notebook's key"))
        #expect(try ana.run("init").errors.contains("There is a notebook already"))
    }

    @Test("A folder that may not be entered is said to be one", .enabled(if: getuid() == 0))
    func closedFolder() throws {
        let folder = "\(ana.home)/closed"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder)
        for command in [["status"], ["join", "-", "--name", "Bo"]] {
            let outcome = try ana.run(
                "/usr/bin/setpriv",
                ["--reuid=65534", "--clear-groups", Laptop.program] + command
                    + ["--notebook", "\(folder)/notebook.sqlite"], input: Self.deadLink)
            #expect(outcome.code == 1)
            #expect(outcome.errors.contains("you have no permission to enter its folder."))
            #expect(!outcome.errors.contains("There is no file"))
        }
    }

    @Test(
        "A name without quotes, and a verb with a slip in it, get a hint",
        arguments: [
            (
                ["met", "Rosa", "Alvarez"],
                "A name of several words goes in quotes: fieldbook met \"Rosa Alvarez\""
            ),
            (
                ["turf", "North", "Side"],
                "A name of several words goes in quotes: fieldbook turf \"North Side\""
            ),
            (["mte"], "Did you mean \"fieldbook met\"?"),
            (["prson", "list"], "Did you mean \"fieldbook person\"?"),
            (["person", "shwo", "Rosa"], "Did you mean \"fieldbook person show\"?"),
            (["conflicts", "setle", "Rosa"], "Did you mean \"fieldbook conflicts settle\"?"),
        ])
    func hints(_ arguments: [String], _ hint: String) throws {
        let outcome = try ana.run(arguments)
        #expect(outcome.code == 64)
        let lines = outcome.errors.split(separator: "\n")
        #expect(lines.first?.contains("nexpected argument") == true)
        #expect(lines.dropFirst().first ?? "" == hint)
    }

    @Test(
        "An option or a field with a slip in it gets one, whatever else is missing without it",
        arguments: [
            (
                ["person", "edit", "Rosa", "--phnoe", "1"], 64,
                "option --phnoe. Did you mean --phone?"
            ),
            (["person", "edit", "Rosa", "--phnoe=1"], 64, "option --phnoe. Did you mean --phone?"),
            (["schedule", "Rosa", "--onn", "friday"], 64, "option --onn. Did you mean --on?"),
            (
                ["met", "Rosa", "--nxt", "call", "--due", "friday"], 64,
                "option --nxt. Did you mean --next?"
            ),
            (["due", "--dyas", "3"], 64, "Unknown option '--dyas'. Did you mean '--days'?"),
            (
                ["edit", "Rosa", "phnoe=1"], 1,
                "No person has a field \"phnoe\". Did you mean \"phone\"?"
            ),
            (["record", "add", "issue", "titel=Bus"], 1, "Did you mean \"title\"?"),
            (
                ["conflicts", "settle", "Rosa", "phnoe", "--take", "1"], 1,
                "Did you mean \"phone\"?"
            ),
        ])
    func slips(_ arguments: [String], _ code: Int32, _ hint: String) throws {
        let outcome = try ana.run(arguments)
        #expect(outcome.code == code)
        #expect(outcome.errors.contains(hint), "\(outcome.errors)")
        #expect(outcome.errors.contains("Usage: ") == (code == 64))
    }

    @Test("A word that is no option keeps what the command says")
    func noSlip() throws {
        let outcome = try ana.run("person", "edit", "Rosa", "--zzzzzz", "1")
        #expect(outcome.code == 64)
        #expect(outcome.errors.contains("Say what to change, for example --phone"))
    }

    @Test(
        "What resembles no verb gets none", arguments: [["organize"], ["due", "soon"], ["sing"]])
    func noHint(_ arguments: [String]) throws {
        let outcome = try ana.run(arguments)
        #expect(outcome.code == 64)
        let second = outcome.errors.split(separator: "\n").dropFirst().first
        #expect(second?.hasPrefix("Usage: ") == true)
    }

    @Test("A full disk under standard output is said, and what was saved is saved")
    func fullOutput() throws {
        let outcome = try ana.run(["met", "Rosa"], output: "/dev/full")
        #expect(outcome.code == 1)
        #expect(outcome.errors.hasPrefix("Error: The output could not be written"))
        #expect(try ana.json("person", "show", "Rosa").list("oneToOnes").count == 1)
        #expect(try ana.run(["--help"], output: "/dev/full").code == 1)
    }

    /// An invitation of a hub that does not run.
    private static let deadLink =
        "http://127.0.0.1:1/join/AAAAAAAAAAAAAAAAAAAAAA#1bhuZ8dHqAc8hJcXvUB4nwTUJ3l1yTLSHCFpg_5Z8Bw"

    @Test("A hub that is down leaves the invitation and the notebook as they are: exit 75")
    func hubIsDown() throws {
        let link = Self.deadLink
        let outcome = try ana.run(["join", "-"], input: link + "\n")
        #expect(outcome.code == 75, "\(outcome.errors)")
        #expect(
            outcome.errors.contains("The invitation was not used up, and nothing here was changed.")
        )
        #expect(!outcome.errors.contains("AAAAAAAA"))

        let new = try Laptop(named: nil)
        #expect(try new.run(["join", "-"], input: link).errors.contains("Say it with --name."))
        let made = try new.run(["join", "-", "--name", "Bo"], input: link)
        #expect(made.code == 75)
        #expect(made.errors.hasPrefix("Made a notebook for Bo: "))
        #expect(!made.errors.contains("nothing here was changed"))
        #expect(made.errors.contains("and the new notebook stays, and can be written in already."))
        #expect(try new.json("status").text("name") == "Bo")
    }

    @Test("A notebook of somebody else's is not opened", .enabled(if: getuid() == 0))
    func notOurs() throws {
        let outcome = try ana.run(
            "/usr/bin/setpriv",
            ["--reuid=65534", "--clear-groups", Laptop.program, "status"])
        #expect(outcome.code == 1)
        #expect(outcome.errors.hasPrefix("Error: "))
    }

    /// Far more digits than an id has.
    @Test(arguments: [
        ["commitment", "keep"], ["commitment", "break"], ["person", "show"], ["history"],
        ["person", "restore"], ["turf"],
    ])
    func anIDWithoutEnd(command: [String]) throws {
        let outcome = try ana.run(command + [String(repeating: "a", count: 100_000)])
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("aaaa…\""), "\(outcome.errors.prefix(300))")
        #expect(outcome.errors.utf8.count < 500)
    }

    @Test("A leader is told at once what only organizers write down, and nothing of it is kept")
    func leader() throws {
        let turf = try #require(RecordID(ana.json("turf", "add", "North").text("id") ?? ""))
        try ana.succeed("turf", "add", "South")
        try ana.succeed("turf", "assign", "North", "Rosa")
        try ana.join(as: "leader", turf: turf)
        for (verb, words) in [
            (
                ["assess", "Rosa", "3"],
                "only organizers write down assessments. Nothing was saved."
            ),
            (["issue", "add", "Bus stops"], "only organizers write down issues."),
            (["turf", "assign", "South", "Rosa"], "only organizers put people into turfs."),
        ] {
            let outcome = try ana.run(verb)
            #expect(outcome.code == 1)
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
        }
        #expect(try ana.json("record", "list", "assessment").list("records").isEmpty)
        try ana.succeed("met", "Rosa", "--next", "call", "--referred", "Luis Ortiz")
        try ana.succeed("commitment", "add", "Rosa", "--what", "come", "--due", "today")
        try ana.succeed("touch", "Rosa", "--by", "call")
    }
}
