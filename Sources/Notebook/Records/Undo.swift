import GRDB
package import Replication
import Store

/// What was taken back, and what was not because somebody has changed it since.
package struct Undone: Sendable {
    /// A record by the title that it had before: what it names may be taken back with it.
    package struct Record: Sendable, Hashable {
        package let key: RecordKey
        package let title: Title
        /// The fields that were set back; none when the record as a whole was made or deleted.
        package let fields: [String]
        /// What became of the record as a whole; nil when it is here as before.
        package let fate: Fate?
        /// Where it was put back: a turf, or with the organizers; nil when it stayed where it is.
        package let space: SpaceID?

        /// Whether it only went where its person went.
        package var isFollower: Bool {
            space != nil && fate == nil && fields.count == 1 && Kinds.isFollower(key.kind)
        }
    }

    package enum Fate: Sendable, Hashable {
        /// It was made, and is gone.
        case unmade
        /// It was deleted, and is here again.
        case isBack
        /// It was brought back, and is deleted again.
        case isDeletedAgain
    }

    package let records: [Record]
    package let kept: [Record]
    /// What was done last was to erase, which stays; again, undo goes on with what came before.
    package var isOfErased = false
    /// What was done last was to take an import back; again, undo goes on with what came before.
    package var isOfImport = false
    /// A conflict that was settled is open again.
    package var isUnsettled = false
}

extension Notebook {
    /// Takes back the last thing that this notebook's member did on this laptop, by an act of its own:
    /// what others did since stays. Called again, it goes one further back; what it took back once it
    /// leaves alone. Throws `NotebookError.nothingToUndo`, and `.lastIsImport` when an import comes
    /// first, which is taken back as a whole.
    package func undo() throws -> Undone {
        try store.write { transaction in
            var passed = try Passed(transaction.setting(Passed.setting), store.device)
            let start = transaction.meta.head.seq + 1
            if try transaction.read({ try passes(takingBackOfImport: start, &passed, $0) }) {
                try transaction.setSetting(Passed.setting, passed.text)
                return Undone(records: [], kept: [], isOfImport: true)
            }
            guard let act = try transaction.read({ try last(before: start, passed, $0) }) else {
                throw NotebookError.nothingToUndo
            }
            guard !act.isErasure else {
                try pass(act, &passed, transaction)
                return Undone(records: [], kept: [], isOfErased: true)
            }
            let undoing = try transaction.read { try Undoing(act.commits, passed, $0) }
            let undone = try transaction.read { db in
                Undone(
                    records: try records(undoing.edits + undoing.unsettling, undoing.unmade, db),
                    kept: try records(undoing.kept.map { Edit($0, []) }, [], db),
                    isUnsettled: !undoing.unsettling.isEmpty)
            }
            try transaction.commit(undoing.edits, by: me.member)
            for edit in undoing.unsettling { try transaction.commit([edit], by: me.member) }
            // Also when nothing could be taken back: the next one goes further.
            let own = transaction.meta.head.seq >= start ? start...transaction.meta.head.seq : nil
            passed.note(own ?? act.places, until: act.places.lowerBound)
            try transaction.setSetting(Passed.setting, passed.text)
            return undone
        }
    }

    /// Passes over an erasure, which takes an act for each record that is about somebody.
    private func pass(
        _ erasure: OwnCommits.Act, _ passed: inout Passed, _ transaction: Transaction
    ) throws {
        var act: OwnCommits.Act? = erasure
        while let erasure = act, erasure.isErasure {
            passed.note(erasure.places, until: erasure.places.lowerBound)
            act = try transaction.read {
                try OwnCommits.lastAct(
                    before: erasure.places.lowerBound, by: me.member, of: store.device, $0)
            }
        }
        try transaction.setSetting(Passed.setting, passed.text)
    }

    /// Passes over the taking back of an import, if that was done last.
    private func passes(
        takingBackOfImport start: Seq, _ passed: inout Passed, _ db: Database
    ) throws -> Bool {
        guard
            let act = try OwnCommits.lastAct(before: start, by: me.member, of: store.device, db),
            passed.place(before: act.places) == nil,
            let batch = act.commits.first(where: { $0.key.kind == ImportBatch.kind.number }),
            !batch.makesRecord
        else { return false }
        passed.note(act.places, until: try Self.start(of: batch, db))
        return true
    }

    /// The last act that there is something to take back of.
    private func last(
        before start: Seq, _ passed: Passed, _ db: Database
    ) throws -> OwnCommits.Act? {
        var before = start
        while let act = try OwnCommits.lastAct(
            before: before, by: me.member, of: store.device, db)
        {
            if let resumed = passed.place(before: act.places) {
                before = resumed
            } else if let batch = act.commits.first(where: {
                $0.key.kind == ImportBatch.kind.number
            }) {
                before = try Self.start(of: batch, db)
            } else if !act.isErasure, act.commits.allSatisfy({ !$0.canBeUndone }) {
                before = act.places.lowerBound
            } else {
                return act
            }
        }
        return nil
    }

    /// Where an import began, or its taking back. Throws when it has not been taken back.
    private static func start(of batch: Commit, _ db: Database) throws -> Seq {
        let state = try Records.state(of: batch.key, db)
        let field = batch.makesRecord ? ImportBatch.first : ImportBatch.undoneFirst
        guard state?.value(of: ImportBatch.undone.number) != nil,
            let first = state?.value(of: field.number)?.int, let start = Seq(exactly: first)
        else { throw NotebookError.lastIsImport(id: batch.key.id.shortened) }
        return start
    }

