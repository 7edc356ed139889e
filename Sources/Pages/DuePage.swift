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
        let items: [Item]
        let rest: Phrase?
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
            items: due.prefix(Self.mostItems).map { item($0, notebook) },
            rest: due.count > Self.mostItems
                ? "These are the first \(Self.mostItems) of \(due.count): fieldbook due" : nil)
        return try await Templates.page(
            "due", content, congregation: host.congregation, isOwn: true)
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
