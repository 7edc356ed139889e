import Notebook
import Replication
import Store
import Sync

/// Somebody's laptop.
struct Laptop: Sendable {
    let name: String
    let path: String
    let notebook: Notebook

    var store: Store { notebook.store }

    @discardableResult
    func sync() async throws -> SyncReport {
        try await notebook.sync()
    }

    @discardableResult
    func join(_ invitation: Invitation) async throws -> Joined {
        try await notebook.join(invitation)
    }

    @discardableResult
    func add(_ name: String, phone: String? = nil, turf: RecordID? = nil) throws -> RecordID {
        try notebook.add(PersonDetails(name: name, phone: phone, turf: turf))
    }

    func setPhone(_ phone: String, of person: RecordID) throws {
        try notebook.edit(person, PersonDetails(phone: phone))
    }

    @discardableResult
    func meet(_ person: RecordID, _ summary: String) throws -> RecordID {
        try notebook.log(OneToOneNotes(on: notebook.today, summary: summary), with: person)
    }

    /// Commits one act by hand, past what the notebook's verbs allow.
    @discardableResult
    func act(_ edits: Edit...) throws -> [Dot] { try act(edits) }

    @discardableResult
    func act(_ edits: [Edit], by author: MemberID? = nil) throws -> [Dot] {
        try store.write { try $0.commit(edits, by: author ?? notebook.me.member) }
    }

    /// Runs the organizer's program on the notebook.
    func run(_ arguments: String...) async throws -> Program.Outcome {
        let tool = try Program.path.replacing("fieldbook-hub", with: "fieldbook")
        return try await Program.run(arguments + ["--notebook", path], tool: tool)
    }

    /// The notebook as the next program opens it.
    func opened() throws -> Laptop {
        Laptop(name: name, path: path, notebook: try NotebookFile(path: path).open())
    }

    func phone(of person: RecordID) throws -> String? { try notebook.person(person)?.phone }

    func names() throws -> [String] { try notebook.people().map(\.name).sorted() }

    func fingerprints() throws -> [SpaceID: Fingerprint] {
        try store.read { try FingerprintTable.all($0) }
    }

    func problems() throws -> [String] { try store.verify().problems.map { "\($0)" } }

    /// The rules by which the hub refused what was written here.
    func refusals() throws -> [String] { try store.refused().map(\.rule) }

    func value(of field: Field, on key: RecordKey) throws -> Value? {
        try store.read { try Records.state(of: key, $0)?.value(of: field) }
    }

    func space(of key: RecordKey) throws -> SpaceID? {
        try store.read { try Records.state(of: key, $0)?.space }
    }
}
