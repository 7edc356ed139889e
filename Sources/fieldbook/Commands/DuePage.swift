import Notebook
import Replication
import Terminal
import Wording

/// What is due, for people.
struct DuePage {
    /// How many days one looks ahead when nobody says.
    static let usualDays = 7

    let items: [DueItem]
    let days: Int
    let today: Day

    func fill(_ page: inout Page) {
        let (dated, undated) = (items.filter { $0.due != nil }, items.filter { $0.due == nil })
        if dated.isEmpty {
            page.line("Nothing is due in the next \(counted(days, "day", "days")).")
        } else {
            page.table(table(dated))
        }
        if !undated.isEmpty {
            page.line()
            page.line("Without a date", .bold)
            page.table(table(undated: undated))
        }
        guard let first = items.first else { return }
        page.line()
        page.line("When it is done: fieldbook commitment keep \(first.id.shortened)")
    }

    private func table(_ dated: [DueItem]) -> Table {
        var table = Table([.fixed(""), .fixed("Due"), .name("Who"), .fixed("Id"), .text("What")])
        for item in dated {
            let style: Page.Style =
                item.state == "overdue" ? .red : item.state == "due" ? .yellow : .plain
            let day =
                item.state == "due" ? said("today") : item.due?.short(today: today) ?? ""
            table.row(
                .init(item.state == "overdue" ? "!" : "", style), .init(day, style),
                .init(item.personName),
                .init(item.id.shortened, .faint), .init(item.words))
        }
        return table
    }

    private func table(undated: [DueItem]) -> Table {
        var table = Table([.name("Who"), .fixed("Id"), .text("What")])
        for item in undated {
            table.row(
                .init(item.personName), .init(item.id.shortened, .faint), .init(item.words))
        }
        return table
    }
}

extension DueItem {
    /// "(we) bring chairs"
    fileprivate var words: Phrase { Commitment.words(what, by: direction) }
}

/// What is due, as JSON has it.
struct DueDocument: Encodable {
    let kind: String
    let id: String
    let person: String
    let personName: String
    let what: String
    /// Of a promise, who made it: `they`, or `we`.
    @OrNull var direction: String?
    @OrNull var due: String?
    let state: String

    init(_ item: DueItem) {
        kind = item.kind
        id = item.id.description
        person = item.person.description
        personName = item.personName
        what = item.what
        direction = item.direction
        due = item.due?.description
        state = item.state
    }
}
