import Foundation
import Notebook
import Replication
import Store
import Testing

@Suite("Reports")
struct ReportTests {
    let ana: Laptop

    init() throws {
        ana = try Laptop()
        try ana.succeed("turf", "add", "North Side")
        try ana.succeed(
            "person", "add", "Rosa Alvarez", "--turf", "north", "--institution", "St. Mark")
        try ana.succeed("person", "add", "=HYPERLINK(\"x\")")
        try ana.succeed("met", "Rosa", "--heard", "bus stops,asthma", "--next", "call")
        try ana.succeed("met", "Rosa", "--on", "40 days ago", "--summary", "Her mother.")
        try ana.succeed("commitment", "add", "Rosa", "--what", "bring five", "--due", "yesterday")
    }

    private var names: [String] {
        get throws { try ana.json("report").list("rows").compactMap { $0.text("report") } }
    }

    @Test("Without a name they are listed, and each explains itself")
    func list() throws {
        let page = try ana.succeed("report")
        #expect(page.contains("one-to-ones  "))
        for name in try names {
            #expect(page.contains("\n\(name) "))
            let words = try ana.succeed("report", name, "--explain")
            #expect(words.split(separator: "\n").allSatisfy { $0.count <= 80 })
            #expect(words.contains("ISO weeks"))
        }
        // What a report is can be read before there is a notebook.
        #expect(try Laptop(named: nil).run("report", "issues", "--explain").code == 0)
    }

    @Test("What is for others keeps the one person back on the page, in JSON and in a spreadsheet")
    func shared() throws {
        let page = try ana.succeed("report", "funnel", "--shared")
        let (kept, whole) = (
            try ana.json("report", "funnel", "--shared"), try ana.json("report", "funnel")
        )
        #expect(try whole.list("rows").prefix(2).map { $0["people"] as? Int } == [1, 1])
        #expect(try kept.list("rows").prefix(2).map { $0.text("people") } == ["<5", "<5"])
        for column in ["rate", "ofMet", "medianDays"] {
            #expect(try kept.list("rows").allSatisfy { $0[column] is NSNull })
        }
        #expect(page.contains("<5") && !page.contains("100%"))
        #expect(try ana.succeed("report", "funnel", "--shared", "--csv").contains("met,<5"))
    }

    @Test("A report that can be shared says what two of them can tell together")
    func whatTwoTell() throws {
        #expect(try ana.succeed("report", "funnel", "--explain").contains("subtracted"))
        #expect(try ana.json("report", "funnel", "--explain").text("sharing") != nil)
        #expect(try !ana.succeed("report", "stale", "--explain").contains("subtracted"))
        #expect(try ana.json("report", "stale", "--explain").text("sharing") == nil)
    }

    @Test("Each fits a page, and has the same rows as JSON and for a spreadsheet")
    func everyReport() throws {
        for name in try names {
            let who = try Report.named(name).isAboutOne ? ["Rosa"] : []
            let page = try ana.run(["report", name] + who)
            #expect(page.code == 0, "\(page.errors)")
            for line in page.output.split(separator: "\n") {
                #expect(line.count <= 80, "\(name): \(line)")
            }
            let document = try ana.run(["report", name] + who + ["--json"]).document()
            #expect(document.text("report") == name)
            let rows = try document.list("rows")
            let csv = try ana.run(["report", name] + who + ["--csv"]).output
            #expect(csv.components(separatedBy: "\r\n").count == rows.count + 2, "\(name)")
            if let row = rows.first {
                let head = csv.components(separatedBy: "\r\n")[0].split(separator: ",")
                #expect(Set(head.map(String.init)) == Set(row.keys))
            }
        }
    }

