import Notebook
import Replication
import Store
import Testing

@Suite("Reports on little, and on rubbish")
struct OddReportTests {
    @Test(
        "An empty notebook has nothing to count, in any report", arguments: Report.all.map(\.name))
    func empty(_ name: String) throws {
        let desk = try Desk.open()
        let report = try Report.named(name)
        let who = report.isAboutOne ? RecordID(rawValue: 7) : nil
        for isShared in [false, true] where !(report.namesPeople && isShared) {
            let table = try desk.notebook.table(
                report, ReportQuestion(isShared: isShared, who: who))
            for (column, value) in table.rows.flatMap({ zip(table.columns, $0) }) {
                switch value {
                case .none, .text, .said, .day, .count(0), .number(0), .ratio(0): continue
                // What is planned stands there whoever is here.
                case .ratio where column.name == "planned": continue
                default: Testing.Issue.record("\(name) \(column.name): \(value)")
                }
            }
        }
    }

    /// Records of every kind with nothing in them; with ids that name nothing; with the greatest
    /// numbers there are; and with days at the end of time.
    private static func rubbish(_ desk: Desk) throws {
        for kind in Kinds.all.map(\.schema) where kind.number != SamePerson.kind.number {
            for value in [nil, Int64.max, Int64.min, 0] as [Int64?] {
                let changes = kind.fields.compactMap { field -> Change? in
                    guard let value else { return nil }
                    let words = field.choices.isEmpty ? ["4 5 x", "trust: 9 0"] : field.choices
                    let made: Value =
                        switch field.type {
                        case .int: .int(value)
                        case .day: .day(value == 0 ? March.third.number : value)
                        case .id: .id(RecordID(rawValue: UInt128(truncatingIfNeeded: value)))
                        case .text: .text(words[abs(Int(value % 2)) % words.count])
                        }
                    return field.isSet ? .insert(field, made) : .set(field, made)
                }
                try desk.write(kind, changes.isEmpty ? [.restore] : changes)
            }
        }
    }

    @Test("Records that no verb writes end no report", arguments: Report.all.map(\.name))
    func rubbish(_ name: String) throws {
        let desk = try Desk.open()
        try Self.rubbish(desk)
        let rosa = try desk.add("Rosa Alvarez")
        try desk.meet(rosa)
        let report = try Report.named(name)
        let table = try desk.notebook.table(
            report, ReportQuestion(who: report.isAboutOne ? rosa : nil))
        for value in table.rows.joined() {
            if case .ratio(let share) = value { #expect(share.isFinite) }
            if case .number(let number) = value { #expect(number.isFinite) }
        }
    }
}
