package import Replication

/// In whose name a notebook gives back what the hub has lost.
package struct Witness: Sendable {
    package let member: MemberID
    /// Whether the hub has had time to hear of it from who wrote it.
    package let isDue: Bool
    /// Whether the member may say where a record lives that the hub knows.
    package let mayMove: Bool
    package let mayErase: Bool

    package init(member: MemberID, isDue: Bool, mayMove: Bool, mayErase: Bool) {
        self.member = member
        self.isDue = isDue
        self.mayMove = mayMove
        self.mayErase = mayErase
    }
}

extension Transaction {
    /// Compares what is here of some records with all that the hub has of them. What the hub lacks is
    /// kept, and written once more when that is due. Returns of how many records there is more here.
    func reconcile(
        _ keys: Set<RecordKey>, _ entries: [Entry], _ witness: Witness?
    ) throws -> Int {
        guard !keys.isEmpty else { return 0 }
        let commits = Dictionary(grouping: entries.compactMap(\.commit), by: \.key)
        return try keys.sorted().count { key in
            try reconcile(key, with: commits[key] ?? [], witness)
        }
    }

    private func reconcile(
        _ key: RecordKey, with commits: [Commit], _ witness: Witness?
    ) throws -> Bool {
        var theirs = RecordState()
        let died = commits.flatMap { theirs.apply($0) }
        let unsent = try unsent(on: key)
        let mine = try state(of: key)
        // What is left of an edit that was refused, on a record that nobody has: it is kept for
        // review, and only an organizer can give it a home.
        if theirs.cells.isEmpty, mine.space == nil, unsent.isEmpty, !(witness?.mayMove ?? false) {
            try drop(key)
            return false
        }
        var both = theirs
        for commit in unsent { both.apply(commit) }
        var testimony = mine.testimony(to: both)
        if !theirs.cells.isEmpty, !(witness?.mayMove ?? false) {
            testimony = testimony.withoutMoves
        }
        let mayTestify = witness?.isDue ?? false && (!mine.isErased || witness?.mayErase ?? false)
        guard testimony.isEmpty || mayTestify else { return true }
        if theirs.cells.isEmpty, testimony.isEmpty, unsent.isEmpty {
            try drop(key)
            return false
        }
        // History stays: what died here is not forgotten.
        try edit(key) { state in
            state = theirs
            return died
        }
        if let witness {
            let next = Dot(environment.key.device, meta.head.seq + 1)
            try commit(testimony.commits(from: next).map { (key, $0) }, by: witness.member)
        }
        return false
    }
}
