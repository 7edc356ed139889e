import Notebook
import Terminal
import Wording

/// The turf list as a table that fits a page.
enum TurfTable {
    static func make(_ rows: [TurfListRow], _ today: Day) -> Table {
        var table = Table([
            .fixed(""), .name("Name"), .text("Phone"), .fixed("Last met"),
            .text("Next, and what is owed"),
        ])
        for row in rows {
            table.row(
                .init(Phrase(word: row.state.rawValue), style(row.state)), .init(row.name),
                .init(row.phones.listed("or")),
                .init(row.lastMet?.short(today: today) ?? said("never")),
                .init(lines: steps(row, today)))
        }
        return table
    }

    private static func steps(_ row: TurfListRow, _ today: Day) -> [String] {
        let next = row.followUp.map { [dated(.verbatim($0.what), $0.due, today)] } ?? []
        let owed = row.owed.map { promise in
            let owed: Phrase =
                promise.direction == "we" ? "We owe: \(promise.what)" : "Owes: \(promise.what)"
            return dated(owed, promise.due, today)
        }
        return next + owed
    }

    private static func dated(_ what: Phrase, _ due: Day?, _ today: Day) -> String {
        guard let due else { return what.text }
        return "\(due < today ? "! " : "")\(what) (\(due.short(today: today)))"
    }

    private static func style(_ state: TurfState) -> Page.Style {
        switch state {
        case .overdue: .red
        case .due: .yellow
        case .never: .bold
        case .ok: .plain
        }
    }
}
