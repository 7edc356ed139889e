import Notebook
import Replication
import Terminal

/// What is due as a table that fits a page.
enum DueTable {
    static func make(_ items: [DueItem], _ today: Day) -> Table {
        var table = Table([.fixed(""), .fixed("Due"), .name("Who"), .fixed("Id"), .text("What")])
        for item in items {
            let style: Page.Style =
                item.state == "overdue" ? .red : item.state == "due" ? .yellow : .plain
            let day = item.state == "due" ? "today" : item.due?.short(today: today) ?? ""
            table.row(
                .init(item.state == "overdue" ? "!" : "", style), .init(day, style),
                .init(item.personName),
                .init(item.id.shortened, .faint), .init(item.what))
        }
        return table
    }

    static func make(undated: [DueItem]) -> Table {
        var table = Table([.name("Who"), .fixed("Id"), .text("What")])
        for item in undated {
            table.row(
                .init(item.personName), .init(item.id.shortened, .faint), .init(item.what))
        }
        return table
    }
}

/// What is due, as JSON has it.
struct DueDocument: Encodable {
    let kind: String
    let id: String
    let person: String
    let personName: String
    let what: String
    @OrNull var due: String?
    let state: String

    init(_ item: DueItem) {
        kind = item.kind
        id = item.id.description
        person = item.person.description
        personName = item.personName
        what = item.what
        due = item.due?.description
        state = item.state
    }
}
