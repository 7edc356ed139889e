import Foundation
import Notebook
import Testing

@Suite("A day and a week ahead")
struct PlanTests {
    let ana: Laptop

    init() throws {
        ana = try Laptop()
        try ana.succeed("person", "add", "Rosa Alvarez", "--phone", "612-555-0199")
    }

    private func arrange(_ who: String, _ day: String) throws {
        try ana.succeed(
            "record", "add", "oneToOne", "person=\(who)", "on=\(day)", "status=scheduled")
    }

    private func meetings(_ document: [String: Any]) throws -> [[String: Any]] {
        try document.list("meetings")
    }

    @Test("The meetings of a day are in the order in which they come")
    func hours() throws {
        for (who, time) in [("Zed Quill", "20:00"), ("Bea Ott", "8:00"), ("Cy Oh", "14:00")] {
            try ana.succeed("schedule", who, "--new", "--on", "tomorrow", "--at", time)
        }
        let plan = try ana.succeed("plan")
        let order = ["Bea Ott", "Cy Oh", "Zed Quill"].compactMap { plan.range(of: $0)?.lowerBound }
        #expect(order.count == 3 && order == order.sorted(), "\(plan)")
    }

    @Test("Before a meeting: what to mind, what was said last, and what is owed both ways")
    func today() throws {
        for (days, words) in [(40, "the mill"), (30, "her son"), (20, "asthma"), (10, "the bus")] {
            try ana.succeed("met", "Rosa", "--on", "\(days) days ago", "--summary", words)
        }
        try ana.succeed("commitment", "add", "Rosa", "--what", "bring five", "--due", "in 9 days")
        try ana.succeed(
            "edit", "Rosa", "contact=text", "language=Spanish", "accessibility=no stairs")
        try arrange("Rosa", "today")
        let page = try ana.succeed("today")
        #expect(page.hasPrefix("Today: Rosa Alvarez\n"))
        for words in [
            "612-555-0199", "They want to be texted.", "They speak Spanish.",
            "They need: no stairs", "the bus", "asthma", "her son", "They owe    bring five (",
            "Nothing is due in the next 7 days.",
        ] {
            #expect(page.contains(words), "\(words)")
        }
        #expect(!page.contains("the mill"))
        #expect(page.split(separator: "\n").allSatisfy { $0.count <= 80 })
        let meeting = try #require(meetings(ana.json("today")).first)
        #expect(meeting.text("personName") == "Rosa Alvarez")
        #expect((meeting["cautions"] as? [String])?.count == 3)
        #expect(try meeting.list("met").count == 3)
        #expect(try meeting.list("promises").first?.text("direction") == "they")
    }

