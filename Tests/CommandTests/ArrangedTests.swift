import Foundation
import Notebook
import Testing

/// From the day on which two agree to meet until one of them has come, or not.
@Suite("A one-to-one that is arranged")
struct ArrangedTests {
    let ana: Laptop

    init() throws {
        ana = try Laptop()
        try ana.succeed("person", "add", "Rosa Alvarez")
    }

    private func meetings() throws -> [[String: Any]] {
        try #require(try ana.json("record", "list", "oneToOne")["records"] as? [[String: Any]])
    }

    private func fields(_ id: String) throws -> [String: Any] {
        try #require(try ana.json("record", "show", id)["fields"] as? [String: Any])
    }

    private func schedule(_ arguments: String...) throws -> String {
        let outcome = try ana.run(["schedule"] + arguments + ["--json"])
        #expect(outcome.code == 0, "\(outcome.errors)")
        return try #require(try outcome.document()["id"] as? String)
    }

    @Test("Today shows it with its time and place, and meeting on that day completes it")
    func held() throws {
        let id = try schedule("Rosa", "--on", "today", "--at", "6:30pm", "--place", "her kitchen")
        let today = try ana.succeed("today")
        #expect(today.contains("Today: Rosa Alvarez, 18:30"))
        #expect(today.contains("her kitchen"))
        let met = try ana.json("met", "Rosa", "--minutes", "40", "--heard", "bus stops")
        #expect(met["id"] as? String == id)
        #expect(try meetings().count == 1)
        let fields = try fields(id)
        #expect(fields["status"] as? String == "held")
        #expect(fields["place"] as? String == "her kitchen")
        #expect(fields["minutes"] as? Int == 40)
        #expect(try !ana.succeed("today").contains("Today: Rosa"))
        // A second one on the same day is a meeting of its own.
        #expect(try ana.json("met", "Rosa")["id"] as? String != id)
    }

    @Test("Meeting on another day leaves it arranged")
    func another() throws {
        let id = try schedule("Rosa", "--on", "tomorrow")
        try ana.succeed("met", "Rosa")
        #expect(try fields(id)["status"] as? String == "scheduled")
        #expect(try meetings().count == 2)
    }

    @Test("Who does not come counts as a no-show, and may be arranged with again")
    func missed() throws {
        let id = try schedule("Rosa", "--on", "today")
        #expect(try ana.json("missed", "Rosa")["id"] as? String == id)
        #expect(try fields(id)["status"] as? String == "noShow")
        #expect(try ana.succeed("person", "show", "Rosa").contains("no-show"))
        #expect(try ana.succeed("report", "hold-rate").contains("0%"))
        let again = try ana.run("missed", "Rosa")
        #expect(again.code == 1)
        #expect(again.errors.contains("No one-to-one with Rosa Alvarez is arranged."))
        #expect(again.errors.contains("fieldbook schedule \"Rosa Alvarez\""))
    }

    @Test("Today asks what came of those that have passed, until somebody says")
    func unsettled() throws {
        let id = try schedule("Rosa", "--on", "today")
        #expect(try ana.json("today").list("unsettled").isEmpty)
        try ana.succeed("edit", id, "on=2 days ago")
        #expect(try ana.succeed("today").contains("Was it held?"))
        #expect(try ana.json("today").list("unsettled").first?["id"] as? String == id)
        // Held late in being written down is held all the same.
        try ana.succeed("met", "Rosa", "--on", "2 days ago")
        #expect(try fields(id)["status"] as? String == "held")
        #expect(try !ana.succeed("today").contains("Was it held?"))
    }

    @Test("Nobody has missed what lies ahead")
    func ahead() throws {
        let id = try schedule("Rosa", "--on", "tomorrow")
        let missed = try ana.run("missed", "Rosa")
        #expect(missed.code == 1)
        #expect(missed.errors.contains("has not come yet"))
        let named = try ana.run("missed", id)
        #expect(named.code == 1)
        #expect(named.errors.contains("has not come yet"))
        #expect(try fields(id)["status"] as? String == "scheduled")
    }

