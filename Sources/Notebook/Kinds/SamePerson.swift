import GRDB
package import Replication
package import Store
import Wording

/// What organizers say of two person records: that they are one person, or that they are not.
///
/// Nothing is rewritten: the records stay as they are, and lists show them as one. Whoever judges
/// the same pair apart writes the same record, so that two who disagree make a conflict of its
/// verdict, which both see.
package enum SamePerson {
    /// The smaller of the two ids.
    package static let a = FieldSchema(16, "a", .id, rule: .once, names: ["person"])
    package static let b = FieldSchema(17, "b", .id, rule: .once, names: ["person"])
    package static let verdict = FieldSchema(
        18, "verdict", .text, choices: [same, different])
    package static let kind = KindSchema(
        9, "samePerson", indexed: [["a"], ["b"]], fields: [a, b, verdict])

    package static let same = "same"
    package static let different = "different"

    package static func key(_ pair: PersonPair) -> RecordKey {
        let name = Array("fbs1".utf8) + pair.a.bytes + pair.b.bytes
        return RecordKey(kind.number, RecordID(naming: name))
    }

    /// What was said of a pair; nil when it was taken back.
    fileprivate static func judgement(
        _ pair: PersonPair, _ verdict: String?, home: SpaceID
    ) -> Edit {
        Edit(
            key(pair), home: home,
            [
                .set(a, .id(pair.a)), .set(b, .id(pair.b)), .move(home),
                .set(Self.verdict, verdict.map(Value.text) ?? .null), .restore,
            ])
    }
}

/// Two person records, the one with the smaller id first.
package struct PersonPair: Hashable, Sendable {
    package let a: RecordID
    package let b: RecordID

    package init(_ one: RecordID, _ other: RecordID) {
        a = min(one, other)
        b = max(one, other)
    }
}

extension Notebook {
    /// Links two person records: lists show them as one from now on, until `unlink`. Throws
    /// `NotebookError.sameEntry`, `.alreadyOne`, `.calledDifferent` when it would make one person of
    /// two others of whom somebody said that they are not, and `.organizersLink`.
    package func link(_ one: RecordID, _ other: RecordID) throws {
        try judge(one, other, as: SamePerson.same, Self.checkLink)
    }

    /// Throws what `link` would throw.
    package func checkLink(_ one: RecordID, _ other: RecordID) throws {
        try checkMayJudge(one, other)
        try store.read { try Self.checkLink(PersonPair(one, other), SamePeople($0), $0) }
    }

    private static func checkLink(
        _ pair: PersonPair, _ people: SamePeople, _ db: Database
    ) throws {
        guard !people.areOne(pair.a, pair.b) else { throw NotebookError.alreadyOne }
        if let apart = people.denial(against: pair) {
            throw NotebookError.calledDifferent(
                [try candidate(apart.a, db), try candidate(apart.b, db)])
        }
    }

    /// Takes a link back: each record is a person of its own again, with all that it had. Throws
    /// `NotebookError.notLinked`, or `.oneThrough` when they are one person by other links alone.
    package func unlink(_ one: RecordID, _ other: RecordID) throws {
        try judge(one, other, as: nil) { pair, people, db in
            if people.isCalledSame(pair) { return }
            guard let path = people.path(between: pair) else { throw NotebookError.notLinked }
            throw NotebookError.oneThrough(try path.map { try Self.candidate($0, db) })
        }
    }

    /// Says that two person records are two people: nobody is asked about them again. Takes a link
    /// between them back. Throws `NotebookError.alreadyDifferent`, or `.oneThrough` when other links
    /// would still make one person of them.
    package func dismiss(_ one: RecordID, _ other: RecordID) throws {
        try judge(one, other, as: SamePerson.different) { pair, people, db in
            guard !people.isSettled(pair, as: SamePerson.different) else {
                throw NotebookError.alreadyDifferent
            }
            guard let path = people.path(between: pair) else { return }
            throw NotebookError.oneThrough(try path.map { try Self.candidate($0, db) })
        }
    }

    private func judge(
        _ one: RecordID, _ other: RecordID, as verdict: String?,
        _ check: (PersonPair, SamePeople, Database) throws -> Void
    ) throws {
        try checkMayJudge(one, other)
        let pair = PersonPair(one, other)
        try store.write { transaction in
            let home = try transaction.read { db in
                try check(pair, SamePeople(db), db)
                return try Self.home(of: pair, db)
            }
            try transaction.commit(
                [SamePerson.judgement(pair, verdict, home: home)], by: me.member)
        }
    }

    private func checkMayJudge(_ one: RecordID, _ other: RecordID) throws {
        guard one != other else { throw NotebookError.sameEntry }
        if try isOfTurfsAlone { throw NotebookError.organizersLink }
    }

    private static func candidate(
        _ person: RecordID, _ db: Database
    ) throws -> NotebookError.Candidate {
        let name = try String.fetchOne(
            db, sql: "SELECT name FROM person WHERE id = ?", arguments: [person.data])
        return NotebookError.Candidate(id: person, name: name ?? said("(no name)"), detail: "")
    }

    /// Where what is said of two people lives, as `Home.pair` says.
    private static func home(of pair: PersonPair, _ db: Database) throws -> SpaceID {
        let spaces = try [pair.a, pair.b].map { try space(of: $0, db) }
        return spaces[0] == spaces[1] ? spaces[0] ?? Space.organizers : Space.organizers
    }

    private static func space(of person: RecordID, _ db: Database) throws -> SpaceID? {
        try Row.fetchOne(
            db, sql: "SELECT space FROM person WHERE id = ?", arguments: [person.data]
        )?.id("space")
    }

    /// The moves by which what was said of people follows them to a space.
    static func moves(
        ofPairsWith people: Set<RecordID>, to space: SpaceID, _ db: Database
    ) throws -> [Edit] {
        var homes: [RecordID: SpaceID] = [:]
        for person in people {
            for row in try Row.fetchAll(
                db, sql: "SELECT id, a, b FROM samePerson WHERE a = ?1 OR b = ?1",
                arguments: [person.data])
            {
                guard let id = row.id("id"), let a = row.id("a"), let b = row.id("b") else {
                    continue
                }
                let spaces = try [a, b].map {
                    people.contains($0) ? space : try self.space(of: $0, db)
                }
                homes[id] = spaces[0] == spaces[1] ? space : Space.organizers
            }
        }
        return homes.sorted { $0.key < $1.key }.map { id, home in
            Edit(RecordKey(SamePerson.kind.number, id), [.move(home)])
        }
    }
}
