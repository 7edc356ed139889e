import Foundation
import Notebook
import Testing

@Suite("An organizer's day")
struct DayTests {
    let ana: Laptop

    init() throws {
        ana = try Laptop()
    }

    @Test("A one-to-one with somebody new is logged in one command")
    func metSomebodyNew() throws {
        let said = try ana.succeed(
            "met", "Rosa Alvarez", "--new", "--minutes", "35", "--heard", "bus stops, asthma ,",
            "--next", "introduce her to Luis", "--due", "in 3 days")
        let due = (Days.today + 3).short(today: Days.today)
        #expect(said.contains("Added Rosa Alvarez ("))
        #expect(said.contains("Logged: one-to-one with Rosa Alvarez, today, 35 minutes ("))
        #expect(said.contains("Next: introduce her to Luis, due \(due).\n"))

        let person = try ana.json("person", "show", "rosa")
        let meeting = try #require(person.list("oneToOnes").first)
        #expect(person.text("name") == "Rosa Alvarez")
        #expect(meeting["heard"] as? [String] == ["asthma", "bus stops"])
        #expect(meeting["minutes"] as? Int == 35)
        #expect(meeting.text("on") == Days.today.description)
        #expect(meeting.text("due") == (Days.today + 3).description)
        #expect(meeting["place"] is NSNull)
    }

