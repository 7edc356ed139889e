import ArgumentParser
import Glibc
import Notebook
import Store
import Sync
import Terminal
import Wording

/// Enrols the notebook with a hub.
struct JoinCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "join",
        abstract: said("Join a hub, with an invitation."),
        discussion: said(
            """
            Whatever the notebook holds stays and goes to the hub with the next "fieldbook sync". \
            When there is no notebook yet, it is made first.

            Example (paste the invitation, then Enter and Ctrl-D; no shell keeps it):
              fieldbook join -
            """))

    @Argument(
        help: ArgumentHelp(
            said("The link from the hub's keeper; - reads it from standard input."),
            valueName: "invitation"))
    var invitation: String

    @Option(
        help: ArgumentHelp(said("Your name, when there is no notebook yet."), valueName: "name"))
    var name: String?

    @OptionGroup var common: Common

    func run() async throws {
        let invitation = try Invitation(Input.text(invitation, what: "invitation"))
        let (notebook, isNew) = try openOrMake()
        let joined = try await join(invitation, notebook, isNew: isNew)
        let outcome = Outcome(
            hub: invitation.url, congregation: joined.congregation,
            role: joined.roles.first { $0 == "organizer" } ?? joined.roles.first ?? "",
            roles: joined.roles, spaces: joined.spaces)
        let waiting = try notebook.store.meta().pending
        try common.show(outcome) { page in
            page.line("Joined the hub of \(joined.congregation) at \(invitation.url).")
            page.line("Your role: \(joined.roles.map { Phrase(word: $0) }.joined(", ")).")
            page.line("You may read: \(try readable(joined.spaces, notebook)).")
            let entries = counted(Int(waiting), "entry waits", "entries wait")
            page.line("\(entries) to be sent. Exchange now: fieldbook sync")
        }
    }

    private func join(
        _ invitation: Invitation, _ notebook: Notebook, isNew: Bool
    ) async throws -> Joined {
        do {
            return try await notebook.join(invitation)
        } catch SyncError.unreachable(let url, let reason) {
            let here: Phrase =
                isNew
                ? "the new notebook stays, and can be written in already"
                : "nothing here was changed"
            throw Complaint(
                """
                The hub at \(url) cannot be reached (\(reason)). The invitation was not used up, and \
                \(here). Join again with it when the hub can be reached.
                """, code: Failure.tryLater)
        }
    }

    private func openOrMake() throws -> (Notebook, isNew: Bool) {
        guard access(common.file.path, F_OK) != 0, errno == ENOENT else {
            return (try common.open(), isNew: false)
        }
        let asked = name ?? Asking.ask("Your name, as others will see it:")
        guard let asked else {
            throw Complaint(
                """
                There is no notebook yet, and a new one needs your name. Say it with --name. The \
                invitation was not used.
                """)
        }
        let notebook = try InitCommand.make(common.file, name: asked)
        Screen.note("Made a notebook for \(notebook.me.name): \"\(common.file.path)\"")
        return (notebook, isNew: true)
    }

    private func readable(_ spaces: [String], _ notebook: Notebook) throws -> Phrase {
        let turfs = spaces.filter { !["all", "commons", "organizers"].contains($0) }
        if spaces.contains("all") { return "everything" }
        let shared: [Phrase] = spaces.contains("commons") ? ["what all members share"] : []
        let organizers: [Phrase] = spaces.contains("organizers") ? ["what organizers share"] : []
        let owned = turfs.isEmpty ? [] : [counted(turfs.count, "turf", "turfs")]
        return (shared + organizers + owned).joined(", ")
    }

    private struct Outcome: Encodable {
        let hub: String
        let congregation: String
        let role: String
        let roles: [String]
        let spaces: [String]
    }
}
