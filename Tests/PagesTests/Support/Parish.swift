import Notebook
import Pages
import Replication
import Store
import Synchronization
import Testing

/// A hub as the pages see it: a real notebook in memory on a clock that stands still, and
/// invitations and sessions in a dictionary.
final class Parish: PageHost {
    /// A quiet noon, Tuesday 24 November 2026.
    static let now: UInt64 = 1_795_521_600_000
    static let canary = "kanarie"

    let book: Notebook
    let state = Mutex(State())

    struct State: Sendable {
        var invitations: [String: (view: InvitationView, visitor: Visitor)] = [:]
        var sessions: [String: Visitor] = [:]
        var isNotebook = false
        var published = 0
        var report: String?
        /// What every question is answered with, when something is broken.
        var failure: (any Error)?
        var name = "St. Brigid"
    }

    init() throws {
        let random = Mutex(UInt64(7))
        let environment = Environment(
            milliseconds: { Self.now },
            randomBytes: { count in
                random.withLock { seed in
                    (0..<count).map { _ in
                        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                        return UInt8(seed >> 56)
                    }
                }
            }, key: try #require(DeviceKey(bytes: [UInt8](repeating: 9, count: 32))))
        let store = try Store(path: nil, schema: Kinds.schema, environment: environment)
        let me = Me(member: RecordID(rawValue: 0xA), person: nil, name: "Olga Organizer")
        book = Notebook(store: store, zone: .utc, me: me)
    }

    var isNotebook: Bool { state.withLock { $0.isNotebook } }

    var congregation: String {
        get throws {
            try state.withLock { state in
                if let failure = state.failure { throw failure }
                return state.name
            }
        }
    }

    func invitation(_ code: String) throws -> InvitationView? {
        try state.withLock { state in
            if let failure = state.failure { throw failure }
            return state.invitations[code]?.view
        }
    }

    func signIn(_ code: String) throws -> String? {
        state.withLock { state in
            guard let (view, visitor) = state.invitations[code] else { return nil }
            if case .laptop = view { return nil }
            state.invitations[code] = nil
            let token = "session-of-\(code)"
            state.sessions[token] = visitor
            return token
        }
    }

    func visitor(_ token: String) throws -> Visitor? {
        try state.withLock { state in
            if let failure = state.failure { throw failure }
            return state.sessions[token]
        }
    }

    func signOut(_ token: String) { state.withLock { $0.sessions[token] = nil } }

    func notebook() -> Notebook { book }

    func publish() { state.withLock { $0.published += 1 } }

    func nightlyReport() -> String? { state.withLock { $0.report } }
}

extension Parish {
    var published: Int { state.withLock { $0.published } }

    /// Changes what the hub is like.
    func change(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }

    /// Everything that a page could have changed.
    func fingerprint() throws -> String {
        let sums = try book.store.read { try FingerprintTable.all($0) }
        let hub = state.withLock {
            "\($0.invitations.keys.sorted()) \($0.sessions.keys.sorted()) \($0.published)"
        }
        return sums.map { "\($0.key) \($0.value)" }.sorted().joined() + hub
    }

    /// As if somebody had written it on a laptop without having seen the number that is there.
    func writeApart(_ phone: String, of person: RecordID) throws {
        let stamp = Stamp(milliseconds: Self.now + 1000)
        let device = DeviceID(rawValue: UInt64(truncatingIfNeeded: person.rawValue))
        let write = FieldWrite(field: Person.phone.number, value: .text(phone))
        let commit = Commit(
            dot: Dot(device, 1), stamp: stamp, author: RecordID(rawValue: 0xC),
            key: Person.key(person), transaction: 1, salt: nil, writes: [write])
        try book.store.write { try $0.merge(commit) }
    }

    /// Signs somebody in, and returns their token.
    func session(
        _ name: String, turfs: [RecordID] = [], person: RecordID? = nil, isOrganizer: Bool = false
    ) -> String {
        let token = "session-\(name.filter(\.isLetter))"
        let visitor = Visitor(
            member: RecordID(rawValue: 0xB), person: person, name: name, turfs: turfs,
            isOrganizer: isOrganizer, formToken: "form-\(name.filter(\.isLetter))")
        state.withLock { $0.sessions[token] = visitor }
        return token
    }

    func invite(_ code: String, _ view: InvitationView, turfs: [RecordID] = []) {
        let visitor = Visitor(
            member: RecordID(rawValue: 0xB), person: nil, name: "Lena Lopez", turfs: turfs,
            isOrganizer: false, formToken: "form-\(code)")
        state.withLock { $0.invitations[code] = (view, visitor) }
    }
}
