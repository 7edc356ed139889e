import Hummingbird
import Notebook
import Replication
import Store
import Wording

/// The two things that a leader writes down with a thumb: a next step is done, a promise was kept.
struct Ticks: Sendable {
    let host: any PageHost

    /// What became of a tick: a word in the address of the list that follows, and what it says.
    enum Outcome: String {
        case done, kept, already, logged

        var notice: Phrase {
            switch self {
            case .done: "Done: saved."
            case .kept: "Kept: saved."
            case .logged: "The one-to-one is saved."
            case .already: "That was settled already. Nothing was changed."
            }
        }
    }

    /// What the page that follows says of it.
    static func notice(of request: Request) -> Phrase? {
        request.uri.queryParameters["saved"].flatMap { Outcome(rawValue: String($0)) }?.notice
    }

    func finishFollowUp(
        _ request: Request, _ parameters: Parameters
    ) async throws -> Response {
        try await tick(request, OneToOne.kind) { notebook, people, id in
            guard let meeting = try notebook.oneToOne(id), meeting.next != nil,
                people.hold(meeting.person)
            else { return nil }
            guard meeting.done == nil else { return .already }
            try notebook.finishFollowUp(id)
            return .done
        }
    }

    func keepPromise(
        _ request: Request, _ parameters: Parameters
    ) async throws -> Response {
        try await tick(request, Commitment.kind) { notebook, people, id in
            guard let promise = try notebook.commitment(id), people.hold(promise.person) else {
                return nil
            }
            // A page that was open while somebody settled it must not settle it another way.
            guard promise.status == Commitment.open else { return .already }
            try notebook.settle(id, as: Commitment.kept)
            return .kept
        }
    }

    /// Checks who ticks and where, writes in their name, and hands it to the hub. Nil stands for a
    /// record that is not on the visitor's lists: for them it does not exist.
    private func tick(
        _ request: Request, _ kind: KindSchema,
        _ write: @Sendable (Notebook, [Person], RecordID) throws -> Outcome?
    ) async throws -> Response {
        let form = try await Form(of: request)
        guard let visitor = try await host.visitor(of: request) else { return .seeOther("/") }
        try form.check(visitor.formToken)
        let notebook = try await host.notebook()
            .acting(as: visitor.member, person: visitor.person)
        guard let id = RecordID(form["id"]),
            let space = try notebook.space(of: RecordKey(kind.number, id)),
            visitor.scope.contains(space),
            let outcome = try write(notebook, try notebook.people(for: visitor), id)
        else { throw Refusal.notFound }
        if outcome != .already { try await host.publish() }
        return .seeOther("\(list(form["from"]))?saved=\(outcome.rawValue)")
    }

    /// The page on which the button was.
    private func list(_ from: String) -> String {
        guard host.isNotebook else { return "/turf" }
        return from == "due" ? DuePage.address : RecordID(from).map(PersonPage.address) ?? "/turf"
    }
}

extension [Person] {
    /// Whether somebody, with whichever of their linked records, is among them.
    fileprivate func hold(_ person: RecordID?) -> Bool {
        contains { somebody in
            somebody.id == person || somebody.others.contains { $0.id == person }
        }
    }
}