    @Test("A week's line has its number, a bar, and what was meant")
    func oneToOnes() throws {
        let page = try ana.succeed("report", "one-to-ones", "--goal", "4", "--from", "today")
        let week = "of \(Week(of: Days.today).monday.inMonth(today: Days.today))"
        #expect(page.contains("Ana Reyes  \(week)     1  ████████   25%    0  0.25      0"))
        #expect(page.contains("Held in all"))
        let row = try #require(
            ana.json("report", "one-to-ones", "--goal", "4", "--from", "today").list("rows").first)
        #expect(row["attainment"] as? Double == 0.25 && row["held"] as? Int == 1)
        #expect(
            row.text("week") == "\(Week(of: Days.today))" && row.text("organizer") == "Ana Reyes")
    }

    @Test("A goal for a week goes before what another is in a week, whichever was set first")
    func weekBeforeMonth() throws {
        try ana.succeed("met", "Rosa", "--anyway")
        for periods in [["week", "month"], ["month", "week"]] {
            for period in periods {
                try ana.succeed("goal", "set", "one-to-ones", "15", "--period", period)
            }
            let week = try ana.json("report", "week")
            let figures = try #require(week["figures"] as? [String: Any])
            let share = try #require(figures["attainment"] as? Double)
            let held = try #require(figures["held"] as? Int)
            #expect(abs(share - Double(held) / 15) < 0.001, "\(figures)")
        }
    }

    @Test("A goal's bar is as long as its share of the target")
    func goalBar() throws {
        try ana.succeed("goal", "set", "one-to-ones", "1000")
        #expect(!(try ana.succeed("report", "goals").contains("████")))
    }

    @Test("What a spreadsheet would take for a formula is text there")
    func formula() throws {
        let csv = try ana.succeed("report", "stale", "--csv")
        let head = "state,name,person,pointPerson,lastMet,lastTouch,days,urgency,tier\r\n"
        #expect(csv.hasPrefix(head))
        #expect(csv.contains("never,\"'=HYPERLINK(\"\"x\"\")\","))
    }

    @Test("As known on a day, what was written later is not there")
    func asKnownOn() throws {
        let held = { (day: String) in
            let document = try ana.json("report", "one-to-ones", "--as-known-on", day)
            return (document["figures"] as? [String: Any])?["held"] as? Int
        }
        #expect(try held("yesterday") == 0)
        #expect(try held("today") == 2)
        let page = try ana.succeed("report", "issues", "--as-known-on", "yesterday")
        #expect(page.contains(", as known on "))
        #expect(page.contains("No concerns were heard on these days."))
    }

    @Test("What is long is cut with its number said, unless all is asked for")
    func long() throws {
        for number in 0..<45 { try ana.succeed("person", "add", "Neighbor \(number)") }
        #expect(
            try ana.succeed("report", "stale").contains("40 of 47 rows; --all prints every one."))
        #expect(try ana.succeed("report", "stale", "--all").contains("Neighbor 44"))
    }

    @Test(
        "What cannot be made says why and what to do",
        arguments: [
            (["isues"], Int32(1), "There is no report called \"isues\"."),
            (["memory"], 1, "is about one person. Say about whom"),
            (["stale", "Rosa"], 1, "is about everybody. Leave the name out."),
            (["stale", "--shared"], 1, "names people, so it is not made with --shared."),
            (["issues", "--from", "someday"], 1, "is not a day"),
            (["issues", "--from", "today", "--to", "yesterday"], 1, "Give an earlier --from"),
            (["issues", "--csv", "--json"], 64, "Say --csv or --json, not both."),
            (["issues", "--goal", "0"], 64, "--goal is 0."),
            (["--explain"], 64, "Name the report that --explain is about."),
        ])
    func refusals(_ arguments: [String], _ code: Int32, _ words: String) throws {
        let outcome = try ana.run(["report"] + arguments)
        #expect(outcome.code == code)
        #expect(
            outcome.errors.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                .contains(words), "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
    }

    @Test("A report about one day does not take a first day without a word")
    func moment() throws {
        let outcome = try ana.run("report", "stale", "--from", "2 weeks ago")
        #expect(outcome.code == 0)
        #expect(outcome.errors.contains("--from was left out"))
        for other in [["stale", "--to", "today"], ["one-to-ones", "--from", "2 weeks ago"]] {
            #expect(try ana.run(["report"] + other).errors.isEmpty)
        }
    }
}
