import GRDB
package import Replication
package import Store

extension Notebook {
    /// The records that name another one, by kind: a campaign's demands, a team's members. People are
    /// left out, whom other lists show.
    package func records(naming key: RecordKey) throws -> [(kind: Kind, records: [KnownRecord])] {
        try Kinds.all.map(\.schema).compactMap { kind in
            guard kind.number != Person.kind.number else { return nil }
            let records = try records(of: kind, naming: key)
            return records.isEmpty ? nil : (kind.number, records)
        }
    }

    /// The records of a kind that name a person in one of these fields, by whichever of their linked
    /// records.
    package func records(
        of kind: KindSchema, naming person: RecordID, in fields: [FieldSchema]
    ) throws -> [KnownRecord] {
        let entries = try samePeople().all(of: person)
        let conditions = fields.map { "\"\($0.name)\" IN (\(entries.marks))" }
        return try records(
            of: kind, where: conditions.joined(separator: " OR "),
            StatementArguments(fields.flatMap { _ in entries.map(\.data) }))
    }

    private func records(of kind: KindSchema, naming key: RecordKey) throws -> [KnownRecord] {
        let fields = kind.fields.filter { Kinds.numbers(named: $0).contains(key.kind) }
        guard !fields.isEmpty else { return [] }
        let condition = fields.map { "\"\($0.name)\" = :id" }.joined(separator: " OR ")
        return try records(of: kind, where: condition, ["id": key.id.data])
    }
}
