package import Replication

/// In whose name a notebook gives back what the hub has lost.
package struct Witness: Sendable {
    package let member: MemberID
    /// Whether the hub has had time to hear of it from who wrote it.
    package let isDue: Bool
    /// Whether the member may say where a record lives that the hub knows.
    package let mayMove: Bool
    package let mayErase: Bool
    /// Whether the member may write a record at all.
    private let mayWrite: @Sendable (RecordKey) -> Bool

    package init(
        member: MemberID, isDue: Bool, mayMove: Bool, mayErase: Bool,
        mayWrite: @escaping @Sendable (RecordKey) -> Bool
    ) {
        self.member = member
        self.isDue = isDue
        self.mayMove = mayMove
        self.mayErase = mayErase
        self.mayWrite = mayWrite
    }

    /// Whether it is time to give back what is here of a record, and the member may.
    func testifies(to state: RecordState, of key: RecordKey) -> Bool {
        isDue && mayWrite(key) && (!state.isErased || mayErase)
    }
}

extension Transaction {
    /// Compares what is here of some records with all that the hub has of them. What the hub lacks is
    /// kept, and written once more when that is due. Returns of how many records there is more here.
    func reconcile(
        _ keys: [RecordKey], _ entries: [Entry], in scope: Scope, _ witness: Witness?
    ) throws -> Int {
        let refused = try refusedCommits.unsettledRecords()
        let known = try Set(keys).filter {
            try refused.contains($0) || !state(of: $0).cells.isEmpty
        }
        guard !known.isEmpty else { return 0 }
        let commits = Dictionary(grouping: entries.compactMap(\.commit), by: \.key)
        return try known.sorted().count { key in
            try reconcile(key, with: commits[key] ?? [], in: scope, witness)
        }
    }

    private func reconcile(
        _ key: RecordKey, with commits: [Commit], in scope: Scope, _ witness: Witness?
    ) throws -> Bool {
        var theirs = RecordState()
        let died = commits.flatMap { theirs.apply($0) }
        let withdrawal = try Withdrawal(from: key, in: self)
        let unsent = try unsent(on: key)
        let mine = try withdrawal.applied(to: state(of: key)).applying(unsent)
        // What was refused of a record that belongs elsewhere waits until it is here again.
        let isOfHere = mine.isErased || scope.contains(mine.space ?? Space.organizers)
        if theirs.cells.isEmpty, unsent.isEmpty, !mine.cells.isEmpty, !isOfHere {
            try drop(key)
            return false
        }
        let testimony = testimony(mine, to: theirs, unsent, witness)
        let isKept = !testimony.isEmpty && !(witness?.testifies(to: mine, of: key) ?? false)
        try refusedCommits.settle(
            refusedCommits.on(key).filter { try !isKept || !isOfLost($0) })
        if theirs.cells.isEmpty, testimony.isEmpty, unsent.isEmpty {
            try drop(key)
            return false
        }
        // History stays: what died here is not forgotten.
        let state = isKept ? mine : theirs
        try edit(key) {
            $0 = state
            return died
        }
        try read { _ in try withdrawal.finish(state) }
        if !isKept, let witness { try give(testimony, of: key, by: witness.member) }
        return isKept
    }

    /// What this notebook's member may say of what is here.
    private func testimony(
        _ mine: RecordState, to theirs: RecordState, _ unsent: [Commit], _ witness: Witness?
    ) -> Testimony {
        let mayMove = witness?.mayMove ?? false
        // What is left of an edit that was refused, on a record that nobody has: it is kept for
        // review, and only an organizer can give it a home.
        if theirs.cells.isEmpty, mine.space == nil, unsent.isEmpty, !mayMove { return Testimony() }
        let testimony = mine.testimony(to: theirs.applying(unsent), namingLost: mayMove)
        return theirs.cells.isEmpty || mayMove ? testimony : testimony.withoutMoves
    }

    /// Writes it once more, in as many acts as it takes.
    private func give(
        _ testimony: Testimony, of key: RecordKey, by member: MemberID
    ) throws {
        let next = Dot(environment.key.device, meta.head.seq + 1)
        for act in testimony.acts(from: next) {
            let first = meta.head.seq + 1
            try commit(act, on: key, movedAt: testimony.movedAt, by: member)
            for seq in first...meta.head.seq { try OwnLog.noteGivenBack(seq, db) }
        }
    }
}

extension RecordState {
    fileprivate func applying(_ commits: [Commit]) -> RecordState {
        var state = self
        for commit in commits { state.apply(commit) }
        return state
    }
}