    private func records(
        _ edits: [Edit], _ unmade: Set<RecordKey>, _ db: Database
    ) throws -> [Undone.Record] {
        let changes = Dictionary(grouping: edits, by: \.key).mapValues { $0.flatMap(\.changes) }
        let titles = try Titles(SamePeople(db), db, today)
        return try edits.map(\.key).uniqued.map { key in
            let changes = changes[key] ?? []
            return Undone.Record(
                key: key, title: try titles.title(of: key) ?? Title(key.id.shortened),
                fields: changes.compactMap { $0.fieldName(of: key.kind) }.uniqued,
                fate: unmade.contains(key) ? .unmade : changes.lazy.compactMap(\.fate).first,
                space: changes.lazy.compactMap(\.space).first)
        }
    }
}

/// The acts that undo passes over: those by which it took something back, and what they took back.
private struct Passed {
    static let setting = "undo"
    /// More are not remembered.
    private static let most = 500

    private struct Act {
        let places: ClosedRange<Seq>
        /// Undo goes on before this place.
        let resumed: Seq
    }

    private let device: DeviceID
    private var acts: [Act] = []

    /// A notebook that has taken a new key has numbered its commits anew.
    init(_ text: String?, _ device: DeviceID) {
        self.device = device
        let words = text?.split(separator: " ") ?? []
        guard words.first.map(String.init) == device.description else { return }
        acts = words.dropFirst().compactMap { word in
            let numbers = word.split(separator: "-").compactMap { Seq($0) }
            guard numbers.count == 3, numbers[0] <= numbers[1] else { return nil }
            return Act(places: numbers[0]...numbers[1], resumed: numbers[2])
        }
    }

    var text: String {
        let words = acts.suffix(Self.most).map {
            "\($0.places.lowerBound)-\($0.places.upperBound)-\($0.resumed)"
        }
        return ([device.description] + words).joined(separator: " ")
    }

    mutating func note(_ places: ClosedRange<Seq>, until resumed: Seq) {
        acts.append(Act(places: places, resumed: resumed))
    }

    func place(before places: ClosedRange<Seq>) -> Seq? {
        acts.last { $0.places.overlaps(places) }?.resumed
    }

    /// Whether undo itself wrote this: nobody has changed what it put back.
    func holds(_ dot: Dot) -> Bool {
        dot.device == device && acts.contains { $0.places.contains(dot.seq) }
    }
}

/// The edits that take an act back.
private struct Undoing {
    private(set) var edits: [Edit] = []
    /// Those that open a conflict again, each an act of its own: its values stand beside each other.
    private(set) var unsettling: [Edit] = []
    /// Records that the act made.
    private(set) var unmade: Set<RecordKey> = []
    /// Records of which something was changed since.
    private(set) var kept: [RecordKey] = []
    private let passed: Passed

    init(_ commits: [Commit], _ passed: Passed, _ db: Database) throws {
        self.passed = passed
        let dots = Set(commits.map(\.dot))
        // What was done last is taken back first.
        for commit in commits.reversed() where commit.canBeUndone {
            guard let state = try Records.state(of: commit.key, db) else { continue }
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
        let isUntouched = state.cells.allSatisfy { cell in
            cell.live.allSatisfy { dots.contains($0.dot) || passed.holds($0.dot) }
        }
        guard isUntouched else { return kept.append(key) }
        unmade.insert(key)
        edits.append(Edit(key, [.delete]))
    }

    private mutating func takeBack(_ commit: Commit, _ state: RecordState, _ db: Database) throws {
        for write in commit.writes {
            let live = state[write.cell]?.live.map(\.dot) ?? []
            guard live.count == 1, live[0] == commit.dot || passed.holds(live[0]) else {
                kept.append(commit.key)
                continue
            }
            let unsettling = try write.unsettling(live[0], in: commit.key, db)
            guard unsettling.isEmpty else {
                self.unsettling += unsettling.map { Edit(commit.key, [$0]) }
                continue
            }
            guard let change = try write.opposite(in: commit.key, db) else { continue }
            edits.append(Edit(commit.key, [change]))
        }
    }
}

extension OwnCommits.Act {
    /// Whether it erased something, or wrote what was erased since.
    fileprivate var isErasure: Bool { commits.isEmpty || commits.contains(where: \.erases) }
}

extension Commit {
    fileprivate var canBeUndone: Bool {
        Kinds.policy(of: key.kind) != nil && !(key.kind == Member.kind.number && makesRecord)
            && !erases
    }
}

extension Change {
    /// The name of the field that the change is about; nil for the record as a whole.
    fileprivate func fieldName(of kind: Kind) -> String? {
        switch self {
        case .set(let field, _, _), .insert(let field, _), .remove(let field, _):
            Kinds.schema[kind]?.field(field)?.name
        case .write(let write): Kinds.schema[kind]?.field(write.field)?.name
        case .move: "space"
        case .delete, .restore: nil
        }
    }

    /// Where a change puts a record; nil for all others.
    fileprivate var space: SpaceID? {
        if case .move(let space) = self { space } else { nil }
    }

    /// What a change that takes something back makes of a record that was there before.
    fileprivate var fate: Undone.Fate? {
        switch self {
        case .delete: .isDeletedAgain
        case .restore: .isBack
        case .set, .insert, .remove, .move, .write: nil
        }
    }
}
