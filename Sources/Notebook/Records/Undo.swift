import GRDB
package import Replication
import Store

/// What was taken back, and what was not because somebody has changed it since.
package struct Undone: Sendable {
    /// A record by the title that it had before: what it names may be taken back with it.
    package struct Record: Sendable, Hashable {
        package let key: RecordKey
        package let title: Title
    }

    package let records: [Record]
    package let kept: [Record]
}

extension Notebook {
    /// Takes back the last thing that this notebook's member did on this laptop, by an act of its own:
    /// what others did since stays. Called again, it goes one further back. Throws
    /// `NotebookError.nothingToUndo`.
    package func undo() throws -> Undone {
        try store.write { transaction in
            let last = Undoing.Mark(try transaction.setting(Undoing.setting))
            let head = transaction.meta.head.seq
            let before = last.flatMap { $0.undo == head ? $0.undone : nil } ?? head + 1
            let commits = try transaction.read { db in
                try OwnCommits.lastAct(before: before, by: me.member, of: store.device, db)
            }
            let undoing = try transaction.read { try Undoing(commits, $0) }
            guard let first = commits.first, !undoing.edits.isEmpty || !undoing.kept.isEmpty else {
                throw NotebookError.nothingToUndo
            }
            let titled = { (keys: [RecordKey]) in
                try transaction.read { db in
                    try keys.uniqued.map {
                        Undone.Record(
                            key: $0,
                            title: try Titles.title(of: $0, db, today) ?? Title($0.id.shortened))
                    }
                }
            }
            let undone = Undone(
                records: try titled(undoing.edits.map(\.key)), kept: try titled(undoing.kept))
            try transaction.commit(undoing.edits, by: me.member)
            try transaction.setSetting(
                Undoing.setting,
                Undoing.Mark(undo: transaction.meta.head.seq, undone: first.dot.seq).text)
            return undone
        }
    }
}

/// The edits that take an act back.
private struct Undoing {
    static let setting = "undo"

    private(set) var edits: [Edit] = []
    /// Records of which something was changed since.
    private(set) var kept: [RecordKey] = []

    /// The last undo, and the first commit of the act that it took back.
    struct Mark {
        let undo: Seq
        let undone: Seq

        init(undo: Seq, undone: Seq) {
            self.undo = undo
            self.undone = undone
        }

        init?(_ text: String?) {
            let numbers = text?.split(separator: " ").compactMap { Seq($0) } ?? []
            guard numbers.count == 2 else { return nil }
            (undo, undone) = (numbers[0], numbers[1])
        }

        var text: String { "\(undo) \(undone)" }
    }

    init(_ commits: [Commit], _ db: Database) throws {
        let dots = Set(commits.map(\.dot))
        // What was done last is taken back first.
        for commit in commits.reversed() {
            guard Kinds.policy(of: commit.key.kind) != nil, commit.key.kind != Member.kind.number,
                !commit.erases, let state = try Records.state(of: commit.key, db)
            else { continue }
            if commit.makesRecord {
                try takeBack(commit.key, state, dots)
            } else {
                try takeBack(commit, state, db)
            }
        }
    }

    /// A record that the act made goes, if nobody has written in it since.
    private mutating func takeBack(
        _ key: RecordKey, _ state: RecordState, _ dots: Set<Dot>
    ) throws {
        let isUntouched = state.cells.allSatisfy { $0.live.allSatisfy { dots.contains($0.dot) } }
        guard isUntouched else { return kept.append(key) }
        edits.append(Edit(key, [.delete]))
    }

    private mutating func takeBack(_ commit: Commit, _ state: RecordState, _ db: Database) throws {
        for write in commit.writes {
            guard state[write.cell]?.live.map(\.dot) == [commit.dot] else {
                kept.append(commit.key)
                continue
            }
            guard let change = try write.opposite(in: commit.key, db) else { continue }
            edits.append(Edit(commit.key, [change]))
        }
    }
}

extension Commit {
    /// Whether the record was not there before.
    fileprivate var makesRecord: Bool {
        writes.contains { $0.field == CommonField.space && $0.overwrites.isEmpty }
    }
}

extension Sequence where Element: Hashable {
    /// Each once, in the order of the first.
    fileprivate var uniqued: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
