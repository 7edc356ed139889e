package import Replication
import Store
import Wording

/// Two person records that are called one person and two. Until somebody settles it, they are shown
/// as two.
package struct ContestedPair: Sendable, Hashable {
    package let a: RecordID
    package let b: RecordID
    package let nameA: String
    package let nameB: String
    /// The records, one linked to the next, that make one person of those two; empty when it is said
    /// of the two themselves, and so a conflict like others.
    package let chain: [RecordID]
}

extension Notebook {
    /// The pairs of which somebody says this and somebody that, in order of id.
    package func contestedPairs() throws -> [ContestedPair] {
        let people = try samePeople()
        return try people.contested.map { pair in
            ContestedPair(
                a: pair.a, b: pair.b, nameA: try entry(pair.a)?.name ?? said("somebody"),
                nameB: try entry(pair.b)?.name ?? said("somebody"),
                chain: people.isCalledSame(pair) ? [] : people.path(between: pair) ?? [])
        }
    }
}