    @Test("What comes from standard input is the summary")
    func summaryFromStandardInput() throws {
        try ana.succeed("person", "add", "Rosa Alvarez")
        let outcome = try ana.run(
            ["met", "Rosa", "--summary", "-", "--json"], input: "The clinic.\nAnd the bus.\n\n")
        #expect(outcome.code == 0)
        let logged = try outcome.document()
        #expect(logged["new"] as? Bool == false)
        let shown = try ana.json("person", "show", "Rosa")
        #expect(shown.text("id") == logged.text("person"))
        #expect(try shown.list("oneToOnes").first?.text("summary") == "The clinic.\nAnd the bus.")
        #expect(
            try ana.succeed("person", "show", "Rosa").contains("  The clinic.\n  And the bus.\n"))
    }

    @Test("What is due is listed, and ticked off by its id")
    func due() throws {
        try ana.succeed("met", "Rosa", "--new", "--next", "call her", "--due", "today")
        try ana.succeed("commitment", "add", "Rosa", "--what", "bring five", "--due", "yesterday")
        let items = try ana.json("due").list("items")
        #expect(items.map { $0.text("kind") } == ["commitment", "followUp"])
        #expect(items.map { $0.text("state") } == ["overdue", "due"])
        #expect(items.map { $0.text("what") } == ["bring five", "call her"])
        for id in items.compactMap({ $0.text("id") }) {
            try ana.succeed("commitment", "keep", String(id.suffix(8)))
        }
        #expect(try ana.succeed("due") == "Nothing is due in the next 7 days.\n")
        let all = try ana.json("commitment", "list", "--all").list("commitments")
        #expect(all.map { $0.text("status") } == ["kept"])
        #expect(all.map { $0.text("settledOn") } == [Days.today.description])
    }

    @Test("What has no date is listed after what has one")
    func undated() throws {
        try ana.succeed("met", "Rosa", "--new", "--next", "call her")
        try ana.succeed("commitment", "add", "Rosa", "--what", "bring five", "--due", "in 60 days")
        #expect(
            try ana.succeed("due").hasPrefix(
                "Nothing is due in the next 7 days.\n\nWithout a date\nWho   Id"))
        try ana.succeed("met", "Luis", "--new", "--next", "visit him", "--due", "tomorrow")
        let items = try ana.json("due").list("items")
        #expect(items.map { $0.text("what") } == ["visit him", "call her"])
        #expect(items.map { $0.text("state") } == ["soon", "undated"])
        #expect(items[1]["due"] is NSNull)
        let page = try ana.succeed("due")
        let places = ["visit him", "Without a date", "call her"].compactMap {
            page.range(of: $0)?.lowerBound
        }
        #expect(places.count == 3 && places == places.sorted())
        try ana.succeed("commitment", "keep", try #require(items[1].text("id")))
        #expect(try ana.json("due").list("items").count == 1)
    }

    @Test("What cannot be ticked off says so")
    func notToTick() throws {
        let plain = try #require(ana.json("met", "Rosa", "--new").text("id"))
        let meeting = "one-to-one with Rosa, \(Days.today.short(today: Days.today))"
        let refused = try ana.run("commitment", "keep", plain)
        #expect(refused.code == 1)
        #expect(
            refused.errors.hasPrefix(
                "Error: The \(meeting) has no next step, so nothing was changed.")
        )
        let next = try #require(ana.json("met", "Rosa", "--next", "call").text("id"))
        let broken = try ana.run("commitment", "break", next)
        #expect(broken.code == 1)
        #expect(
            broken.errors == """
                Error: \(next.suffix(8)) is the next step "call" of the \(meeting), not a promise. \
                Nothing was changed. A next step is your own: it is done, or it waits. When it is \
                done: fieldbook commitment keep \(next.suffix(8))

                """)
        try ana.succeed("commitment", "keep", next)
        let again = try ana.run("commitment", "keep", next)
        #expect(again.code == 1)
        #expect(
            again.errors
                == "Error: The next step of the \(meeting) was done on "
                + "\(Days.today.short(today: nil)) already. "
                + "Nothing was changed.\n")
        let rosa = try #require(ana.json("person", "show", "Rosa").text("id"))
        let person = try ana.run("commitment", "keep", rosa)
        #expect(person.code == 1)
        #expect(person.errors.contains(" is the person \"Rosa\", not a promise or a next step."))
    }

    @Test("A broken promise is no longer open, and is not settled the same way twice")
    func broken() throws {
        try ana.succeed("person", "add", "Rosa")
        let id = try #require(
            ana.json("commitment", "add", "Rosa", "--what", "come", "--due", "today").text("id"))
        #expect(try ana.succeed("commitment", "break", id) == "Broken: come (Rosa).\n")
        let again = try ana.run("commitment", "break", id)
        #expect(again.code == 1)
        #expect(again.errors == "Error: This commitment is already broken. Nothing was changed.\n")
        #expect(try ana.succeed("commitment", "list") == "No open promises here.\n")
    }

    @Test("A person's name settles the one thing that is open with them, and lists several")
    func keptByName() throws {
        try ana.succeed("person", "add", "Rosa Alvarez")
        for what in ["bring five", "come"] {
            try ana.succeed("commitment", "add", "Rosa", "--what", what, "--due", "tomorrow")
        }
        let several = try ana.run("commitment", "keep", "Rosa")
        #expect(several.code == 1)
        for what in ["bring five", "come"] { #expect(several.errors.contains(what)) }
        let chosen = try ana.typing("1", "commitment", "keep", "Rosa")
        #expect(chosen.code == 0, "\(chosen.shown)")
        #expect(try ana.succeed("commitment", "break", "Rosa").hasPrefix("Broken: "))
        let none = try ana.run("commitment", "keep", "Rosa")
        #expect(none.code == 1 && none.errors.contains("Nothing is open with Rosa Alvarez."))
        let step = try ana.json("met", "Rosa", "--next", "call her", "--due", "today")
        #expect(step.text("id") != nil)
        #expect(try ana.succeed("commitment", "keep", "Rosa").hasPrefix("Done: the next step of"))
    }

    @Test("A promise that was broken and is kept after all says both")
    func keptAfterAll() throws {
        try ana.succeed("person", "add", "Rosa")
        let id = try #require(
            ana.json("commitment", "add", "Rosa", "--what", "come", "--due", "today").text("id"))
        try ana.succeed("commitment", "break", id)
        let kept = try ana.succeed("commitment", "keep", id)
        let day = Days.today.short(today: Days.today)
        #expect(kept == "Kept: come (Rosa).\nBefore, since \(day), it was broken.\n")
    }

    @Test("The same promise is asked about before it stands twice, and said in a script")
    func promisedTwice() throws {
        try ana.succeed("person", "add", "Rosa")
        let promise = ["commitment", "add", "Rosa", "--what", "Come ", "--due", "tomorrow"]
        #expect(try ana.run(promise).errors.isEmpty)
        let asked = try ana.typing("", at: promise)
        #expect(asked.code == 1 && asked.shown.contains("The same is written down already"))
        #expect(try ana.json("commitment", "list").list("commitments").count == 1)
        #expect(try ana.run(promise + ["--json"]).errors.contains("Now it is there twice."))
        let ours = try ana.run(promise + ["--ours"])
        #expect(ours.errors.isEmpty)
    }

    @Test("A person is edited, deleted and restored")
    func people() throws {
        try ana.succeed(
            "person", "add", "Rosa Alvarez", "--phone", "1", "--institution", "St. Mark")
        try ana.succeed("person", "edit", "Rosa", "--phone", "612-555-0199", "--email", "r@x.org")
        let shown = try ana.succeed("person", "show", "Rosa")
        #expect(shown.contains("Phone         612-555-0199\n"))
        #expect(shown.contains("Institution   St. Mark\n"))
        #expect(shown.contains("Point person  Ana Reyes\n"))
        try ana.succeed("person", "delete", "Rosa")
        #expect(try ana.json("person", "list").list("people").isEmpty)
        #expect(
            try ana.succeed("person", "restore", "rosa alvarez").hasPrefix("Restored Rosa Alvarez"))
        #expect(try ana.json("person", "list").list("people").count == 1)
        let history = try ana.json("history", "Rosa").list("entries")
        #expect(
            history.filter { $0.text("field") == "phone" }.map { $0.text("value") } == [
                "1", "612-555-0199",
            ])
        #expect(history.allSatisfy { $0.text("by") == "Ana Reyes" })
    }

    @Test("What was heard is found")
    func find() throws {
        try ana.succeed("met", "José Núñez", "--new", "--heard", "asthma")
        let hits = try ana.json("find", "ASTH").list("hits")
        #expect(hits.map { $0.text("kind") } == ["oneToOne"])
        #expect(hits.first?.text("title") == "one-to-one with José Núñez, \(Days.today)")
        #expect(try ana.json("find", "nunez").list("hits").first?.text("title") == "José Núñez")
        #expect(try ana.succeed("find", "dragons") == "Nothing here holds \"dragons\".\n")
    }

    @Test("The status says what waits, and what to type next")
    func status() throws {
        let status = try ana.json("status")
        #expect(status["pending"] as? Int == 1)
        #expect(status["conflicts"] as? Int == 0)
        #expect(status["refused"] as? Int == 0)
        #expect(status["lastSync"] is NSNull)
        #expect(status.text("notebook") == ana.notebook)
        #expect(try ana.succeed("status").contains("To join a hub: fieldbook join INVITATION\n"))
        #expect(try ana.succeed("refused") == "The hub refused nothing.\n")
        #expect(try ana.succeed("conflicts") == "Nothing is in conflict.\n")
    }

    @Test("A whole notebook verifies, and its fingerprints have names")
    func verify() throws {
        try ana.succeed("person", "add", "Rosa")
        let turf = try #require(ana.json("turf", "add", "North").text("id"))
        let found = try ana.json("verify")
        #expect(found["ok"] as? Bool == true)
        #expect(found["records"] as? Int == 3)
        #expect(found["commits"] as? Int == 3)
        let sums = try #require(found["fingerprints"] as? [String: String])
        #expect(Set(sums.keys) == ["commons", "organizers", turf])
        #expect(sums.values.allSatisfy { $0.count == 32 })
        #expect(try ana.succeed("verify").hasPrefix("ok: 3 records, 3 entries"))
    }

    @Test("What to mind says days as the columns beside it do, and scripts have them as always")
    func cautions() throws {
        try ana.succeed(
            "met", "Rosa Alvarez", "--new", "--on", "3 days ago", "--next", "call her", "--due",
            "yesterday", "--promised", "bring chairs", "--by", "yesterday")
        try ana.succeed("schedule", "Rosa", "--on", "today")
        let yesterday = Days.today + -1
        let day = yesterday.short(today: Days.today)
        let pages = [try ana.succeed("today"), try ana.succeed("report", "memory", "Rosa")]
        for page in pages {
            #expect(page.contains("Their promise is past its date (\(day)): bring chairs"))
            #expect(page.contains("Our next step is past its date (\(day)): call her"))
            #expect(!page.contains("\(yesterday)"), "\(page)")
        }
        #expect(pages[1].contains("Next: call her (open, due \(day))."))
        let meeting = try #require(ana.json("today").list("meetings").first)
        let cautions = try #require(meeting["cautions"] as? [String])
        #expect(cautions.contains("Our next step is past its date (\(yesterday)): call her"))
        let rows = try ana.json("report", "memory", "Rosa").list("rows")
        #expect(rows.contains { $0.text("text") == "Next: call her (open, due \(yesterday))." })
    }

    @Test("What is due can be had for those with a tag")
    func dueByTag() throws {
        try ana.succeed("met", "Rosa Alvarez", "--new", "--next", "call her", "--due", "today")
        try ana.succeed("met", "Luis Ortiz", "--new", "--next", "visit him", "--due", "today")
        try ana.succeed("person", "edit", "Rosa", "--tag", "Choir")
        let items = try ana.json("due", "--tag", "choir").list("items")
        #expect(items.map { $0.text("what") } == ["call her"])
        #expect(try ana.succeed("due", "--tag", "board").contains("Nothing is due"))
    }
}
