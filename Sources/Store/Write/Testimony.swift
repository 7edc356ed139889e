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
        _ keys: [RecordKey], _ entries: [Entry], _ witness: Witness?
    ) throws -> Int {
        let known = try Set(keys).filter { try !state(of: $0).cells.isEmpty }
        guard !known.isEmpty else { return 0 }
        let commits = Dictionary(grouping: entries.compactMap(\.commit), by: \.key)
        return try known.sorted().count { key in
            try reconcile(key, with: commits[key] ?? [], witness)
        }
    }

    private func reconcile(
        _ key: RecordKey, with commits: [Commit], _ witness: Witness?
    ) throws -> Bool {
        var theirs = RecordState()
        let died = commits.flatMap { theirs.apply($0) }
        let withdrawal = try Withdrawal(from: key, in: self)
        let unsent = try unsent(on: key)
        let mine = try withdrawal.applied(to: state(of: key)).applying(unsent)
        let testimony = testimony(mine, to: theirs, unsent, witness)
        let isKept = !testimony.isEmpty && !(witness?.testifies(to: mine, of: key) ?? false)
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
        guard !isKept, let witness else { return isKept }
        let next = Dot(environment.key.device, meta.head.seq + 1)
        try commit(testimony.commits(from: next).map { (key, $0) }, by: witness.member)
        return false
    }

    /// What this notebook's member may say of what is here.
    private func testimony(
        _ mine: RecordState, to theirs: RecordState, _ unsent: [Commit], _ witness: Witness?
    ) -> Testimony {
        let mayMove = witness?.mayMove ?? false
        // What is left of an edit that was refused, on a record that nobody has: it is kept for
        // review, and only an organizer can give it a home.
        if theirs.cells.isEmpty, mine.space == nil, unsent.isEmpty, !mayMove { return Testimony() }
        let testimony = mine.testimony(to: theirs.applying(unsent))
        return theirs.cells.isEmpty || mayMove ? testimony : testimony.withoutMoves
    }
}

extension RecordState {
    fileprivate func applying(_ commits: [Commit]) -> RecordState {
        var state = self
        for commit in commits { state.apply(commit) }
        return state
    }
}
