import Foundation
import Notebook
import Testing

@Suite("A narrow terminal")
struct NarrowTests {
    let ana: Laptop

    init() throws {
        ana = try Laptop()
        try ana.succeed("turf", "add", "North Side of the River")
        try ana.succeed(
            "person", "add", "Guadalupe Hernandez-Abdullahi", "--phone", "612-555-0199", "--turf",
            "North")
        try ana.succeed(
            "met", "Guadalupe", "--on", "40 days ago", "--next",
            "ask her to host a house meeting in spring", "--due", "20 days ago")
        try ana.succeed(
            "commitment", "add", "Guadalupe", "--what", "bring five neighbors", "--due", "yesterday"
        )
    }

    /// What somebody sees in a terminal that does not know its width, with COLUMNS set.
    private func lines(
        _ command: String, columns: Int = 40, language: String = "en"
    ) throws -> [String] {
        let settings = "FIELDBOOK_LANGUAGE=\(language)"
        let shell = "\(settings) COLUMNS=\(columns) NO_COLOR=1 \(Laptop.program) \(command)"
        let seen = try ana.run("/usr/bin/script", ["-qec", shell, "/dev/null"]).output
        return seen.split(whereSeparator: \.isNewline).map(String.init)
    }

    @Test(
        "cuts no date and no id, and keeps the mark of what is late",
        arguments: [
            "due", "commitment list", "turf North", "person list", "turf", "history Guadalupe",
        ])
    func whole(_ command: String) throws {
        let (narrow, wide) = (try lines(command), try lines(command, columns: 200))
        // A title, and a command to copy, are left to the terminal.
        let rows = narrow.filter { !$0.contains(": fieldbook") && !$0.hasSuffix(")") }
        for row in rows { #expect(row.count <= 40, "\(row)") }
        let whole =
            /(Mon|Tue|Wed|Thu|Fri|Sat|Sun) [0-9]{1,2} [A-Z][a-z]{2}|\b[0-9a-f]{8}\b|612-555-0199/
        let found = { (lines: [String]) in
            // A date among words may begin in one line and end in the next.
            let words = lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
            return words.matches(of: whole).map { String($0.output.0) }.sorted()
        }
        #expect(found(narrow) == found(wide))
        #expect(!found(wide).isEmpty)
    }

    /// A name that is cut after three letters is nobody's.
    @Test(
        "holds every report about turnout, with names that one knows",
        arguments: ["turnout", "turnout-ladder", "turnout-forecast", "stale", "commitments"],
        [("en", 80), ("es", 80), ("en", 40)])
    func reports(_ report: String, _ screen: (language: String, columns: Int)) throws {
        for (action, day) in [("Accountability assembly at St. Mark", -400), ("Vigil", 9)] {
            try ana.succeed("action", "add", action, "--on", "\(Days.today)", "--goal", "200")
            try ana.succeed("action", "pledge", action, "Guadalupe", "120")
            if day < 0 { try ana.succeed("action", "came", action, "--count", "110") }
            let id = try #require(ana.json("action", "show", action).text("id"))
            try ana.succeed("edit", id, "on=\(Days.today + Int64(day))")
        }
        try ana.succeed("touch", "Guadalupe", "--by", "call")
        let lines = try lines(
            "report \(report) --from \(Days.today + -500)", columns: screen.columns,
            language: screen.language)
        for line in lines { #expect(line.count <= screen.columns, "\(line)") }
        #expect(!lines.joined().contains("Guad\u{2026}"))
        #expect(
            lines.contains { $0.contains("Guadalupe") || $0.contains("Accountabil") }, "\(lines)")
    }

    @Test("has the mark first, and the words below where they have no room beside")
    func mark() throws {
        let due = try lines("due")
        #expect(due.count { $0.hasPrefix("!  ") } == 2)
        #expect(due.contains("  (they) bring five neighbors"))
        let turf = try lines("turf North")
        #expect(turf.contains { $0.hasPrefix("  ! Owes: bring five neighbors") })
    }

    @Test("is not what a pipe is: that has 80 columns")
    func pipe() throws {
        let piped = try ana.run(["due"], environment: ["COLUMNS": "40"]).output
        #expect(piped.contains("  (they) bring five\n"))
        #expect(piped.split(separator: "\n").contains { $0.count > 40 })
    }
}
