import Notebook
import Pages
import Replication
import Sync
import Synchronization

/// One's own notebook, for one's own browser: a code that is good once lets it in.
final class NotebookPages: PageHost {
    private let file: NotebookFile
    private let door: Mutex<Door>
    /// What the address ends with.
    let code: String

    private struct Door {
        /// Nil when it was used.
        var code: String?
        /// What each browser that was let in sends back with a form, by its token.
        var sessions: [String: String] = [:]
    }

    init(_ file: NotebookFile) {
        self.file = file
        let code = Self.secret()
        self.code = code
        door = Mutex(Door(code: code))
    }

    /// 128 random bits.
    private static func secret() -> String {
        Base64URL.encode((0..<16).map { _ in UInt8.random(in: .min ... .max) })
    }

    var isNotebook: Bool { true }

    /// Opened anew for each page: meanwhile a sync may have given it another key.
    func notebook() async throws -> Notebook { try file.open() }

    var congregation: String {
        get async throws { try Membership(of: await notebook().store)?.congregationName ?? "" }
    }

    func invitation(_ code: String) async throws -> InvitationView? {
        guard door.withLock({ $0.code == code }) else { return nil }
        return .own(name: try await notebook().me.name)
    }

    func signIn(_ code: String) async throws -> String? {
        door.withLock { door in
            guard door.code == code else { return nil }
            door.code = nil
            let token = Self.secret()
            door.sessions[token] = Self.secret()
            return token
        }
    }

    func visitor(_ token: String) async throws -> Visitor? {
        guard let formToken = door.withLock({ $0.sessions[token] }) else { return nil }
        let me = try await notebook().me
        return Visitor(
            member: me.member, person: me.person, name: me.name, turfs: [], isOrganizer: true,
            formToken: formToken)
    }

    func signOut(_ token: String) async throws {
        door.withLock { $0.sessions[token] = nil }
    }

    /// What was written goes up with the next sync.
    func publish() async throws {}

    func nightlyReport() async throws -> String? { nil }
}