    @Test(
        "Cancelled by them or by us, with why",
        arguments: [("them", "cancelledByThem"), ("us", "cancelledByUs")])
    func cancelled(_ side: String, _ status: String) throws {
        let id = try schedule("Rosa", "--on", "tomorrow")
        let outcome = try ana.run(
            ["cancel", "Rosa", "--by", side, "--reason", "-"], input: "Her shift was changed.\n")
        #expect(outcome.code == 0)
        let fields = try fields(id)
        #expect(fields["status"] as? String == status)
        #expect(fields["reason"] as? String == "Her shift was changed.")
        #expect(try ana.run("cancel", id).errors.contains("not one that is arranged"))
    }

    @Test("The same day again changes the time; --instead moves it to another day")
    func moved() throws {
        let id = try schedule("Rosa", "--on", "tomorrow", "--at", "18:00", "--place", "café")
        #expect(try schedule("Rosa", "--on", "tomorrow", "--at", "19h30") == id)
        #expect(try fields(id)["at"] as? String == "19:30")
        #expect(try fields(id)["place"] as? String == "café")
        #expect(try schedule("Rosa", "--on", "in 2 days", "--instead") == id)
        #expect(try fields(id)["on"] as? String == "\(Days.today + 2)")
        #expect(try meetings().count == 1)
    }

    @Test("Of two that are arranged, --instead moves the one whose id is said, or that is chosen")
    func movedOfTwo() throws {
        let first = try schedule("Rosa", "--on", "tomorrow")
        let second = try schedule("Rosa", "--on", "in 2 days", "--at", "18:30")
        let third = try ana.run("schedule", "Rosa", "--on", "in 5 days")
        #expect(third.errors.contains("You have arranged a one-to-one with Rosa Alvarez already: "))
        let failed = try ana.run("schedule", "Rosa Alvarez", "--on", "in 9 days", "--at", "25:00")
        #expect(failed.code != 0 && !failed.errors.contains("already"), "\(failed.errors)")
        #expect(third.errors.contains("--instead"))
        try ana.succeed("undo")
        let unclear = try ana.run("schedule", "Rosa", "--on", "in 3 days", "--instead")
        #expect(unclear.code == 1)
        for id in [first, second] { #expect(unclear.errors.contains(id.suffix(8))) }
        let short = String(second.suffix(8))
        #expect(try schedule(short, "--on", "in 3 days", "--instead") == second)
        #expect(try fields(second)["on"] as? String == "\(Days.today + 3)")
        #expect(try fields(first)["on"] as? String == "\(Days.today + 1)")
        let chosen = try ana.typing("2", "schedule", "Rosa", "--on", "in 4 days", "--instead")
        #expect(chosen.code == 0, "\(chosen.shown)")
        #expect(chosen.shown.contains("  2  Rosa Alvarez (\(short)), "))
        #expect(try fields(second)["on"] as? String == "\(Days.today + 4)")
        #expect(try meetings().count == 2)
        // What was held stays held.
        let held = try #require(ana.json("met", "Rosa").text("id"))
        let late = try ana.run("schedule", held, "--on", "tomorrow", "--instead")
        #expect(late.code == 1)
        #expect(late.errors.contains("not one that is arranged"))
        #expect(try fields(held)["status"] as? String == "held")
    }

    @Test("The page of a person says at what hour it is, and with whom")
    func hour() throws {
        _ = try schedule("Rosa", "--on", "tomorrow", "--at", "6:30pm", "--place", "café")
        let shown = try ana.succeed("person", "show", "Rosa")
        let day = (Days.today + 1).short(today: Days.today)
        #expect(
            shown.contains("One-to-one, \(day), 18:30, café, scheduled with Ana Reyes ("),
            "\(shown)")
        let meeting = try ana.json("person", "show", "Rosa").list("oneToOnes").first
        #expect(meeting?.text("at") == "18:30")
        #expect(meeting?["arranged"] as? Bool == true)
        try ana.succeed("cancel", "Rosa")
        #expect(try ana.succeed("person", "show", "Rosa").contains("cancelled by us ("))
    }

