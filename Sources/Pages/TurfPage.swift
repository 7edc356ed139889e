import Hummingbird
import Notebook
import Replication

/// A leader's turf list; for an organizer, all of them.
struct TurfPage: Sendable {
    let host: any PageHost

    func show(_ request: Request, _ parameters: Parameters) async throws -> Response {
        guard let visitor = try await host.visitor(of: request) else { return .seeOther("/") }
        let notebook = try await host.notebook()
        let view = TurfView(
            visitor: visitor, lists: try notebook.lists(for: visitor), today: notebook.today,
            notice: Ticks.notice(of: request), isOwn: host.isNotebook)
        return try await Templates.page(
            "turf", view, congregation: host.congregation, isOwn: host.isNotebook)
    }
}

/// A turf with its people, as far as the visitor may read.
struct VisibleTurf: Sendable {
    let name: String
    let rows: [TurfListRow]
}

// What a visitor may see is decided here, and nowhere else: the turfs that the hub has granted,
// or all of them.
extension Notebook {
    /// The visitor's turf lists, by name. An organizer's end with the people whom no turf has.
    func lists(for visitor: Visitor) throws -> [VisibleTurf] {
        let names = Dictionary(
            try turfs().map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        let order = try turfs().map(\.id)
        let unnamed = visitor.turfs.filter { names[$0] == nil }
        let ids = order.filter { visitor.isOrganizer || visitor.turfs.contains($0) } + unnamed
        var lists = try ids.map { id in
            VisibleTurf(
                name: names[id] ?? "Your turf",
                rows: try turfList(id, readableTo: visitor.scope))
        }
        if visitor.isOrganizer {
            let rows = try turfList(nil)
            if !rows.isEmpty { lists.append(VisibleTurf(name: "Without a turf", rows: rows)) }
        }
        return lists
    }

    /// Everybody on the visitor's lists.
    func people(for visitor: Visitor) throws -> [Person] {
        visitor.isOrganizer ? try people() : try visitor.turfs.flatMap { try people(in: $0) }
    }
}
