import GRDB
import Replication
import Store

/// Finds what this hub wants of a peer's offer: commits that are not here, or only as stubs.
struct Wanting {
    let hub: Hub
    let peer: Peer
    let db: Database

    /// What is wanted now. What is to wait is noted, and keeps nothing else back.
    func wanted(of offer: [PeerMessage.Runs]) throws -> [PeerMessage.Runs] {
        var seqs = Dictionary(
            offer.map { ($0.device, $0.seqs) }, uniquingKeysWith: { $0.union($1) })
        var waitingDevices: Set<DeviceID> = []
        for waiting in try Quarantine.all(of: peer.id, db) {
            let offered = seqs[waiting.device] ?? SeqRuns()
            if hub.milliseconds >= waiting.triedAt + Quarantine.pauseMilliseconds {
                seqs[waiting.device] = offered.union(waiting.seqs)
            } else {
                waitingDevices.insert(waiting.device)
                seqs[waiting.device] = try rest(of: offered, beside: waiting)
            }
        }
        var room = Limits.offeredCommits / 2
        return try seqs.sorted { $0.key < $1.key }.compactMap { device, seqs in
            guard room > 0 else { return nil }
            let signer = try Signer.find(device, of: hub, db)
            let lacking = try lacking(seqs, of: device, head: signer?.head.seq ?? 0)
            guard !lacking.isEmpty else {
                if !waitingDevices.contains(device) {
                    try Quarantine.remove(device, of: peer.id, db)
                }
                return nil
            }
            if try isAwaited(signer) {
                try save(device, .awaited, lacking, triedAt: hub.milliseconds)
                return nil
            }
            room -= lacking.count
            return PeerMessage.Runs(device: device, head: signer?.head.seq ?? 0, seqs: lacking)
        }
    }

    /// What need not wait with what is quarantined of its device: the chain goes on beside a commit
    /// whose record is unknown, and not past one that is wrong.
    private func rest(of offered: SeqRuns, beside waiting: Quarantine) throws -> SeqRuns {
        if waiting.reason == .unknownRecord {
            return SeqRuns(offered.seqs.filter { !waiting.seqs.contains($0) })
        }
        let all = offered.union(waiting.seqs)
        if all != waiting.seqs {
            try save(waiting.device, waiting.reason, all, triedAt: waiting.triedAt)
        }
        return SeqRuns()
    }

    /// Notes why some of what was wanted did not get in. What waits for its record's place may have
    /// it now.
    func note(_ outcome: RelayAdmission.Outcome, of wanted: [PeerMessage.Runs]) throws {
        let waiting = try Quarantine.all(of: peer.id, db).filter { $0.reason == .unknownRecord }
        if outcome.letIn > 0 {
            for one in waiting { try save(one.device, one.reason, one.seqs, triedAt: 0) }
        }
        for (device, seqs) in outcome.deferred {
            let known = waiting.first { $0.device == device }?.seqs ?? SeqRuns()
            try save(
                device, .unknownRecord, known.union(SeqRuns(seqs)), triedAt: hub.milliseconds)
        }
        for (device, reason) in outcome.faults {
            let seqs = wanted.first { $0.device == device }?.seqs ?? SeqRuns()
            if !seqs.isEmpty { try save(device, reason, seqs, triedAt: hub.milliseconds) }
        }
    }

    private func save(
        _ device: DeviceID, _ reason: Quarantine.Reason, _ seqs: SeqRuns, triedAt: UInt64
    ) throws {
        try Quarantine(device: device, reason: reason, seqs: seqs, triedAt: triedAt)
            .save(of: peer.id, db)
    }

    private func lacking(_ seqs: SeqRuns, of device: DeviceID, head: Seq) throws -> SeqRuns {
        var lacking = seqs.seqs.filter { $0 > head }
        for range in seqs.ranges where range.lowerBound <= head {
            var statement = try FastStatement(
                db,
                """
                SELECT deviceSeq FROM log
                WHERE device = ?1 AND deviceSeq BETWEEN ?2 AND ?3 AND payload IS NULL
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

    /// After a restore this hub's own devices have what it has lost, and more of it than a peer: for
    /// a week they are waited for.
    private func isAwaited(_ signer: Signer?) throws -> Bool {
        guard let signer, signer.congregation == hub.settings.congregation else { return false }
        return try hub.milliseconds < Epochs.began(db) + Quarantine.patienceMilliseconds
    }
}
