import Hummingbird
import Notebook
import Replication
import Wording

/// What is due for the one whose notebook it is.
struct DuePage: Sendable {
    let host: any PageHost
    static let address = "/due"

    /// How far ahead it looks.
    private static let days: Int64 = 14
    private static let mostItems = 200

    private struct Content {
        let today: Phrase
        let visitor: String
        let token: String
        let notice: Phrase?
        /// Nil where nothing is arranged.
        let arranged: Arranged?
        let items: [Item]
        let rest: Phrase?
    }

    private struct Arranged {
        let meetings: [Meeting]
    }

    /// A one-to-one that lies ahead.
    private struct Meeting {
        let name: String
        let page: String
        /// "Fri 20 Nov, 18:30, her kitchen"
        let words: String
    }

    private struct Item {
        let name: String
        let page: String
        /// The style of how late it is.
        let state: String
        let task: PersonView.Task
    }

    func show(_ request: Request, _ parameters: Parameters) async throws -> Response {
        guard let visitor = try await host.visitor(of: request) else { return .seeOther("/") }
        let notebook = try await host.notebook()
        let due = try notebook.due(within: Self.days)
        let content = Content(
            today: DateText.whole(notebook.today), visitor: Shown.line(visitor.name),
            token: visitor.formToken, notice: Ticks.notice(of: request),
            arranged: try arranged(notebook),
            items: due.prefix(Self.mostItems).map { item($0, notebook) },
            rest: due.count > Self.mostItems
                ? "These are the first \(Self.mostItems) of \(due.count): fieldbook due" : nil)
        return try await Templates.page(
            "due", content, congregation: host.congregation, isOwn: true)
    }

    private func arranged(_ notebook: Notebook) throws -> Arranged? {
        let briefs = try notebook.briefs(notebook.today...(notebook.today + Self.days))
        guard !briefs.isEmpty else { return nil }
        return Arranged(
            meetings: briefs.map { brief in
                let facts = [brief.on.short(today: notebook.today), brief.at, brief.place]
                return Meeting(
                    name: Shown.line(brief.personName), page: PersonPage.address(of: brief.person),
                    words: Shown.line(facts.compactMap(\.self).joined(separator: ", ")))
            })
    }

    private func item(_ due: DueItem, _ notebook: Notebook) -> Item {
        Item(
            name: Shown.line(due.personName), page: PersonPage.address(of: due.person),
            state: ["overdue", "due"].contains(due.state) ? due.state : "ok",
            task: PersonView.Task(due, notebook.today))
    }
}

extension PersonView.Task {
    fileprivate init(_ item: DueItem, _ today: Day) {
        guard let direction = item.direction else {
            self.init(step: item.what, of: item.id, due: item.due, today)
            return
        }
        self.init(
            promise: item.what, item.id, isTheirs: direction != "we", due: item.due, today,
            isOwn: true)
    }
}
