import GRDB
package import Replication

/// What became of a hub's answer.
package struct Received: Equatable, Sendable {
    /// Commits merged.
    package var commits = 0
    /// Own commits newly refused.
    package var refused = 0
    /// Records of which there is more here than the hub has.
    package var apart = 0
    /// Records that left.
    package var left = 0
    /// The hub has refused something that it has lost and that was to be given back.
    package var isGiftRefused = false
    /// Records that came whole, or that the hub does not know.
    package var whole = 0
    /// The hub was put back from a backup since the last answer.
    package var isRestored = false
    /// The page was put back, because an unsent edit touches a record that leaves. The edit goes
    /// up first; then the page comes again.
    package var isHeld = false

    package init() {}
}

extension Transaction {
    /// Begins to read a hub's log where the cursor says. Who knows that log already goes on from
    /// where they are, and what is here of spaces that they may no longer read goes with the next
    /// answer.
    package func startReading(_ cursor: Replication.Cursor) throws {
        guard let known = meta.cursor else {
            meta.cursor = cursor
            return
        }
        guard known.hub != cursor.hub else { return }
        try endSnapshot()
        meta.cursor = Replication.Cursor(hub: cursor.hub, epoch: cursor.epoch)
            .covering(known.scope)
    }

    /// Stores a hub's answer: acknowledgement, refusals, page, cursor and spaces together.
    ///
    /// Throws `StoreError.forked` when the hub's chain of this device is not the one in this file.
    package func receive(
        _ answer: SyncAnswer, witness: Witness? = nil
    ) throws -> Received {
        var received = Received()
        received.isRestored = meta.cursor.map { $0.epoch != answer.cursor.epoch } ?? false
        let (letIn, last) = (meta.sentOnce, meta.acknowledged.seq)
        try acknowledge(answer)
        received.isGiftRefused = try answer.refused.contains {
            try $0.seq > meta.refusalsSeen && OwnLog.isGivenBack($0.seq, db)
        }
        received.refused = try note(answer.refused, letIn: letIn, witness)
        let heard = answer.refused.count < Self.mostRefused ? meta.acknowledged.seq : 0
        try OwnLog.forgetGivenBack(upTo: heard, db)
        if let old = meta.cursor?.scope, old != answer.cursor.scope {
            // What was refused for something lost may belong here again.
            for key in try refusedCommits.unsettledRecords() { try Wanted.insert(key, db) }
        }
        // What was written for a turf that its leader had in between: the hub says whether it stays.
        for key in try sent(after: last, outside: answer.cursor.scope) {
            try Wanted.insert(key, db)
        }
        let outside = try recordsOutside(answer.cursor.scope)
        if try (answer.leave + outside).contains(where: isUnsent) {
            received.isHeld = true
            return received
        }
        // What only seems to be outside, by a move that was refused, stays wanted. So is what others may
        // have brought inside: of what this device wrote itself the hub would send the rest alone.
        for key in outside { try drop(key) }
        if !outside.isEmpty {
            let own = try OwnLog.records(upTo: meta.acknowledged.seq, db)
            for key in own.intersection(outside) { try Wanted.insert(key, db) }
        }
        for key in answer.leave {
            try drop(key)
            try Wanted.remove(key, db)
        }
        let whole = answer.enter + answer.unknown
        received.whole = whole.count
        for key in whole { try Wanted.remove(key, db) }
        received.apart = try reconcile(
            whole, answer.entries, in: answer.cursor.scope, witness)
        for case .commit(let commit) in answer.entries {
            try merge(commit)
            try noteMove(in: commit)
            received.commits += 1
        }
        for key in whole { try reapplyUnsent(key) }
        received.left = answer.leave.count + outside.count
        // A page goes on without the snapshot; what is outside may be of its blocks.
        if answer.cursor.positions != meta.cursor?.positions { try endSnapshot() }
        meta.cursor = answer.cursor
        if let snapshot = answer.snapshot { try begin(snapshot) }
        return received
    }

    /// An answer with so many refusals may not be the last.
    private static let mostRefused = 1000

    var device: DeviceID { environment.key.device }

    /// Takes the hub's word for how much it has, once its chain is the one in this file.
    private func acknowledge(_ answer: SyncAnswer) throws {
        let theirs = answer.acknowledged
        guard try chainHash(at: theirs.seq) == theirs.hash else {
            throw StoreError.forked(theirs.seq)
        }
        if theirs.seq > meta.acknowledged.seq { try newSecret(from: meta.head.seq + 1) }
        if theirs.seq < meta.acknowledged.seq {
            meta.refusalsSeen = min(meta.refusalsSeen, theirs.seq)
        }
        meta.acknowledged = theirs
        meta.sentOnce = max(meta.sentOnce, theirs.seq)
        // The hub's clock says that ours was ahead: what is written next need not be.
        if let last = answer.lowered.map(\.effective).max() { clock = HybridClock(last: last) }
        for lowered in answer.lowered where lowered.seq <= meta.head.seq {
            try OwnLog.lower(lowered.seq, to: lowered.effective, db)
            guard let commit = try OwnLog.commit(of: device, at: lowered.seq, db),
                // The record may have left since.
                try !state(of: commit.key).cells.isEmpty
            else { continue }
            try edit(commit.key) { state in
                state.lower(commit.dot, to: lowered.effective)
                return []
            }
        }
    }

