import GRDB
import Replication
import Store

/// Finds what this hub wants of a peer's offer: commits that are not here, or only as stubs.
struct Wanting {
    let hub: Hub
    let peer: Peer
    let db: Database

    /// What is wanted now. What is to wait is noted, and keeps nothing else back. `isGiven` says that
    /// the peer gives what it is asked for; else all that is lacking waits.
    func wanted(of offer: [PeerMessage.Runs], isGiven: Bool) throws -> [PeerMessage.Runs] {
        let offered = Dictionary(
            offer.map { ($0.device, $0.seqs) }, uniquingKeysWith: { $0.union($1) })
        let waiting = Dictionary(grouping: try Quarantine.all(of: peer.id, db), by: \.device)
        var room = Limits.offeredCommits / 2
        var wanted: [PeerMessage.Runs] = []
        for device in Set(offered.keys).union(waiting.keys).sorted() where room > 0 {
            let signer = try Signer.find(device, of: hub, db)
            let lacking = try lacking(
                offered[device] ?? SeqRuns(), of: device, head: signer?.head.seq ?? 0,
                waiting[device] ?? [])
            if lacking.isEmpty { continue }
            if try isAwaited(signer) {
                try wait(for: lacking, of: device, .awaited)
            } else if !isGiven {
                try wait(for: lacking, of: device, .missing)
            } else {
                let some = lacking.prefix(room)
                room -= some.count
                wanted.append(
                    PeerMessage.Runs(device: device, head: signer?.head.seq ?? 0, seqs: some))
            }
        }
        return wanted
    }

    /// What is lacking of a device, but for what is to wait. What has waited long enough is tried
    /// again, once.
    private func lacking(
        _ offered: SeqRuns, of device: DeviceID, head: Seq, _ waiting: [Quarantine]
    ) throws -> SeqRuns {
        let (due, early) = waiting.partitioned {
            hub.milliseconds >= $0.triedAt + Quarantine.pauseMilliseconds
        }
        if var holder = early.first(where: \.holdsDevice) {
            let all = holder.seqs.union(offered)
            guard all != holder.seqs else { return SeqRuns() }
            holder.seqs = all
            try holder.save(of: peer.id, db)
            return SeqRuns()
        }
        var seqs = due.reduce(offered) { $0.union($1.seqs) }
        for row in early { seqs = seqs.subtracting(row.seqs) }
        let lacking = try lacking(seqs, of: device, head: head)
        for var row in due {
            row.triedAt = hub.milliseconds
            let isOpen = row.seqs.seqs.contains(where: lacking.contains)
            try isOpen ? row.save(of: peer.id, db) : row.remove(of: peer.id, db)
        }
        return lacking
    }

    /// Notes why some of what was wanted did not get in, and what may get in now: the rest of a
    /// device of which some has, and what waited for its record.
    func note(_ outcome: RelayAdmission.Outcome, of wanted: [PeerMessage.Runs]) throws {
        for var row in try Quarantine.all(of: peer.id, db) {
            let isNews =
                row.holdsDevice ? outcome.grown.contains(row.device) : outcome.letIn > 0
            guard isNews, row.triedAt > 0 else { continue }
            row.triedAt = 0
            try row.save(of: peer.id, db)
        }
        for (device, seqs) in outcome.deferred {
            try wait(for: SeqRuns(seqs), of: device, .unknownRecord)
        }
        for (device, reason) in outcome.faults {
            let seqs = wanted.first { $0.device == device }?.seqs ?? SeqRuns()
            if !seqs.isEmpty { try wait(for: seqs, of: device, reason) }
        }
    }

    private func wait(
        for seqs: SeqRuns, of device: DeviceID, _ reason: Quarantine.Reason
    ) throws {
        let known = try Quarantine.all(of: peer.id, db)
            .first { $0.device == device && $0.reason == reason }
        try Quarantine(
            device: device, reason: reason, seqs: known?.seqs.union(seqs) ?? seqs,
            triedAt: hub.milliseconds
        ).save(of: peer.id, db)
    }

    private func lacking(_ seqs: SeqRuns, of device: DeviceID, head: Seq) throws -> SeqRuns {
        var lacking = seqs.seqs.filter { $0 > head }
        for range in seqs.ranges where range.lowerBound <= head {
            var statement = try FastStatement(
                db,
                """
                SELECT deviceSeq FROM log
                WHERE device = ?1 AND deviceSeq BETWEEN ?2 AND ?3 AND space IS NULL
                    AND NOT EXISTS (SELECT 1 FROM refusal
                        WHERE refusal.device = ?1 AND refusal.deviceSeq = log.deviceSeq)
                """)
            statement.bind(device.rawValue)
            statement.bind(range.lowerBound)
            statement.bind(min(range.upperBound, head))
            while try statement.step() { lacking.append(try statement.seq(0)) }
        }
        return SeqRuns(lacking)
    }

    private func isAwaited(_ signer: Signer?) throws -> Bool {
        try signer.map { try $0.isOfHere(hub) && Quarantine.isWaitingForOwn(hub, db) } ?? false
    }
}

extension Quarantine {
    /// After a restore this hub's own devices have what it has lost, and more of it than a peer: for
    /// a week they are waited for.
    static func isWaitingForOwn(_ hub: Hub, _ db: Database) throws -> Bool {
        try hub.milliseconds < Epochs.began(db) + patienceMilliseconds
    }
}

extension Array {
    fileprivate func partitioned(_ isFirst: (Element) -> Bool) -> ([Element], [Element]) {
        (filter(isFirst), filter { !isFirst($0) })
    }
}
