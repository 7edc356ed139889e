import Foundation
import GRDB
import Notebook
import Replication
import Store

/// Takes a peer's relay into the log, in the transaction in which the door judges it.
///
/// Each device's chain stands for itself: what is wrong with one is a reason to leave that one out,
/// and takes nothing from the others. Every commit is appended once, whoever brings it.
struct RelayAdmission {
    let hub: Hub
    let scope: PeerScope
    let db: Database

    /// What was not taken, and why.
    struct Outcome {
        var faults: [DeviceID: Quarantine.Reason] = [:]
        /// Commits on records of which nobody has told where they live.
        var deferred: [DeviceID: [Seq]] = [:]
        /// Commits that the door let in.
        var letIn = 0
    }

    func admit(_ relay: CheckedRelay) throws -> Outcome {
        var outcome = Outcome()
        let before = try HubLog.end(db)
        for device in relay.malformed { outcome.faults[device] = .form }
        var chains: [DeviceID: Chain] = [:]
        for device in relay.entries.keys where outcome.faults[device] == nil {
            chains[device] = try chain(of: device, in: relay)
            if chains[device] == nil { outcome.faults[device] = .chain }
        }
        var places = Places(db, at: hub.milliseconds)
        var deferred: [CheckedRelay.Entry] = []
        for (device, index) in relay.order where outcome.faults[device] == nil {
            guard let entry = relay.entries[device]?[index], var chain = chains[device] else {
                continue
            }
            do {
                if try !take(entry, of: &chain, &places) { deferred.append(entry) }
                chains[device] = chain
            } catch let fault as Fault {
                outcome.faults[device] = fault.reason
            }
        }
        try retake(&deferred, chains, &places)
        for entry in deferred {
            outcome.deferred[entry.dot.device, default: []].append(entry.dot.seq)
        }
        outcome.letIn = try HubLog.contentCount(after: before.seq, db)
        try places.save()
        for (device, chain) in chains {
            try chain.signer.save(head: chain.head, db)
            for entry in relay.entries[device] ?? [] where entry.dot.seq <= chain.head.seq {
                guard let signature = relay.signatures[entry.dot] else { continue }
                try PushSignatures.keep(signature, at: entry.dot, db)
            }
        }
        try announcePeopleOfNewTurfs(relay)
        return outcome
    }

    /// Takes what had to wait for what came after it.
    private func retake(
        _ deferred: inout [CheckedRelay.Entry], _ chains: [DeviceID: Chain],
        _ places: inout Places
    ) throws {
        var count = -1
        while deferred.count != count {
            count = deferred.count
            deferred = try deferred.filter { entry in
                guard var chain = chains[entry.dot.device] else { return true }
                return try !take(entry, of: &chain, &places)
            }
        }
    }

    /// What is wrong with a device's part of a relay.
    private struct Fault: Error {
        let reason: Quarantine.Reason
        init(_ reason: Quarantine.Reason) { self.reason = reason }
    }

    private struct Chain {
        let signer: Signer
        var head: ChainHead
    }

    /// A device's chain, once all that continues it is proven to be signed by it. Nil for what is
    /// not, or continues another chain than the one known here.
    private func chain(of device: DeviceID, in relay: CheckedRelay) throws -> Chain? {
        guard let entries = relay.entries[device],
            let signer = try Signer.find(device, of: hub, db) ?? newcomer(relay.devices[device])
        else { return nil }
        var head = signer.head
        var isSigned = true
        for entry in entries where entry.dot.seq > signer.head.seq {
            guard entry.dot.seq == head.seq + 1 else { return nil }
            head = head.appending(entry.digest)
            isSigned = false
            guard let signature = relay.signatures[entry.dot] else { continue }
            let message = Push.signed(head, of: device, congregation: signer.congregation)
            guard signer.publicKey.verifies(signature, of: message) else { return nil }
            isSigned = true
        }
        return isSigned ? Chain(signer: signer, head: signer.head) : nil
    }

    /// A device that nobody has told of yet.
    private func newcomer(_ device: Relay.Device?) -> Signer? {
        guard let device, !device.publicKey.isWeak else { return nil }
        return Signer(
            publicKey: device.publicKey, congregation: device.congregation, head: ChainHead(),
            isOwn: false)
    }

    /// Takes a chain's next entry, or completes one of which only the stub was known. Returns whether
    /// that is done with; what is deferred is not.
    private func take(
        _ entry: CheckedRelay.Entry, of chain: inout Chain, _ places: inout Places
    ) throws -> Bool {
        guard entry.dot.seq > chain.head.seq else {
            return try complete(entry, of: chain, &places)
        }
        chain.head = chain.head.appending(entry.digest)
        guard let commit = entry.commit else {
            try appendStub(entry)
            return true
        }
        let judgement = try judge(commit, entry, of: chain, &places)
        if judgement == .letIn {
            try append(commit, entry, &places)
        } else {
            try appendStub(entry)
        }
        return judgement != .deferred
    }

    /// Appends a commit of which only the stub was known, once its digest proves that it is the one.
    private func complete(
        _ entry: CheckedRelay.Entry, of chain: Chain, _ places: inout Places
    ) throws -> Bool {
        guard let commit = entry.commit, let known = try HubLog.stored(entry.dot, db) else {
            return true
        }
        guard known.digest == entry.digest else { throw Fault(.chain) }
        guard known.isStub else {
            try HubLog.lower(entry.dot, to: commit.effective, db)
            return true
        }
        guard try !Refusals.isRefused(entry.dot, db) else { return true }
        let judgement = try judge(commit, entry, of: chain, &places)
        if judgement == .letIn {
            try HubLog.vacate(known.seq, by: hub.identity.device, db)
            try append(commit, entry, &places)
        }
        return judgement != .deferred
    }

    private func append(
        _ commit: Commit, _ entry: CheckedRelay.Entry, _ places: inout Places
    ) throws {
        let end = try HubLog.end(db).appending(entry.digest)
        let (space, origin) = try places.apply(commit, entry.payload, at: end.seq)
        if commit.erases { try HubLog.erase(commit.key, db) }
        try HubLog.append(
            commit, entry.payload, entry.digest, at: end, space: space, origin: origin, db)
    }

    private func appendStub(_ entry: CheckedRelay.Entry) throws {
        let end = try HubLog.end(db).appending(entry.digest)
        try HubLog.appendStub(entry.dot, act: entry.act, entry.digest, at: end, db)
    }

    /// What the door says of a commit. One that can never be let in is noted, so that nobody wants
    /// it again.
    private func judge(
        _ commit: Commit, _ entry: CheckedRelay.Entry, of chain: Chain, _ places: inout Places
    ) throws -> RelayDoor.Judgement {
        let judgement = try RelayDoor(scope: scope, isOwn: chain.signer.isOwn, db: db)
            .judge(commit, bytes: entry.payload.count, &places)
        if case .refused(let rule) = judgement { try Refusals.note(entry.dot, rule, db) }
        return judgement
    }

    /// Those who were taken to a turf before anybody here knew of it.
    private func announcePeopleOfNewTurfs(_ relay: CheckedRelay) throws {
        let turfs = Set(
            relay.entries.values.joined().compactMap { entry in
                entry.commit.flatMap {
                    $0.key.kind == Turf.kind.number && $0.target != nil ? $0.key.id : nil
                }
            })
        for turf in turfs.sorted() {
            for key in try Places.keys(in: turf, db) where key.id != turf {
                try HubLog.announce(key, from: hub.identity.device, db)
            }
        }
    }
}
