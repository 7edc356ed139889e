import GRDB
package import Replication
import Store

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

    private func records(of kind: KindSchema, naming key: RecordKey) throws -> [KnownRecord] {
        let fields = kind.fields.filter { Kinds.numbers(named: $0).contains(key.kind) }
        guard !fields.isEmpty else { return [] }
        let condition = fields.map { "\"\($0.name)\" = :id" }.joined(separator: " OR ")
        return try records(of: kind, where: condition, ["id": key.id.data])
    }
}
