import Foundation
import GRDB
package import Replication
package import Store
package import Wording

/// A specific, dated promise that a named person made.
package struct Commitment: Sendable, Hashable {
    package let id: RecordID
    package let person: RecordID?
    package let organizer: RecordID?
    package let what: String
    package let due: Day?
    package let status: String
    package let settledOn: Day?
    /// `they` promised us, or `we` promised them.
    package let direction: String

    package static let person = FieldSchema(16, "person", .id, names: ["person"])
    package static let organizer = FieldSchema(
        17, "organizer", .id, names: ["person", "member"])
    package static let direction = FieldSchema(
        18, "direction", .text, choices: ["they", "we"])
    package static let what = FieldSchema(
        19, "what", .text, isSearchable: true, isNeeded: true)
    package static let quantity = FieldSchema(20, "quantity", .int, range: 0...FieldRules.most)
    package static let due = FieldSchema(21, "due", .day)
    package static let status = FieldSchema(
        22, "status", .text,
        choices: ["open", "kept", "partly", "broken", "renegotiated", "released"])
    package static let settledOn = FieldSchema(23, "settledOn", .day)
    package static let sort = FieldSchema(
        24, "kind", .text,
        choices: ["attend", "bring", "host", "call", "speak", "lead", "money", "other"])
    package static let oneToOne = FieldSchema(25, "oneToOne", .id, names: ["oneToOne"])
    package static let action = FieldSchema(26, "action", .id, names: ["action"])
    package static let evidence = FieldSchema(27, "evidence", .text)
    /// The day to which it was put off before it was due.
    package static let renegotiatedTo = FieldSchema(28, "renegotiatedTo", .day)
    package static let kind = KindSchema(
        3, "commitment",
        indexed: [
            ["person"],
            TableIndex(
                "person", "due", "organizer", "direction", "what", "status", "space",
                of: openPromise),
        ],
        fields: [
            person, organizer, direction, what, quantity, due, status, settledOn,
            sort, oneToOne, action, evidence, renegotiatedTo,
        ])

    /// In SQL, of a promise that has been neither kept nor broken. Written like this, the few of many
    /// that are so are found by their index.
    static let openPromise = "coalesce(status, 'open') = 'open'"

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }

    package static let open = "open"
    package static let kept = "kept"
    package static let broken = "broken"

    /// "(we) bring chairs", "(they) bring five": what was promised, by `we` or `they`; what nobody
    /// promised is said as it is.
    package static func words(_ what: String, by direction: String?) -> Phrase {
        switch direction {
        case nil: .verbatim(what)
        case "we": "(we) \(what)"
        default: "(they) \(what)"
        }
    }

    /// Whether a promise with these cells has been neither kept nor broken.
    package static func isOpen(_ state: RecordState) -> Bool {
        (state.value(of: status.number)?.text ?? open) == open
    }

    /// Those of the table that a WHERE clause leaves, the earliest due first.
    static func all(
        _ clause: String, _ db: Database, binding bind: (inout FastStatement) -> Void
    ) throws -> [Commitment] {
        var row = try FastStatement(
            db,
            """
            SELECT id, person, organizer, what, due, status, settledOn, direction
            FROM commitment \(clause) ORDER BY due IS NULL, due, id
            """)
        bind(&row)
        var found: [Commitment] = []
        while try row.step() { found.append(try Commitment(row)) }
        return found
    }

    private init(_ row: FastStatement) throws {
        id = try row.id(0)
        person = try row.optionalID(1)
        organizer = try row.optionalID(2)
        what = row.optionalText(3) ?? ""
        due = row.day(4)
        status = row.optionalText(5) ?? Self.open
        settledOn = row.day(6)
        direction = row.optionalText(7) ?? "they"
    }
}

extension Notebook {
    /// Writes down a promise. It lives where the person lives. `theirs` is false for one that we
    /// made to them.
    @discardableResult
    package func promise(
        _ what: String, by person: RecordID, due: Day?, theirs: Bool = true
    ) throws -> RecordID {
        guard !Folding.name(what).isEmpty else { throw NotebookError.empty(what: "commitment") }
        return try store.write { transaction in
            let home = try transaction.space(of: Person.key(person)) ?? Space.organizers
            let edit = promise(what, by: person, due: due, theirs: theirs, home: home)
            try transaction.commit([edit], by: me.member)
            return edit.key.id
        }
    }

    /// The edit that writes a promise down; of one that was made at a meeting, with that.
    func promise(
        _ what: String, by person: RecordID, due: Day?, theirs: Bool, home: SpaceID,
        at meeting: RecordID? = nil
    ) -> Edit {
        var changes: [Change] = [
            .set(Commitment.person, .id(person)),
            .set(Commitment.organizer, .id(me.asOrganizer)),
            .set(Commitment.direction, .text(theirs ? "they" : "we")),
            .set(Commitment.what, .text(what)),
            .set(Commitment.status, .text(Commitment.open)),
        ]
        if let due { changes.append(.set(Commitment.due, .day(due.number))) }
        if let meeting { changes.append(.set(Commitment.oneToOne, .id(meeting))) }
        return Edit(Commitment.key(newID()), home: home, changes)
    }

    /// Settles a promise as kept or broken, today. One that was settled so already stays as it is;
    /// a change of mind is an edit like any other.
    package func settle(_ id: RecordID, as status: String) throws {
        let current = try store.read { db in
            try String.fetchOne(
                db, sql: "SELECT coalesce(status, 'open') FROM commitment WHERE id = ?",
                arguments: [id.data])
        }
        guard let current else { throw NotebookError.noSuchRecord(id.shortened) }
        guard current != status else { throw NotebookError.alreadySettled(status: status) }
        try commit([
            Edit(
                Commitment.key(id),
                [
                    .set(Commitment.status, .text(status)),
                    .set(Commitment.settledOn, .day(today.number)),
                ])
        ])
    }

    package func commitment(_ id: RecordID) throws -> Commitment? {
        try store.read { db in
            try Commitment.all("WHERE id = ?", db) { $0.bind(id.bytes) }.first
        }
    }

    /// Promises, the earliest due first: of one person, with whichever of their linked records, or
    /// everybody's; open ones, or all.
    package func commitments(
        of person: RecordID? = nil, openOnly: Bool = false
    ) throws -> [Commitment] {
        try store.read { db in
            let people = try person.map { try SamePeople(db).all(of: $0) }
            var conditions = ["true"]
            if let people { conditions.append("person IN (\(people.marks))") }
            if openOnly { conditions.append(Commitment.openPromise) }
            return try Commitment.all("WHERE \(conditions.joined(separator: " AND "))", db) {
                $0.bind(people ?? [])
            }
        }
    }
}
