import Foundation
package import GRDB
package import Replication
package import Store
import Wording

/// The people one organizer or leader is responsible for; also the unit of who may read.
package struct Turf: Sendable, Hashable {
    package let id: RecordID
    package let name: String
    package let leader: RecordID?
    /// Who stands in for the leader.
    package let backup: RecordID?

    package static let name = FieldSchema(
        16, "name", .text, isSearchable: true, isNeeded: true)
    package static let leader = FieldSchema(17, "leader", .id, names: ["person"])
    package static let parent = FieldSchema(18, "parent", .id, names: ["turf"])
    package static let backup = FieldSchema(19, "backup", .id, names: ["person"])
    /// What the next one needs to know.
    package static let handover = FieldSchema(
        20, "handover", .text, isSearchable: true, isLong: true)
    package static let kind = KindSchema(
        6, "turf", fields: [name, leader, parent, backup, handover])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }

    init?(_ row: Row) {
        guard let id = row.id("id") else { return nil }
        self.id = id
        name = row.shown("name") ?? said("(no name)")
        leader = row.id("leader")
        backup = row.id("backup")
    }
}

extension Notebook {
    /// Adds a turf. Its space has the turf's id. Throws `NotebookError.turfExists` for a name that is
    /// taken: two turfs of one name could not be told apart by whoever names them.
    @discardableResult
    package func addTurf(_ name: String, leader: RecordID? = nil) throws -> RecordID {
        guard !Folding.name(name).isEmpty else { throw NotebookError.empty(what: "turf's name") }
        try FieldRules.checkName(name)
        if let other = try turfs().first(where: { Folding.name($0.name) == Folding.name(name) }) {
            throw NotebookError.turfExists(name: other.name, id: other.id)
        }
        let id = newID()
        var changes: [Change] = [.set(Turf.name, .text(name))]
        if let leader { changes.append(.set(Turf.leader, .id(leader))) }
        try commit([Edit(Turf.key(id), home: id, changes)])
        return id
    }

    package func turfs() throws -> [Turf] {
        try store.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM turf ORDER BY name COLLATE NOCASE, id")
                .compactMap(Turf.init)
        }
    }

    package func turf(_ id: RecordID) throws -> Turf? {
        try store.read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM turf WHERE id = ?", arguments: [id.data])
                .flatMap(Turf.init)
        }
    }

    /// What the next leader of a turf needs to know; nil where nobody wrote it down.
    package func handover(of turf: RecordID) throws -> String? {
        try store.read { try Records.text(of: Turf.key(turf), Turf.handover, $0) }
    }

    /// Moves people into a turf's space, with their meetings and promises, in one act. Other records
    /// that are linked with theirs stay where they are: nobody named them.
    package func assign(_ people: [RecordID], to turf: RecordID) throws {
        try commit(moves(of: people, to: turf))
    }

    func moves(of people: [RecordID], to space: SpaceID) throws -> [Edit] {
        try store.read { try Self.moves(of: people, to: space, $0) }
    }

    /// The moves of people to a space, and of all that lives with them.
    package static func moves(
        of people: [RecordID], to space: SpaceID, _ db: Database
    ) throws -> [Edit] {
        try people.flatMap { person in
            try [Edit(Person.key(person), [.move(space)])]
                + Self.dependents(of: person, db).map { Edit($0, [.move(space)]) }
        } + Self.moves(ofPairsWith: Set(people), to: space, db)
    }

    /// The records that live where a person lives.
    private static func dependents(of person: RecordID, _ db: Database) throws -> [RecordKey] {
        try Kinds.dependents.flatMap { kind, field in
            try Row.fetchAll(
                db.cachedStatement(
                    sql: "SELECT id FROM \(kind.table) WHERE \"\(field.name)\" = ?"),
                arguments: [person.data]
            ).compactMap { $0.id("id").map { RecordKey(kind.number, $0) } }
        }
    }
}
