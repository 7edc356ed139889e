import Foundation
import Notebook
import Testing

/// Some people do not want to be called, some have asked to be forgotten, and some have died.
@Suite("Somebody whom one should not call")
struct RegardTests {
    let ana: Laptop

    init() throws {
        ana = try Laptop()
        try ana.succeed("person", "add", "Rosa Alvarez")
    }

    private func fields(_ kind: String) throws -> [[String: Any]] {
        try ana.json("record", "list", kind).list("records")
            .compactMap { $0["fields"] as? [String: Any] }
    }

    @Test("What to mind stands below the name, and scripts have it too")
    func shown() throws {
        try ana.succeed("edit", "Rosa", "contact=doNotContact", "status=moved")
        let lines = try ana.succeed("person", "show", "Rosa").split(separator: "\n")
        #expect(
            lines[1...2] == ["They have moved away.", "They do not want to be contacted."])
        let person = try ana.json("person", "show", "Rosa")
        #expect(person.text("contact") == "doNotContact")
        #expect(person.text("status") == "moved")
        // Linked with an entry that says nothing of it, they still do not want it.
        try ana.succeed("person", "add", "R. Alvarez")
        try ana.succeed("person", "merge", "R. Alvarez", "Rosa")
        #expect(
            try ana.succeed("person", "show", "Rosa").contains("They do not want to be contacted."))
    }

    @Test("Whoever does not want to be contacted may have called: it is said, and written down")
    func doNotContact() throws {
        try ana.succeed("edit", "Rosa", "contact=doNotContact")
        for verb in [
            ["touch", "Rosa", "--by", "call"], ["schedule", "Rosa", "--on", "tomorrow"],
            ["met", "Rosa"],
        ] {
            let outcome = try ana.run(verb)
            #expect(outcome.code == 0)
            #expect(
                outcome.errors.contains("Mind: Rosa Alvarez does not want to be contacted."))
        }
        #expect(try fields("touch").count == 1)
        #expect(try fields("oneToOne").count == 2)
    }

    @Test(
        "With who is gone nothing is written down unasked",
        arguments: [
            ("deceased", "Rosa Alvarez has died."),
            ("requestedRemoval", "Rosa Alvarez has asked to be removed."),
        ])
    func gone(_ status: String, _ words: String) throws {
        try ana.succeed("edit", "Rosa", "status=\(status)")
        for verb in [
            ["touch", "Rosa", "--by", "call"], ["schedule", "Rosa", "--on", "tomorrow"],
            ["met", "Rosa"],
        ] {
            let outcome = try ana.run(verb)
            #expect(outcome.code == 1)
            #expect(outcome.errors.contains(words))
            #expect(outcome.errors.contains("--anyway"))
            #expect(try ana.run(verb + ["--json"]).code == 1)
        }
        #expect(try fields("touch").isEmpty && fields("oneToOne").isEmpty)
        try ana.succeed("touch", "Rosa", "--by", "call", "--anyway")
        #expect(try fields("touch").count == 1)
        let no = try ana.typing("n", "met", "Rosa")
        #expect(no.code == 1)
        #expect(no.shown.contains("Go on all the same?"))
        #expect(try ana.typing("y", "met", "Rosa").code == 0)
        #expect(try fields("oneToOne").count == 1)
    }

    @Test("Whoever is asked for something all the same is written down, and that is said")
    func asked() throws {
        try ana.succeed("edit", "Rosa", "status=deceased")
        try ana.succeed("action", "add", "Assembly", "--on", "in 1 week")
        try ana.succeed("team", "add", "Core")
        for verb in [
            ["action", "invite", "Assembly", "Rosa"],
            ["action", "pledge", "Assembly", "Rosa", "5"],
            ["team", "join", "Core", "Rosa"],
        ] {
            let outcome = try ana.run(verb)
            #expect(outcome.code == 0)
            #expect(outcome.errors.contains("Mind: Rosa Alvarez has died."), "\(outcome.errors)")
        }
    }

    @Test("Nobody is told to meet who has died")
    func stale() throws {
        try ana.succeed("met", "Rosa", "--on", "200 days ago")
        #expect(try ana.succeed("report", "stale").contains("Rosa Alvarez"))
        #expect(try ana.succeed("report", "never-asked").contains("Rosa Alvarez"))
        for fact in ["status=deceased", "status=moved", "contact=doNotContact"] {
            try ana.succeed("edit", "Rosa", "status=active", "contact=any")
            try ana.succeed("edit", "Rosa", fact)
            for report in ["stale", "never-asked"] {
                let list = try ana.succeed("report", report)
                #expect(!list.contains("Rosa Alvarez"), "\(fact): \(list)")
            }
        }
    }

    @Test("Why a one-to-one was cancelled stands with it")
    func reason() throws {
        try ana.succeed("schedule", "Rosa", "--on", "tomorrow")
        try ana.succeed("cancel", "Rosa", "--by", "them", "--reason", "Her shift was changed.")
        #expect(
            try ana.succeed("person", "show", "Rosa").contains("Reason: Her shift was changed."))
        let meetings = try ana.json("person", "show", "Rosa").list("oneToOnes")
        #expect(meetings.first?.text("reason") == "Her shift was changed.")
    }

    @Test("A promise or a next step for a day that has passed is written down, and that is said")
    func past() throws {
        let day = Days.today + -4
        let words = "\(day.short(today: Days.today)) has passed:"
        for verb in [
            ["commitment", "add", "Rosa", "--what", "bring five", "--due", "\(day)"],
            ["met", "Rosa", "--next", "call", "--due", "\(day)"],
            ["met", "Rosa", "--promised", "host", "--by", "\(day)"],
        ] {
            let outcome = try ana.run(verb)
            #expect(outcome.code == 0)
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
        }
        let today = try ana.run("commitment", "add", "Rosa", "--what", "call", "--due", "today")
        #expect(today.errors.isEmpty)
    }

    @Test("One meeting that is logged twice in the same words is asked about, and said in a script")
    func twice() throws {
        let words = ["--summary", "Her bus.", "--heard", "bus stops"]
        try ana.succeed("met", "Rosa", "--summary", "Her bus.", "--heard", "bus stops")
        let no = try ana.typing("n", "met", "Rosa", "--summary", "Her bus.", "--heard", "bus stops")
        #expect(no.code == 1)
        #expect(no.shown.contains("is written down already ("), "\(no.shown)")
        #expect(try fields("oneToOne").count == 1)
        let script = try ana.run(["met", "Rosa"] + words)
        #expect(script.code == 0)
        #expect(
            script.errors.contains("Now it is there twice. If it was one meeting: fieldbook record")
        )
        #expect(try fields("oneToOne").count == 2)
        #expect(try ana.run(["met", "Rosa"] + words + ["--on", "yesterday"]).errors.isEmpty)
        for other in [["--summary", "Her son."], words + ["--next", "call"], []] {
            let outcome = try ana.run(["met", "Rosa"] + other)
            #expect(!outcome.errors.contains("is written down already"), "\(other)")
        }
    }

    @Test("A second one-to-one of a day, in other words, is asked about too, and said in a script")
    func another() throws {
        let first = try #require(ana.json("met", "Rosa", "--summary", "Her bus.").text("id"))
        let fact = "You already logged a one-to-one with Rosa Alvarez, today (\(first.suffix(8)))."
        let no = try ana.typing("n", "met", "Rosa", "--summary", "Her son.")
        #expect(no.code == 1)
        #expect(no.shown.contains("\(fact) Log another? [y/N]"), "\(no.shown)")
        let advice = no.shown.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(advice.contains("there: fieldbook edit \(first.suffix(8))"), "\(no.shown)")
        #expect(try fields("oneToOne").count == 1)
        let script = try ana.run("met", "Rosa", "--summary", "Her son.", "--json")
        #expect(script.code == 0)
        #expect(script.errors.hasPrefix("\(fact) Now there are two."))
        #expect(script.errors.contains("correct the other: fieldbook edit \(first.suffix(8))"))
        #expect(try fields("oneToOne").count == 2)
        #expect(try ana.run("met", "Rosa", "--summary", "Her cat.", "--anyway").errors.isEmpty)
        #expect(try ana.typing("y", "met", "Rosa", "--summary", "Her dog.").code == 0)
        #expect(try fields("oneToOne").count == 4)
    }

    @Test("What somebody else logged of the day is theirs")
    func others() throws {
        try ana.succeed("person", "add", "Ben Okafor")
        let theirs = try #require(ana.json("met", "Rosa", "--summary", "Her bus.").text("id"))
        try ana.succeed("edit", theirs, "organizer=Ben")
        #expect(try ana.run("met", "Rosa", "--summary", "Her son.").errors.isEmpty)
    }
}
