import GRDB
package import Replication
import Store

/// A person's right to be forgotten: their entry, or entries, and everything that is about them.
package struct Erasure: Sendable {
    /// What would be erased, in order of kind and id.
    package let keys: [RecordKey]

    /// How many records of each kind.
    package var counts: [Kind: Int] { Dictionary(grouping: keys, by: \.kind).mapValues(\.count) }
}

extension Notebook {
    /// What erasing a person takes away, in all entries that are the same person: also meetings and
    /// promises that were deleted.
    package func erasure(of person: RecordID) throws -> Erasure {
        let people = try samePeople().all(of: person)
        return try store.read { db in
            var found = Set(people.map(Person.key))
            var ids = Set(people)
            while !ids.isEmpty {
                let new = try Self.records(about: ids, db).subtracting(found)
                found.formUnion(new)
                ids = Set(new.map(\.id))
            }
            return Erasure(keys: found.sorted())
        }
    }

    /// Erases for good, everywhere: nothing brings it back, and what others write late about it is
    /// gone too. Where a hub decides, it takes this from admins alone.
    package func erase(_ erasure: Erasure) throws {
        let edits = erasure.keys.map { Edit($0, [.set(CommonField.erased, .keep, .int(1))]) }
        for start in stride(from: 0, to: edits.count, by: Limits.actCommits) {
            try commit(Array(edits[start...].prefix(Limits.actCommits)))
        }
        removeDrafts()
    }

    /// Erases what others wrote about somebody who was erased, before they heard of it: an admin's
    /// notebook does so after every exchange. Returns how many records there were.
    @discardableResult
    package func eraseWhatIsAboutTheErased() throws -> Int {
        var count = 0
        while true {
            let found = try store.read(Self.recordsAboutTheErased)
            guard !found.isEmpty else { return count }
            try erase(Erasure(keys: found.sorted()))
            count += found.count
        }
    }

    private static func recordsAboutTheErased(_ db: Database) throws -> Set<RecordKey> {
        guard try Records.hasErased(db) else { return [] }
        var found: Set<RecordKey> = []
        for policy in Kinds.all {
            for subject in policy.subjects {
                // In this order: few records are erased.
                let rows = try Row.fetchAll(
                    db,
                    sql: """
                        SELECT d.id FROM record r CROSS JOIN \(policy.schema.table) d
                        ON d."\(subject.name)" = r.id
                        WHERE r.life = 3 AND r.kind IN (\(Kinds.numbers(named: subject).map { "\($0)" }.joined(separator: ", ")))
                        """)
                found.formUnion(
                    rows.compactMap { $0.id("id") }
                        .map { RecordKey(policy.schema.number, $0) })
            }
        }
        return found
    }

    private static func records(
        about ids: Set<RecordID>, _ db: Database
    ) throws -> Set<RecordKey> {
        var found: Set<RecordKey> = []
        for policy in Kinds.all where !policy.subjects.isEmpty {
            let kind = policy.schema
            let columns = policy.subjects.map { "\"\($0.name)\" = ?1" }
            for id in ids.sorted() {
                let rows = try Row.fetchAll(
                    db,
                    sql: """
                        SELECT id FROM \(kind.table) WHERE \(columns.joined(separator: " OR "))
                        """, arguments: [id.data])
                found.formUnion(rows.compactMap { $0.id("id").map { RecordKey(kind.number, $0) } })
            }
            let deleted = try Records.deleted(kind.number, db)
                .filter { !policy.subjects(in: $0.state).isDisjoint(with: ids) }
            found.formUnion(deleted.map(\.key))
        }
        return found
    }
}

extension KindPolicy {
    fileprivate func subjects(in state: RecordState) -> Set<RecordID> {
        Set(subjects.compactMap { state.value(of: $0.number)?.id })
    }
}

extension Commit {
    /// The records that the commit says its record is about.
    package var subjects: [RecordKey] {
        let subjects = Kinds.policy(of: key.kind)?.subjects ?? []
        return writes.flatMap { write -> [RecordKey] in
            guard let id = write.value.id,
                let subject = subjects.first(where: { $0.number == write.field })
            else { return [] }
            return Kinds.numbers(named: subject).map { RecordKey($0, id) }
        }
    }
}
