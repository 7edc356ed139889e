import Foundation
import Testing

/// An organizer writes down an evening's meetings without remembering a single option.
@Suite("Logging by being asked")
struct MetPromptTests {
    private let laptop: Laptop

    init() throws {
        laptop = try Laptop()
        try laptop.succeed("person", "add", "Rosa Alvarez")
    }

    @Test("A new person, two concerns, promises, a referral and a next step")
    func whole() throws {
        let answers = [
            "Omar Khan", "y", "yesterday", "45", "His street floods.", "flooding, rent",
            "host a meeting",
            "in 2 weeks", "send the flyer", "", "Rosa, Lou Brown", "y", "call him", "", "n",
        ]
        let outcome = try laptop.typing(answers.joined(separator: "\n"), "met")
        #expect(outcome.code == 0, "\(outcome.shown)")
        #expect(outcome.output.contains("Added Omar Khan"))
        #expect(outcome.output.contains(", 45 minutes"))
        #expect(outcome.output.contains("They promised: host a meeting"))
        #expect(outcome.output.contains("Added Lou Brown, whom they named."))
        let person = try laptop.succeed("person", "show", "Omar")
        for said in ["His street floods.", "flooding, rent", "host a meeting", "(we) send"] {
            #expect(person.contains(said), "\(said)")
        }
        #expect(try laptop.succeed("due").contains("call him"))
        let named = try laptop.succeed("record", "list", "relationship")
        #expect(named.contains("Rosa Alvarez") && named.contains("Lou Brown"))
        // It is one act.
        try laptop.succeed("undo")
        #expect(!(try laptop.succeed("person", "list").contains("Lou")))
    }

    @Test("Tab completes a name, and a day that cannot be read is asked for again")
    func completes() throws {
        let outcome = try laptop.typing("ros\t\nyesterdy\nyesterday\n\n\n\n\n\n\n\nn", "met")
        #expect(outcome.code == 0, "\(outcome.shown)")
        #expect(outcome.shown.contains("\"yesterdy\" is not a day"))
        #expect(outcome.output.contains("one-to-one with Rosa Alvarez"))
    }

    @Test("Who stops in the middle keeps what was logged before")
    func stops() throws {
        let outcome = try laptop.typing(
            "Rosa\n\n\n\n\n\n\n\n\ny\nLou Brown", stoppingAt: "called \"Lou Brown\"", "met")
        #expect(outcome.code == 0, "\(outcome.shown)")
        #expect(outcome.shown.contains("What was logged before is saved."))
        let shown = try laptop.succeed("person", "show", "Rosa")
        #expect(shown.components(separatedBy: "One-to-one,").count == 2)
    }

    @Test(
        "Who stops in the middle of a meeting keeps what was answered, unless they press it again")
    func stopsInTheMiddle() throws {
        let kept = try laptop.typing(
            "Rosa\n\n\nHer bus is late.\nbuses\nhost", stoppingAt: "By when?", then: "\n", "met")
        #expect(kept.shown.contains("Stopped. Log the one-to-one with what you have answered?"))
        #expect(kept.code == 0 && kept.shown.contains("What was logged before is saved."))
        let shown = try laptop.succeed("person", "show", "Rosa")
        for said in ["Her bus is late.", "buses", "host"] {
            #expect(shown.contains(said), "\(said) in \(shown)")
        }
        let left = try laptop.typing(
            "Rosa\nyesterday\n", stoppingAt: "What did you talk about?", "met")
        #expect(left.code == 1 && left.shown.contains("Nothing was logged."), "\(left.shown)")
        let dropped = try laptop.typing(
            "Rosa\nyesterday\n\nThe rent.", stoppingAt: "Concerns you heard", then: "n\n", "met")
        #expect(dropped.code == 1, "\(dropped.shown)")
        #expect(!(try laptop.succeed("person", "show", "Rosa").contains("The rent.")))
    }