    @Test("Of two that are arranged, it asks which one, by their days")
    func ambiguous() throws {
        let first = try schedule("Rosa", "--on", "tomorrow")
        let second = try schedule("Rosa", "--on", "in 2 days")
        let outcome = try ana.run("cancel", "Rosa")
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains(String(first.suffix(8))))
        #expect(outcome.errors.contains(String(second.suffix(8))))
        try ana.succeed("cancel", "Rosa", "--on", "in 2 days")
        #expect(try fields(second)["status"] as? String == "cancelledByUs")
        #expect(try fields(first)["status"] as? String == "scheduled")
    }

    @Test("With somebody new, it adds them; without --new, it adds nobody")
    func new() throws {
        #expect(try ana.run("schedule", "Sara Yusuf", "--on", "tomorrow").code == 1)
        _ = try schedule("Sara Yusuf", "--on", "tomorrow", "--new")
        #expect(try ana.succeed("person", "list").contains("Sara Yusuf"))
        #expect(try ana.succeed("today").contains("Tomorrow: Sara Yusuf"))
    }

    @Test(
        "What cannot be arranged is said",
        arguments: [
            (["--on", "yesterday"], "has passed"), (["--on", "soon"], "is not a day"),
            (["--on", "tomorrow", "--at", "25:00"], "\"25:00\" is not a time"),
            (["--on", "tomorrow", "--at", "14pm"], "\"14pm\" is not a time"),
            (["--on", "tomorrow", "--kind", "date"], "introductory, maintenance or escalation"),
        ])
    func refused(_ arguments: [String], _ words: String) throws {
        let outcome = try ana.run(["schedule", "Rosa"] + arguments)
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
        #expect(try meetings().isEmpty)
    }

    @Test("A word after church is a touch: no one-to-one, and we are in contact again")
    func touch() throws {
        try ana.succeed("person", "add", "Bo Lind")
        try ana.succeed("met", "Rosa", "--on", "20 days ago")
        #expect(try ana.succeed("report", "stale").contains("due"))
        let touches = try ana.json("touch", "Rosa", "Alvarez", "Bo", "--by", "call")["touches"]
        #expect((touches as? [[String: Any]])?.count == 2)
        let stale = try ana.json("report", "stale")["rows"] as? [[String: Any]]
        let rosa = stale?.first { $0["name"] as? String == "Rosa Alvarez" }
        #expect(rosa?["state"] as? String == "ok")
        #expect(try meetings().count == 1)
        #expect(
            try ana.run("touch", "Rosa", "--by", "pigeon").errors.contains("call, text, email"))
        #expect(try ana.run("touch", "Rosa", "--by", "call", "--on", "tomorrow").code == 1)
    }

    @Test("Whom one means to meet more often than others of their tier is due sooner")
    func cadence() throws {
        try ana.succeed("met", "Rosa", "--on", "8 days ago")
        try ana.succeed("turf", "add", "North Side")
        try ana.succeed("turf", "add", "South Side")
        try ana.succeed("turf", "assign", "South Side", "Rosa")
        let moved = try ana.succeed("turf", "assign", "North Side", "Rosa")
        #expect(moved.contains("Rosa Alvarez was in South Side before."), "\(moved)")
        func north() throws -> String? {
            let people = try ana.json("turf", "North Side")["people"] as? [[String: Any]]
            return people?.first?["state"] as? String
        }
        #expect(try north() == "ok")
        try ana.succeed("person", "edit", "Rosa", "--cadence", "3/7")
        #expect(try north() == "overdue")
        let stale = try ana.json("report", "stale")["rows"] as? [[String: Any]]
        #expect(stale?.first?["state"] as? String == "overdue")
        #expect(try ana.succeed("person", "show", "Rosa").contains("3 days, 7 at most"))
        try ana.succeed("edit", "Rosa", "cadence=7")
        #expect(try north() == "due")
        try ana.succeed("person", "edit", "Rosa", "--cadence", "")
        #expect(try north() == "ok")
        for wrong in ["often", "14/7", "0", "7/"] {
            let outcome = try ana.run("person", "edit", "Rosa", "--cadence", wrong)
            #expect(outcome.code == 1)
            #expect(outcome.errors.contains("is not a cadence"))
        }
    }
}
