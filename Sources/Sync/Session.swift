package import Notebook
package import Replication
package import Store

/// What an exchange did.
package struct SyncReport: Sendable, Equatable {
    /// Own commits that the hub took.
    package var sent: UInt64 = 0
    /// Others' commits that came.
    package var received = 0
    /// How far the hub's snapshot has been fetched; nil where the log alone is read.
    package var bootstrap: BootstrapProgress?
    /// Own commits that the hub refused.
    package var refused = 0
    /// Records that left this notebook.
    package var left = 0
    /// Own commits that were issued anew under a new key, because the notebook had been copied or
    /// restored; nil when it goes on as the device that it was.
    package var reissued: Int?
    /// Records that were not the same here and on the hub, and are now.
    package var repaired = 0
    /// Records of which there is more here than the hub has, which was put back from a backup. What
    /// nobody else brings in a week, this notebook gives back.
    package var apart = 0
    /// The hub was put back from a backup since the last exchange.
    package var isRestored = false
    /// The hub's last word on all that this notebook may read.
    var fingerprint: Fingerprint?
    package var traffic = Traffic()
    /// Both sides have all that the other may see, as far as this one knows.
    package var isEven = false
}

/// One exchange with a hub, to the end: push and pull, page by page, until both are even.
package struct Session: Sendable {
    private let notebook: Notebook
    private let congregation: RecordID
    private let transport: any Transport
    private let progress: @Sendable (SyncReport) -> Void

    package init(
        notebook: Notebook, congregation: RecordID, transport: any Transport,
        progress: @escaping @Sendable (SyncReport) -> Void = { _ in }
    ) {
        self.notebook = notebook
        self.congregation = congregation
        self.transport = transport
        self.progress = progress
    }

    /// Runs to the end, and adds to a report what was done. Whatever an interrupted run has stored
    /// stays; the next goes on from there.
    package func run(nonce: String, _ report: inout SyncReport) async throws {
        var nonce = nonce
        try await exchangeUntilEven(&report, &nonce)
        try await compare(&report, &nonce)
        if try writeWhatFollows() > 0 {
            try await exchangeUntilEven(&report, &nonce)
            try await compare(&report, &nonce)
        }
        report.isEven = report.apart == 0
    }

    /// What was written here about people who moved meanwhile follows them, and what is about somebody
    /// who was erased goes too. Returns how many records that concerned.
    private func writeWhatFollows() throws -> Int {
        // While the hub may know otherwise where they live, it would move everything back.
        let followed = try notebook.isApart ? 0 : notebook.followMovedPeople()
        return try followed + (isAdmin ? notebook.eraseWhatIsAboutTheErased() : 0)
    }

    private var isAdmin: Bool {
        get throws { try Membership(of: notebook.store)?.roles.contains("admin") ?? false }
    }

    /// Who stands at one place of the log has one fingerprint, or something went wrong: then the
    /// records that differ are exchanged whole. Who has sent something was not told it, and asks now
    /// and then.
    private func compare(_ report: inout SyncReport, _ nonce: inout String) async throws {
        let mine = try notebook.store.fingerprint()
        if report.fingerprint == mine, mine != nil { return try notebook.noteSame() }
        guard try mine != nil && (report.fingerprint != nil || notebook.isToCompare) else { return }
        let repair = Repair(store: notebook.store, transport: transport)
        let found: Set<RecordKey>?
        do {
            found = try await repair.differences(&nonce, &report.traffic)
        } catch SyncError.unreachable where report.fingerprint == nil {
            // Everything has been exchanged. Another time compares.
            return
        }
        guard let records = found, !records.isEmpty else {
            try notebook.store.write { try Membership.keep(nonce: nonce, $0) }
            return found == nil ? () : try notebook.noteSame()
        }
        try notebook.noteApart()
        try notebook.store.compare(records)
        report.apart = 0
        report.repaired = records.count
        try await exchangeUntilEven(&report, &nonce)
        report.repaired -= report.apart
    }

    private func exchangeUntilEven(_ report: inout SyncReport, _ nonce: inout String) async throws {
        var idleRounds = 0
        var maxCommits = 4096
        /// Why the hub takes nothing now; what it has comes all the same.
        var withheld: SyncError?
        while true {
            let outgoing = try notebook.store.request(for: congregation, maxCommits: maxCommits)
            let request = withheld == nil ? outgoing : outgoing.withoutPush
            let exchanged: Exchanged
            do {
                exchanged = try await transport.exchange(request, nonce: nonce)
            } catch SyncError.actTooLarge where maxCommits > 1 {
                maxCommits /= 2
                continue
            } catch SyncError.cut(let url, let reason) {
                let sent = request.push?.entries.count ?? 0
                guard sent > 1 else { throw SyncError.unreachable(url: url, reason: reason) }
                maxCommits = sent / 2
                continue
            } catch SyncError.busy(let url) where request.push != nil {
                withheld = .busy(url: url)
                continue
            } catch SyncError.refused("gap", _) where request.push != nil {
                // The hub has less than it once said: hear what it has, then send the rest again.
                exchanged = try await transport.exchange(request.withoutPush, nonce: nonce)
            }
            nonce = exchanged.nextNonce
            let outcome = try store(exchanged, to: request)
            let (received, before, after) = (outcome.received, outcome.before, outcome.after)
            report.add(exchanged, received, before, after)
            progress(report)
            let stored = try await fetchSnapshot(&report, &nonce)
            if try isEven(exchanged.answer, received) { return }
            if let withheld, !exchanged.answer.more || received.isHeld { throw withheld }
            // Out of turn: another program is getting on.
            let moved =
                !outcome.isInTurn || before.cursor != after.cursor
                || before.acknowledged != after.acknowledged
                || received.commits > 0 || received.left > 0 || received.whole > 0 || stored > 0
            idleRounds = moved ? 0 : idleRounds + 1
            guard idleRounds < 3 else { throw SyncError.stuck }
        }
    }

    /// Fetches what the hub has offered in place of a page. Returns how many blocks came.
    ///
    /// A line that breaks now and then gets everything through: as long as something comes between two
    /// breaks, the rest is asked for.
    private func fetchSnapshot(
        _ report: inout SyncReport, _ nonce: inout String
    ) async throws -> Int {
        let bootstrap = Bootstrap(notebook: notebook, transport: transport)
        var stored = 0
        var hasCome = false
        while true {
            do {
                switch try await bootstrap.step(&nonce, &report.traffic) {
                case .took(let received, let progress):
                    stored += 1
                    report.received += received.commits
                    report.bootstrap = progress
                    self.progress(report)
                case .tookPart: break
                case .isGone, .isDone: return stored
                }
                hasCome = true
            } catch SyncError.unreachable where hasCome {
                hasCome = false
            }
        }
    }

    /// What became of an answer, and where the notebook stood before and after.
    private struct Outcome {
        let received: Received
        let isInTurn: Bool
        let before: Meta
        let after: Meta
    }

    /// The answer, the next nonce and the time, in one transaction.
    ///
    /// Another program may have exchanged meanwhile. Then the page is not for where the notebook
    /// stands now, and could take back what it has learned: only the acknowledgement is kept.
    private func store(
        _ exchanged: Exchanged, to request: SyncRequest
    ) throws -> Outcome {
        let now = notebook.store.environment.milliseconds()
        return try notebook.store.write { transaction in
            let before = transaction.meta
            let isInTurn = before.cursor == request.cursor
            let answer = exchanged.answer
            if let epoch = before.cursor?.epoch, epoch != answer.cursor.epoch {
                try Notebook.forgetWhatWasCompared(transaction)
            }
            var received = try transaction.receive(
                isInTurn ? answer : answer.withoutPage(at: transaction.meta.cursor),
                witness: try notebook.witness(answer.roles, transaction))
            received.isHeld = received.isHeld || !isInTurn
            if received.isGiftRefused { try notebook.waitToGiveBack(transaction) }
            try transaction.eraseRefused(about: \.subjects)
            try Membership.keep(
                roles: exchanged.answer.roles, nonce: exchanged.nextNonce, transaction)
            if !exchanged.answer.more { try Membership.noteSync(now, transaction) }
            return Outcome(
                received: received, isInTurn: isInTurn, before: before, after: transaction.meta)
        }
    }

    private func isEven(_ answer: SyncAnswer, _ received: Received) throws -> Bool {
        guard !answer.more, !received.isHeld else { return false }
        let next = try notebook.store.request(for: congregation, maxCommits: 1)
        return next.push == nil && next.wanted.isEmpty
    }
}

extension SyncReport {
    fileprivate mutating func add(
        _ exchanged: Exchanged, _ received: Received, _ before: Meta, _ after: Meta
    ) {
        if after.acknowledged.seq > before.acknowledged.seq {
            sent += after.acknowledged.seq - before.acknowledged.seq
        }
        fingerprint = exchanged.answer.fingerprint
        isRestored = isRestored || received.isRestored
        apart += received.apart
        self.received += received.commits
        refused += received.refused
        left += received.left
        traffic += exchanged.traffic
    }
}

extension SyncAnswer {
    /// The acknowledgement and the refusals alone, for a device that stands elsewhere.
    fileprivate func withoutPage(at cursor: Replication.Cursor?) -> SyncAnswer {
        var answer = self
        answer.cursor = cursor ?? answer.cursor
        answer.entries = []
        answer.leave = []
        answer.enter = []
        answer.unknown = []
        answer.snapshot = nil
        return answer
    }
}

extension SyncRequest {
    /// The same question without anything to store.
    fileprivate var withoutPush: SyncRequest {
        var request = self
        request.push = nil
        return request
    }
}
