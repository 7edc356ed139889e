import Foundation
import Testing

/// The name by which others see what one wrote.
@Suite("One's own name")
struct OwnNameTests {
    private let ana: Laptop

    init() throws { ana = try Laptop(named: nil) }

    @Test("Another name for oneself is taken back like anything else")
    func takenBack() throws {
        let ana = try Laptop()
        try ana.succeed("person", "add", "Bo Lind")
        try ana.succeed("me", "--name", "Ana R")
        #expect(try ana.succeed("undo").contains("Ana"))
        #expect(try ana.succeed("me").contains("Ana Reyes"))
        #expect(try ana.json("person", "list").list("people").count == 1)
        #expect(try ana.succeed("undo").contains("Bo Lind"))
        #expect(try ana.run("undo").code == 1)
    }

    @Test("Whoever makes a notebook at a terminal is asked for it")
    func asked() throws {
        let outcome = try ana.typing("Ana Reyes", "init")
        #expect(outcome.code == 0, "\(outcome.shown)")
        #expect(outcome.shown.contains("Your name, as others will see it;"))
        #expect(outcome.output.contains("Made a notebook for Ana Reyes:"))
        #expect(!outcome.output.contains("To change it:"))
        #expect(try ana.json("me").text("name") == "Ana Reyes")
    }

    @Test("Return alone takes that of the login, and how to say another one later is said")
    func skipped() throws {
        let outcome = try ana.typing("", "init")
        #expect(outcome.code == 0, "\(outcome.shown)")
        #expect(outcome.output.contains("To change it: fieldbook me --name \"Ana Reyes\""))
        #expect(try ana.json("me").text("name")?.isEmpty == false)
    }

    @Test("A script is asked nothing, and neither is who has a notebook already")
    func unasked() throws {
        let script = try ana.run("init")
        #expect(script.code == 0 && script.errors.isEmpty)
        let again = try ana.typing("", "init")
        #expect(again.code == 1)
        #expect(!again.shown.contains("Your name"))
        #expect(!again.shown.contains("fieldbook me"))
    }

    @Test("Who is told to add themselves is \"me\" from then on")
    func me() throws {
        try ana.succeed("init", "--name", "Ana Reyes")
        try ana.succeed("action", "add", "Assembly", "--on", "in 1 week")
        let nobody = try ana.run("action", "invite", "Assembly", "me")
        #expect(nobody.errors.contains("fieldbook person add \"Ana Reyes\""))
        try ana.succeed("person", "add", "Ana Reyes")
        #expect(try ana.succeed("action", "invite", "Assembly", "me").contains("Ana Reyes"))
    }

    @Test("It can be corrected, and whoever tries to with init hears how")
    func corrected() throws {
        try ana.succeed("init", "--name", "Ana Ryes")
        try ana.succeed("met", "Rosa Alvarez", "--new")
        let refused = try ana.run("init", "--name", "Ana Reyes")
        #expect(refused.code == 1)
        #expect(refused.errors.contains("There is a notebook already: "))
        #expect(refused.errors.contains("name in it: fieldbook me --name 'Ana Reyes'"))
        #expect(try ana.succeed("me").contains("This notebook is Ana Ryes's."))
        let said = try ana.succeed("me", "--name", "Ana Reyes")
        #expect(said.contains("You are called Ana Reyes now, no longer Ana Ryes."))
        #expect(try ana.succeed("me", "--name", "Ana Reyes").contains("so already"))
        #expect(try ana.json("status").text("name") == "Ana Reyes")
        #expect(try ana.succeed("person", "show", "Rosa").contains("Point person  Ana Reyes"))
        #expect(try ana.succeed("history", "Rosa").contains("Ana Reyes"))
        #expect(try ana.run("me", "--name", " ").errors.contains("The name is empty."))
        #expect(try ana.json("verify")["ok"] as? Bool == true)
    }
}
