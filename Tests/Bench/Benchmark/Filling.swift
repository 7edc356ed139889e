import Histories
import Notebook
import Replication
import Store

/// Writes records into a notebook, many in one transaction.
struct Filling {
    private static let batch = 500

    private let notebook: Notebook
    private var random: SplitMix64
    private var waiting: [Edit] = []
    /// The day on which the notebook is full.
    let today: Day

    init(_ notebook: Notebook, seed: UInt64) {
        self.notebook = notebook
        today = notebook.today
        random = SplitMix64(seed: seed)
    }

    mutating func one<Element>(of elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &random)]
    }

    /// A day among the last ones.
    mutating func day(within days: Int64) -> Int64 {
        (today + -Int64.random(in: 0..<days, using: &random)).number
    }

    @discardableResult
    mutating func add(
        _ kind: KindSchema, _ changes: [Change], home: SpaceID = Space.organizers
    ) throws -> RecordID {
        let id = notebook.store.environment.newID()
        waiting.append(Edit(RecordKey(kind.number, id), home: home, changes))
        if waiting.count == Self.batch { try finish() }
        return id
    }

    /// Changes a record that was added.
    mutating func edit(_ key: RecordKey, _ changes: [Change]) throws {
        waiting.append(Edit(key, changes))
        if waiting.count == Self.batch { try finish() }
    }

    mutating func finish() throws {
        try notebook.store.write { transaction in
            for edit in waiting { try transaction.commit([edit], by: notebook.me.member) }
        }
        waiting = []
    }
}