    @Test("Who closes the window keeps what was typed, to the last letter")
    func closesTheWindow() throws {
        let code = try laptop.closingTheWindow(
            at: "about? Her bus is late, and her son",
            typing: "Rosa\n\n\nHer bus is late, and her son", "met")
        #expect(code >= 0)
        #expect(
            try laptop.succeed("person", "show", "Rosa").contains("Her bus is late, and her son"))
        _ = try laptop.closingTheWindow(at: "Which day?", typing: "Rosa\n", "met")
        let meetings = try laptop.succeed("person", "show", "Rosa")
            .components(separatedBy: "One-to-one,")
        #expect(meetings.count == 2)
    }

    @Test("Who shuts the machine down keeps what was typed, and is asked nothing more")
    func shutsDown() throws {
        let code = try laptop.closingTheWindow(
            at: "about? Her bus", typing: "Rosa\n\n\nHer bus", by: SIGTERM, "met")
        #expect(code == 0)
        #expect(try laptop.succeed("person", "show", "Rosa").contains("Her bus"))
    }

    @Test("Notes of several lines that are pasted answer one question")
    func pasted() throws {
        let notes = "\u{1B}[200~The rent is up.\nHer son\tmoved away.\n\u{1B}[201~"
        let asked = try laptop.typing(
            "Rosa\n\n\n" + notes, stoppingAt: "Concerns you heard", then: "\n", "met")
        #expect(asked.code == 0, "\(asked.shown)")
        #expect(
            try laptop.succeed("person", "show", "Rosa")
                .contains("The rent is up. Her son moved away."))
    }

    @Test("Of several whom a name can mean one is chosen, or Return asks for another name")
    func severalOfAName() throws {
        try laptop.succeed("person", "add", "Rosa Lind")
        let outcome = try laptop.typing("Rosa\n\nRosa\n2\n\n\n\n\n\n\n\n\nn", "met")
        #expect(outcome.code == 0, "\(outcome.shown)")
        #expect(outcome.shown.contains("\"Rosa\" can be one of these:"), "\(outcome.shown)")
        #expect(outcome.output.contains("Logged: one-to-one with Rosa"), "\(outcome.shown)")
    }

    @Test("Return alone adds nobody, here as on the command line")
    func strangers() throws {
        let prompts = try laptop.typing("Zed Quill\n\nRosa\n\n\n\n\n\n\n\n\nn", "met")
        #expect(prompts.output.contains("one-to-one with Rosa Alvarez"), "\(prompts.shown)")
        let command = try laptop.typing("", "met", "Zed Quill")
        #expect(command.code == 1 && command.shown.contains("Add them? [y/N]"))
        #expect(!(try laptop.succeed("person", "list").contains("Zed")))
    }

    @Test("Who stops before anything is logged is told so")
    func stopsAtOnce() throws {
        let outcome = try laptop.typing("Zed Quill", stoppingAt: "called \"Zed Quill\"", "met")
        #expect(outcome.code == 1)
        #expect(outcome.shown.contains("Nothing was logged."))
    }

    @Test("Who is asked by mistake whether to add somebody names another person")
    func names() throws {
        let outcome = try laptop.typing(
            "Rosa\n\n\n\n\n\n\n\n\ny\nLou Brown\nwhat\nn\nRosa\n\ny\n\n\n\n\n\n\n\nn", "met")
        #expect(outcome.code == 0, "\(outcome.shown)")
        let shown = try laptop.succeed("person", "show", "Rosa")
        #expect(shown.components(separatedBy: "One-to-one,").count == 3)
        #expect(!(try laptop.succeed("person", "list").contains("Lou")))
    }

    @Test("What cannot be is asked for again, and nothing that was typed is lost")
    func asksAgain() throws {
        try laptop.succeed("person", "add", "Rosa Park")
        let answers = [
            // Two are called Rosa; nobody is called so, and is not to be added.
            "Rosa", "Zed Quill", "n", "Rosa Alvarez", "tomorrow", "today", "many", "", "Her bus.",
            "", "", "",
            "",
            "", "n",
        ]
        let outcome = try laptop.typing(answers.joined(separator: "\n"), "met")
        #expect(outcome.code == 0, "\(outcome.shown)")
        #expect(outcome.shown.contains("has not come yet"))
        #expect(outcome.output.contains("one-to-one with Rosa Alvarez, today"))
        #expect(!(try laptop.succeed("person", "list").contains("Zed")))
    }

    @Test("An answer that is longer than the line stays on one line of the terminal")
    func longAnswer() throws {
        let long = String(repeating: "Walks her mother to dialysis. ", count: 8)
        let outcome = try laptop.typing("Rosa\ntoday\n\n\(long)\n\n\n\n\n\nn", "met")
        #expect(outcome.code == 0, "\(outcome.shown)")
        let drawn = outcome.shown.split { $0.isNewline || $0 == "\r" }
            .filter { $0.contains("What did you talk about?") }
        #expect(drawn.count > 100 && drawn.allSatisfy { $0.count < 100 })
        #expect(try laptop.succeed("person", "show", "Rosa").contains("dialysis."))
    }

    @Test("Whom nobody here resembles is not added without a yes, also where somebody named them")
    func misspelt() throws {
        try laptop.succeed("person", "add", "Lou Brown")
        let answers = [
            "Rosa", "", "", "The bus.", "", "", "", "Qwzx Trlp, Zed Quill, Vex Urb",
            // The first was Lou, the second is new, and the third was a slip.
            "n", "Lou Brown", "y", "n", "", "", "n",
        ]
        let outcome = try laptop.typing(answers.joined(separator: "\n"), "met")
        #expect(outcome.code == 0, "\(outcome.shown)")
        #expect(outcome.shown.contains("Nobody here is called \"Qwzx Trlp\" yet. Add them? (y/N)"))
        let people = try laptop.succeed("person", "list")
        #expect(people.contains("Zed Quill"))
        #expect(!people.contains("Qwzx") && !people.contains("Vex"))
        let named = try laptop.succeed("record", "list", "relationship")
        #expect(named.contains("Lou Brown") && named.contains("Zed Quill"))
    }

    @Test("Of several names in a line, only the one that may be two people is asked about")
    func ambiguousAmongOthers() throws {
        for name in ["Bo Lind", "Bo Park", "Lou Brown"] {
            try laptop.succeed("person", "add", name)
        }
        let answers = [
            "Rosa", "", "", "Her bus.", "", "", "", "Lou, Bo, Zed Quill", "Bo Lind", "y", "", "n",
        ]
        let outcome = try laptop.typing(answers.joined(separator: "\n"), "met")
        #expect(outcome.code == 0, "\(outcome.shown)")
        #expect(outcome.shown.contains("\"Bo\" can be one of these:"))
        let named = try laptop.succeed("record", "list", "relationship")
        for name in ["Lou Brown", "Bo Lind", "Zed Quill"] {
            #expect(named.contains(name), "\(named)")
        }
        #expect(!named.contains("Bo Park"))
    }

    @Test("A day of which a one-to-one is logged already is asked about before anything is typed")
    func twice() throws {
        let first = try #require(laptop.json("met", "Rosa", "--summary", "Her bus.").text("id"))
        let outcome = try laptop.typing("Rosa\n\nn\nn", "met")
        #expect(outcome.code == 0, "\(outcome.shown)")
        #expect(outcome.shown.contains("You already logged a one-to-one with Rosa Alvarez, today"))
        #expect(
            outcome.shown.contains(
                "Nothing was logged. To correct the one that is there: fieldbook edit \(first.suffix(8))"
            ))
        #expect(try laptop.json("person", "show", "Rosa").list("oneToOnes").count == 1)
    }

    @Test("Somebody named by a person who is here is kept with the meeting")
    func referred() throws {
        try laptop.succeed("met", "Rosa", "--referred", "Zed Quill", "--summary", "bus")
        #expect(try laptop.succeed("person", "list").contains("Zed Quill"))
        #expect(try laptop.succeed("person", "show", "Rosa").contains("bus"))
    }

    @Test("Who referred whom stands with both people, each once")
    func referrals() throws {
        let rosa = try #require(laptop.json("person", "show", "Rosa").text("id"))
        try laptop.succeed("met", "Rosa", "--referred", "Zed Quill,Lou Brown")
        try laptop.succeed("met", "Rosa", "--on", "yesterday", "--referred", "Lou")
        let shown = try laptop.succeed("person", "show", "Rosa")
        #expect(shown.contains("Referred      Lou Brown, Zed Quill\n"), "\(shown)")
        #expect(try laptop.succeed("person", "show", "Zed").contains("Referred by   Rosa Alvarez"))
        let lou = try laptop.json("person", "show", "Lou")
        #expect(lou["referredBy"] as? [String] == [rosa])
        #expect(lou["referred"] as? [String] == [])
        try laptop.succeed("person", "delete", "Zed")
        let left = try laptop.json("person", "show", rosa)["referred"] as? [String]
        #expect(try left == [#require(lou.text("id"))])
    }

    @Test("Where nobody can be asked, a name is needed")
    func withoutTerminal() throws {
        let outcome = try laptop.run("met")
        #expect(outcome.code == 64)
        #expect(outcome.errors.contains("Say whom you met"))
    }

    @Test("One command says as much")
    func options() throws {
        let said = try laptop.succeed(
            "met", "Omar Khan", "--new", "--heard", "rent,flooding", "--promised", "host",
            "--we-promised", "send flyer", "--by", "in 2 weeks", "--ask", "Will you host?",
            "--referred", "Rosa,Lou Brown", "--next", "call", "--due", "in 1 week")
        #expect(said.contains("They promised: host") && said.contains("You promised: send flyer"))
        #expect(try laptop.succeed("commitment", "list").contains("(we) send flyer"))
        #expect(try laptop.succeed("person", "list").contains("Lou Brown"))
        #expect(try laptop.run("met", "Rosa", "--by", "today").code == 64)
    }
}
