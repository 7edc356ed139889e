import Notebook
import Replication
import Store

/// Who is here already: by name together with phone number or e-mail address, and what turfs,
/// bodies and people are called.
struct PersonIndex {
    private var people: [RecordID: RecordID] = [:]
    private var institutions: [String: RecordID] = [:]
    private var institutionNames: [RecordID: String] = [:]
    private var turfs: [String: RecordID] = [:]
    /// Members and people by name; nil where several bear it.
    private var namesakes: [String: RecordID?] = [:]

    init(_ transaction: Transaction) throws {
        try Self.forEach("person", ["phone", "email"], transaction) { id, name, row in
            let (phone, email) = (
                row.isNull(2) ? "" : row.text(2), row.isNull(3) ? "" : row.text(3)
            )
            add(id, name, phone: phone, email)
            note(id, name)
        }
        try Self.forEach("member", [], transaction) { id, name, _ in note(id, name) }
        try Self.forEach("institution", [], transaction) { id, name, _ in
            addInstitution(id, name)
        }
        try Self.forEach("turf", [], transaction) { id, name, _ in turfs[Folding.name(name)] = id }
    }

    private static func forEach(
        _ table: String, _ columns: [String], _ transaction: Transaction,
        _ body: (RecordID, String, FastStatement) throws -> Void
    ) throws {
        let list = (["id", "name"] + columns).joined(separator: ", ")
        try transaction.read { db in
            var row = try FastStatement(
                db, "SELECT \(list) FROM \(table) WHERE name IS NOT NULL ORDER BY id DESC")
            while try row.step() { try body(try row.id(0), row.text(1), row) }
        }
    }

    /// Of several who are alike the one with the smallest id is found.
    mutating func add(_ id: RecordID, _ name: String, phone: String?, _ email: String?) {
        for key in Self.keys(name, phone, email) { people[key] = id }
    }

    private mutating func note(_ id: RecordID, _ name: String) {
        let name = Folding.name(name)
        let isTaken = namesakes[name].map { $0 != id } ?? false
        namesakes[name] = .some(isTaken ? nil : id)
    }

    mutating func addInstitution(_ id: RecordID, _ name: String) {
        institutions[Folding.name(name)] = id
        institutionNames[id] = name
    }

    func person(like row: PersonRow) -> RecordID? {
        let keys = Self.keys(row.name, row.text(Person.phone), row.text(Person.email))
        return keys.compactMap { people[$0] }.first
    }

    func turf(_ name: String) -> RecordID? { turfs[Folding.name(name)] }

    func institution(_ name: String) -> RecordID? { institutions[Folding.name(name)] }

    func institutionName(_ id: RecordID) -> String? { institutionNames[id] }

    /// The only member or person of this name.
    func somebody(_ name: String) -> RecordID? { namesakes[Folding.name(name)] ?? nil }

    private static func keys(_ name: String, _ phone: String?, _ email: String?) -> [RecordID] {
        let name = Folding.name(name)
        let phones = phone.map(Folding.phones) ?? []
        let contacts =
            phones.compactMap(Folding.phone).map { "p\($0)" }
            + [email.flatMap(Folding.email)].compactMap { $0 }.map { "e\($0)" }
        return contacts.map {
            RecordID(naming: Array("\(name)\u{0}\($0)".utf8))
        }
    }
}