    @Test("Who was deleted, is met by others, or fell out is not on the day's page")
    func notMet() throws {
        let bo = try Laptop(named: "Bo Lind")
        try Laptop.exchange(ana, bo)
        try arrange("Rosa", "tomorrow")
        try Laptop.exchange(ana, bo)
        #expect(try meetings(bo.json("today")).isEmpty)
        #expect(try ana.succeed("today").hasPrefix("Tomorrow: Rosa Alvarez\n"))
        try ana.succeed("person", "delete", "Rosa")
        #expect(try meetings(ana.json("today")).isEmpty)
        #expect(
            try ana.succeed("today").hasPrefix(
                "No one-to-one is arranged for today or tomorrow."))
    }

    @Test("What is due stands below, as due has it")
    func due() throws {
        try ana.succeed("commitment", "add", "Rosa", "--what", "bring five", "--due", "yesterday")
        try ana.succeed("commitment", "add", "Rosa", "--what", "host", "--due", "in 3 days")
        let items = try ana.json("today").list("items")
        #expect(items.map { $0.text("what") } == ["bring five", "host"])
        #expect(Set(items[0].keys) == Set(try ana.json("due").list("items")[0].keys))
        #expect(try ana.succeed("today").hasSuffix(ana.succeed("due")))
    }

    @Test("Whose promise is due is said, and that a next step is nobody's promise")
    func whose() throws {
        try ana.succeed("commitment", "add", "Rosa", "--what", "bring five", "--due", "tomorrow")
        try ana.succeed(
            "commitment", "add", "Rosa", "--what", "send flyers", "--due", "tomorrow", "--ours")
        try ana.succeed("met", "Rosa", "--next", "call her", "--due", "tomorrow")
        for page in [try ana.succeed("due"), try ana.succeed("today")] {
            #expect(page.contains("  (they) bring five\n"))
            #expect(page.contains("  (we) send flyers\n"))
            #expect(page.contains("  call her\n"))
        }
        let items = try ana.json("due").list("items")
        #expect(items.compactMap { $0.text("direction") }.sorted() == ["they", "we"])
        let calendar = try ana.succeed("export", "--format", "ics")
        #expect(calendar.contains("SUMMARY:We promised Rosa Alvarez: send flyers"))
        #expect(calendar.contains("SUMMARY:Rosa Alvarez promised: bring five"))
    }

    @Test("When and where one meets is in the plan, the week and the calendar")
    func whenAndWhere() throws {
        try ana.succeed(
            "schedule", "Rosa", "--on", "today", "--at", "6:30pm", "--place", "her kitchen")
        try ana.succeed("schedule", "Rosa", "--on", "tomorrow")
        #expect(try ana.succeed("plan").contains("18:30, her kitchen, scheduled"))
        let week = try ana.json("report", "week").list("rows")
        #expect(week.first?.text("at") == "18:30")
        #expect(week.first?.text("place") == "her kitchen")
        #expect(week.first?.text("what") == "scheduled")
        let day = "\(Days.today)".filter { $0 != "-" }
        let calendar = try ana.succeed("export", "--format", "ics")
        #expect(calendar.contains("DTSTART:\(day)T183000"))
        #expect(calendar.contains("SUMMARY:One-to-one with Rosa Alvarez"))
        #expect(calendar.contains("LOCATION:her kitchen"))
        let tomorrow = "\(Days.today + 1)".filter { $0 != "-" }
        #expect(calendar.contains("DTSTART;VALUE=DATE:\(tomorrow)"))
        // What was held is no appointment any more.
        try ana.succeed("met", "Rosa")
        #expect(!(try ana.succeed("export", "--format", "ics").contains("T183000")))
    }

    @Test("The week is on one page, however much is in it")
    func plan() throws {
        for number in 0..<40 {
            let name = "Neighbor \(number) \(String(repeating: "de la Cruz ", count: 5))"
            try ana.succeed("met", name, "--new", "--next", "call", "--due", "today")
            try ana.succeed(
                "commitment", "add", "Neighbor \(number) de", "--what",
                String(repeating: "bring neighbors ", count: 9), "--due", "yesterday")
            if number < 12 {
                try ana.succeed("record", "add", "action", "title=Vigil \(number)", "on=today")
            }
        }
        try ana.succeed(
            "record", "add", "goal", "name=Meet people", "measure=oneToOnes", "period=week",
            "target=80", "owner=Ana Reyes")
        let page = try ana.succeed("plan")
        let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= 66)
        for line in lines { #expect(line.count <= 80, "\(line)") }
        #expect(
            page.hasPrefix(
                "Week of \(Week(of: Days.today).monday.inMonth(today: Days.today))\n"))
        #expect(page.contains("40 of 80"))
        #expect(page.contains("One-to-ones: 40 held, 0 ahead, 0 fallen out."), "\(page)")
        #expect(page.contains("and 33 more: fieldbook report week --all"))
        let document = try ana.json("plan")
        #expect(try document.list("goals").first?["share"] as? Double == 0.5)
        #expect(try document.list("meetings").count == 40)
        #expect(try document.list("promises").count == 80)
        #expect(try document.list("actions").count == 12)
    }

    @Test("A week with nothing in it says so, part by part")
    func emptyWeek() throws {
        let page = try ana.succeed("plan")
        #expect(page.components(separatedBy: "\nnone\n").count == 6)
        #expect(!page.contains("Goals"))
    }

    @Test("A call's note and what was asked stand with the one-to-ones, for the next meeting too")
    func touches() throws {
        try ana.succeed(
            "met", "Rosa", "--on", "9 days ago", "--ask", "host a house meeting", "--summary",
            "The mill.", "--next", "call", "--due", "3 days ago")
        try ana.succeed(
            "touch", "Rosa", "--by", "call", "--on", "yesterday", "--note", "Her son is ill.")
        let shown = try ana.succeed("person", "show", "Rosa")
        let day = { (days: Int64) in (Days.today + days).short(today: Days.today) }
        let call = try #require(shown.range(of: "Contact (call), \(day(-1)) ("))
        let meeting = try #require(shown.range(of: "One-to-one, \(day(-9)) ("))
        #expect(call.lowerBound < meeting.lowerBound)
        #expect(shown.contains("\n  Her son is ill.\n"))
        #expect(shown.contains("\n  Asked: host a house meeting\n"))
        let person = try ana.json("person", "show", "Rosa")
        #expect(try person.list("touches").map { $0.text("note") } == ["Her son is ill."])
        #expect(try person.list("oneToOnes").first?.text("ask") == "host a house meeting")
        try arrange("Rosa", "today")
        let page = try ana.succeed("today")
        #expect(page.contains("  \(day(-1))  Contact (call): Her son is ill.\n"), "\(page)")
        #expect(page.contains("Asked: host a house meeting."))
        #expect(page.contains("due \(day(-3))"))
        let brief = try #require(meetings(ana.json("today")).first)
        #expect(try brief.list("touches").first?.text("by") == "call")
    }
}
