import Notebook
import Replication
import Store
import Testing
import Wording

@Suite("Rules that hold for every report")
struct EveryReportTests {
    /// What a reader sees of a table, the ids left out.
    private static func seen(_ table: ReportTable) -> [[ReportValue]] {
        let shown = table.columns.indices.filter { column in
            table.rows.allSatisfy { row in
                if case .id = row[column] { false } else { true }
            }
        }
        return table.rows.map { row in shown.map { row[$0] } }
            + [table.figures.map(\.value)]
    }

    /// A month of work with two people, of whom Rosa is known under one entry or under two.
    private static func month(entries: Int) throws -> (desk: Desk, rosa: [RecordID]) {
        let desk = try Desk.open()
        let rosa = try (0..<entries).map { try desk.add($0 == 0 ? "Rosa Alvarez" : "R. Alvarez") }
        let luis = try desk.add("Luis Ortiz")
        let school = try desk.notebook.addInstitution("Lincoln School")
        try desk.notebook.edit(rosa[entries - 1], PersonDetails(institution: school))
        let bo = try desk.colleague("Bo Lind")
        try desk.meet(rosa[0], on: March.third + -40, heard: ["asthma"])
        try desk.meet(rosa[entries - 1], on: March.third + -9, heard: ["Asthma"], by: bo)
        try desk.meet(rosa[entries - 1], on: March.third + 1, status: "scheduled")
        try desk.meet(luis, on: March.third + -2, heard: ["rent"], by: bo)
        try desk.promise(rosa[0], due: March.third + -1)
        try desk.promise(
            rosa[entries - 1], due: March.third, status: "kept", settled: March.third)
        try desk.assess(rosa[0], level: 1, on: March.third + -380)
        try desk.assess(rosa[entries - 1], level: 3, on: March.third + -3, by: bo)
        try desk.takePart(rosa[0], rosa[entries - 1], luis)
        for other in rosa.dropFirst() { try desk.notebook.link(rosa[0], other) }
        return (desk, rosa)
    }

    private static func tables(_ name: String, _ desk: Desk, _ rosa: RecordID) throws
        -> [[ReportValue]]
    {
        let report = try Report.named(name)
        return seen(
            try desk.notebook.table(report, ReportQuestion(who: report.isAboutOne ? rosa : nil)))
    }

    @Test("Two entries of one person count once", arguments: Report.all.map(\.name))
    func samePerson(_ name: String) throws {
        let (one, two) = (try Self.month(entries: 1), try Self.month(entries: 2))
        let expected = try Self.tables(name, one.desk, one.rosa[0])
        for entry in two.rosa {
            #expect(try Self.tables(name, two.desk, entry) == expected)
        }
    }

    @Test("What was deleted is in none", arguments: Report.all.map(\.name))
    func deleted(_ name: String) throws {
        let (desk, rosa) = try Self.month(entries: 1)
        let expected = try Self.tables(name, desk, rosa[0])
        let luis = try desk.notebook.findPerson("Luis")
        for key in [
            OneToOne.key(try desk.meet(luis, heard: ["buses"])),
            Commitment.key(
                try desk.promise(luis, due: March.third, status: "kept", settled: March.third)),
            Assessment.key(try desk.assess(luis, level: 4, on: March.third, basis: nil)),
            Person.key(try desk.add("Amina Yusuf")),
            Action.key(try desk.action("March", on: March.third + 2)),
            Attendance.key(try desk.attend(luis, desk.action("Vote", on: nil), "attended")),
        ] {
            try desk.change(key, .delete)
        }
        #expect(try Self.tables(name, desk, rosa[0]) == expected)
    }

    @Test(
        "A void meeting is in none, but where it is counted as void",
        arguments: Report.all.map(\.name))
    func void(_ name: String) throws {
        let (desk, rosa) = try Self.month(entries: 1)
        let expected = try Self.tables(name, desk, rosa[0])
        try desk.meet(rosa[0], status: "void", heard: ["buses"])
        let found = try Self.tables(name, desk, rosa[0])
        #expect((found == expected) == !["one-to-ones", "hold-rate"].contains(name))
    }

    private static func shownColumns(of report: Report) throws -> [ReportTable.Column] {
        let (desk, rosa) = try month(entries: 1)
        let question = ReportQuestion(who: report.isAboutOne ? rosa[0] : nil)
        return try desk.notebook.table(report, question).columns.filter { $0.look != .hidden }
    }

    @Test("No two columns are called the same", arguments: Report.all.map(\.name))
    func titles(_ name: String) throws {
        let shown = try Self.shownColumns(of: Report.named(name))
        for language in [Language.english, .spanish] {
            let titles = shown.map { $0.title.text(in: language) }.filter { !$0.isEmpty }
            #expect(Set(titles).count == titles.count, "\(titles)")
        }
    }

    @Test("What a column is, its report says with --explain", arguments: Report.all.map(\.name))
    func explained(_ name: String) throws {
        let report = try Report.named(name)
        let columns = try Self.shownColumns(of: report)
        for language in [Language.english, .spanish] {
            let words = [report.abstract, report.formula, report.columns ?? ""].map {
                $0.text(in: language).lowercased()
            }
            .joined(separator: " ")
            let missing = columns.map { $0.title.text(in: language) }.filter {
                !$0.isEmpty && Int($0) == nil && !words.contains($0.lowercased())
            }
            #expect(missing.isEmpty, "\(name): \(missing)")
        }
    }

    @Test("What day it is, and so which week, the notebook's time zone says")
    func timeZone() throws {
        let clock = Later()
        let desk = try Desk.open(later: { clock.now })
        clock.pass(days: 5)
        let week = { (hours: Int64) in
            let book = Notebook(
                store: desk.notebook.store, zone: Zone { _ in hours * 3600 }, me: desk.notebook.me)
            return try book.days(of: Report.named("one-to-ones"), ReportQuestion()).upperBound
        }
        #expect(try [week(0), week(13)].map(\.description) == ["2026-03-08", "2026-03-09"])
        #expect(try [week(0), week(13)].map { "\(Week(of: $0))" } == ["2026-W10", "2026-W11"])
    }

    @Test("A past day ends at midnight in the notebook's time zone")
    func endOfDay() throws {
        let desk = try Desk.open()
        let rosa = try desk.add("Rosa Alvarez")
        try desk.meet(rosa)
        // Noon in Greenwich is an hour before midnight there.
        let west = Notebook(
            store: desk.notebook.store, zone: Zone { _ in -13 * 3600 }, me: desk.notebook.me)
        #expect(west.today == March.third + -1)
        #expect(try west.asKnown(on: March.third + -1) { try $0.oneToOnes(with: rosa).count == 1 })
        #expect(try west.asKnown(on: March.third + -2) { try $0.oneToOnes(with: rosa).isEmpty })
        #expect(try west.asKnown(on: March.third + -2) { $0.today == March.third + -2 })
    }
}
