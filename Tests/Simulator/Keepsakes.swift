import Hub
import Notebook
import Replication
import Store

/// What the hub had taken in when it was put back from a backup, and somebody's laptop still held:
/// it must be there again in the end, whoever gives it back.
@MainActor
struct Keepsakes {
    /// A value of a cell of a record.
    private struct Value: Hashable {
        let key: RecordKey
        let cell: CellKey
        let value: Replication.Value
    }

    /// The values, each with the commit that it came from.
    private var values: [Value: Dot] = [:]

    /// To be called just before the hub loses what it took in last.
    mutating func note(_ laptops: [LaptopNode], _ hub: HubNode) throws {
        let commits = try hub.commits()
        let accepted = Dictionary(
            uniqueKeysWithValues: commits.map { ($0.dot, Self.values(of: $0)) })
        // Whoever holds what was overwritten already has only not heard of it yet.
        let overwritten = Set(commits.flatMap(\.writes).flatMap(\.overwrites))
        for laptop in laptops where laptop.role != .leader {
            try laptop.store.read { db in
                var row = try FastStatement(db, "SELECT kind, id, state FROM record")
                while try row.step() {
                    let key = RecordKey(try row.number(0), try row.id(1))
                    let state = try RecordState(encoded: row.bytes(2))
                    // What a delete has covered, nobody need give back.
                    guard state.life != .deleted else { continue }
                    for cell in state.cells where cell.key.field != CommonField.life {
                        for write in cell.live {
                            let value = Value(key: key, cell: cell.key, value: write.value)
                            // A copy of a notebook may have given the same dot to something else.
                            guard accepted[write.dot]?.contains(value) ?? false,
                                !overwritten.contains(write.dot)
                            else { continue }
                            values[value] = write.dot
                        }
                    }
                }
            }
        }
    }

    /// A notebook that is put back too may have been the only one that knew.
    mutating func forget() { values = [:] }

    /// `named` are the dots that somebody's write has named, also one that was refused; `aboutErased`
    /// the records that were refused since a person whom they are about was erased. What a laptop remembers as
    /// overwritten was so by a commit that the hub has lost, too, and in whose place another one says
    /// the same.
    func check(
        _ commits: [Commit], erased: Set<RecordKey>, named: Set<Dot>, aboutErased: Set<RecordKey>,
        _ laptops: [LaptopNode]
    ) throws {
        guard !values.isEmpty else { return }
        let deleted = Set(
            commits.filter { $0.writes.contains { $0.value == .deleted && $0.field == 1 } }
                .map(\.key))
        let found = Set(commits.flatMap(Self.values))
        for (value, dot) in values
        where !found.contains(value) && !named.contains(dot)
            && !aboutErased.contains(value.key) && !erased.contains(value.key)
            && !deleted.contains(value.key)
        {
            guard
                try !laptops.contains(where: {
                    try $0.remembersAsDead(dot, value.cell, of: value.key)
                })
            else { continue }
            throw Broken(
                "field \(value.cell.field) of \(value.key.id) was lost with the hub's log: \(value.value) of \(dot)."
            )
        }
    }

    private static func values(of commit: Commit) -> Set<Value> {
        Set(commit.writes.map { Value(key: commit.key, cell: $0.cell, value: $0.value) })
    }
}

extension LaptopNode {
    fileprivate func remembersAsDead(
        _ dot: Dot, _ cell: CellKey, of key: RecordKey
    ) throws -> Bool {
        let state = try store.read { try Records.state(of: key, $0) }
        return state?[cell]?.dead.contains(dot) ?? false
    }
}
