import GRDB
package import Replication
import Store

/// Two person records that may be one person, and why.
package struct DuplicatePair: Sendable, Hashable {
    package let a: RecordID
    package let b: RecordID
    package let nameA: String
    package let nameB: String
    /// Among `phone`, `email`, `name`.
    package let reasons: [String]
}

extension Notebook {
    /// People who share a phone number, an e-mail address or a name, however they are written. In
    /// order of id.
    package func likelyDuplicates() throws -> [DuplicatePair] {
        let people = try people()
        let names = Dictionary(uniqueKeysWithValues: people.map { ($0.id, $0.name) })
        var reasons: [Pair: [String]] = [:]
        for (reason, key) in Self.likenesses {
            let groups = Dictionary(grouping: people) { key($0) ?? "" }
            for (shared, group) in groups where !shared.isEmpty && group.count > 1 {
                // A number that a whole parish shares says nothing about who is who.
                guard group.count <= 5 else { continue }
                for pair in Pair.all(of: group.map(\.id)) {
                    reasons[pair, default: []].append(reason)
                }
            }
        }
        return reasons.map { pair, reasons in
            DuplicatePair(
                a: pair.a, b: pair.b, nameA: names[pair.a] ?? "", nameB: names[pair.b] ?? "",
                reasons: reasons)
        }.sorted { ($0.a, $0.b) < ($1.a, $1.b) }
    }

    private static let likenesses: [(reason: String, key: @Sendable (Person) -> String?)] = [
        ("phone", { $0.phone.flatMap(Folding.phone) }),
        ("email", { $0.email.flatMap(Folding.email) }),
        ("name", { Folding.name($0.name) }),
    ]

    private struct Pair: Hashable {
        let a: RecordID
        let b: RecordID

        static func all(of ids: [RecordID]) -> [Pair] {
            let sorted = ids.sorted()
            return sorted.indices.flatMap { i in
                sorted[(i + 1)...].map { Pair(a: sorted[i], b: $0) }
            }
        }
    }
}