    /// The hash of this device's own chain up to `seq`; nil beyond its end.
    private func chainHash(at seq: Seq) throws -> Digest? {
        if seq == meta.acknowledged.seq { return meta.acknowledged.hash }
        guard seq <= meta.head.seq else { return nil }
        var head = seq > meta.acknowledged.seq ? meta.acknowledged : ChainHead()
        try OwnLog.forEach(of: device, from: head.seq + 1, db) { row in
            guard head.seq < seq else { return false }
            head = head.appending(row.digest)
            return true
        }
        return head.seq == seq ? head.hash : nil
    }

    /// Keeps refusals for review, and wants the records that they touch sent whole: what is here
    /// of them holds a write that nobody else will ever have. Up to `letIn` the hub had acknowledged
    /// all before.
    @discardableResult
    func note(
        _ refusals: [Refusal], letIn: Seq = 0, _ witness: Witness? = nil
    ) throws -> Int {
        var news: [Dot: RecordKey] = [:]
        let inOrder = refusals.sorted { $0.seq < $1.seq }
        for refusal in inOrder where refusal.seq > meta.refusalsSeen {
            guard let commit = try OwnLog.commit(of: device, at: refusal.seq, db) else { continue }
            let isGiven = try OwnLog.isGivenBack(refusal.seq, db)
            try keep(refusal, wasLetIn: refusal.seq <= letIn || isGiven)
            if refusal.rule == "erased" { try forgetErased(commit) }
            news[commit.dot] = commit.key
            meta.refusalsSeen = refusal.seq
        }
        for key in Set(news.values) {
            let refused = try refusedCommits.on(key).filter { news[$0.commit.dot] != nil }
            if try isWanted(refused, witness) { try Wanted.insert(key, db) }
        }
        return news.count
    }

    /// What others had erased, or is about that, is not to be here either. An edit that made an older
    /// record be about somebody who was erased goes alone.
    private func forgetErased(_ commit: Commit) throws {
        let refused = try refusedCommits.on(commit.key).filter { $0.rule == "erased" }
        // What is given back has a commit of its own that makes the record.
        let makes = try OwnLog.commits(of: device, on: commit.key, after: 0, db).contains {
            $0.transaction == commit.transaction && $0.makesRecord
        }
        guard !makes, let one = refused.first(where: { $0.commit.dot == commit.dot }),
            refused.allSatisfy({ $0.isSettled || $0.commit.dot == commit.dot })
        else { return try eraseRefused(commit.key) }
        let rowID = try read { try Records.find(commit.key, $0)?.rowID }
        let withdrawal = Withdrawal(of: [one], rowID: rowID, db)
        let state = try withdrawal.applied(to: state(of: commit.key))
        if state.cells.isEmpty {
            try drop(commit.key)
        } else {
            try edit(commit.key) {
                $0 = state
                return []
            }
            try read { _ in try withdrawal.finish(state) }
        }
        try OwnLog.erase(commit.dot.seq, db)
        try refusedCommits.settle([one])
        hasErased = true
        mustScrub = true
    }

    /// What is refused again keeps its rule. It was unsent, and so here, once more.
    private func keep(_ refusal: Refusal, wasLetIn: Bool) throws {
        try db.run(
            """
            INSERT INTO refusal(device, seq, rule, at, wasLetIn) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET isSettled = 0
            """,
            [
                Int64(bitPattern: device.rawValue), Int64(refusal.seq), refusal.rule,
                Int64(environment.milliseconds()), wasLetIn,
            ])
    }

    /// A record of which the hub has lost something is not to lose it here too. Who gives it back does
    /// so once in an exchange: what is refused of that, the next one compares.
    private func isWanted(_ news: [RefusedCommits.One], _ witness: Witness?) throws -> Bool {
        guard witness?.isDue ?? false else { return true }
        return try news.contains { try !isOfLost($0) }
    }

    /// Own commits on a record that the hub has yet to acknowledge.
    func unsent(on key: RecordKey) throws -> [Commit] {
        try OwnLog.commits(of: device, on: key, after: meta.acknowledged.seq, db)
    }

    private func isUnsent(_ key: RecordKey) throws -> Bool { try !unsent(on: key).isEmpty }

    private func reapplyUnsent(_ key: RecordKey) throws {
        for commit in try unsent(on: key) { try merge(commit) }
    }

    /// What is here of spaces that the device may no longer read.
    private func recordsOutside(_ scope: Scope) throws -> [RecordKey] {
        guard let old = meta.cursor?.scope, old != scope, case .spaces(let spaces) = scope else {
            return []
        }
        let marks = spaces.map { _ in "?" }.joined(separator: ",")
        return try read { db in
            var row = try FastStatement(
                db, "SELECT kind, id FROM record WHERE space NOT IN (\(marks))")
            for space in spaces { row.bind(space.bytes) }
            var keys: [RecordKey] = []
            while try row.step() { keys.append(RecordKey(try row.number(0), try row.id(1))) }
            return keys
        }
    }

    /// What the hub has let in just now, and not refused.
    private func sent(after seq: Seq, outside scope: Scope) throws -> [RecordKey] {
        guard meta.acknowledged.seq > seq, scope != .everything else { return [] }
        var keys: Set<RecordKey> = []
        try OwnLog.forEach(of: device, from: seq + 1, db) { row in
            guard row.commit.dot.seq <= meta.acknowledged.seq else { return false }
            keys.insert(row.commit.key)
            return true
        }
        return try keys.subtracting(refusedCommits.unsettledRecords()).sorted()
            .filter { key in
                let state = try state(of: key)
                return !state.cells.isEmpty && !state.isErased
                    && !scope.contains(state.space ?? Space.organizers)
            }
    }
}
