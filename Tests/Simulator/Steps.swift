import GRDB
import Histories
import Hub
import Notebook
import Replication
import Store
import Sync

/// What happens in a schedule, one thing at a time.
extension World {
    func step() async throws {
        depth += 1
        defer { depth -= 1 }
        clock.pass(milliseconds: UInt64(random.below(random.chance(20) ? 86_400_000 : 60_000)))
        switch nextStep() {
        case ..<50: try write(random.pick(laptops))
        case ..<74: try await exchange(random.pick(laptops))
        case ..<81:
            if isFederated {
                try await federate()
            } else {
                try await exchange(random.pick(laptops))
            }
        case ..<84: try await feed(random.pick(hubs))
        case ..<86: try buildSnapshot(random.pick(hubs))
        case ..<89:
            if random.chance(70) { try await deliverLate() } else { try await deliverLateWord() }
        case ..<92: jumpClock()
        case ..<93: try await administer()
        case ..<94: try changeVersion()
        case ..<96: try copyOrRestore(random.pick(laptops))
        case ..<98: try await restoreHub()
        default: try passTime()
        }
    }

    /// While a request or an answer is on its way others go on, often another program on the same
    /// notebook.
    func meanwhile(_ laptop: LaptopNode) async throws {
        guard !isCalm, depth < 2, random.chance(10) else { return }
        guard random.chance(40) else { return try await step() }
        depth += 1
        defer { depth -= 1 }
        let isOfWanted = random.chance(50)
        try write(laptop) { if try !isOfWanted || !$0.editWanted() { try $0.perform() } }
        if random.chance(50) { try await exchange(laptop) }
    }

    /// An answer on its way says that these leave, and another program on the notebook edits one of
    /// them.
    func meanwhile(_ laptop: LaptopNode, leaving keys: [RecordKey]) throws {
        guard !isCalm, depth < 2, !keys.isEmpty, random.chance(20) else { return }
        depth += 1
        defer { depth -= 1 }
        try write(laptop) { try $0.edit(oneOf: keys) }
    }

    /// Somebody writes something down; now and then the program ends in the middle of it.
    func write(
        _ laptop: LaptopNode, _ act: (Acts) throws -> Void = { try $0.perform() }
    ) throws {
        try noteRole(of: laptop)
        if random.chance(5), !exchanging.contains(laptop.name) {
            laptop.fuse.light(after: 1 + random.below(150))
        }
        do {
            try act(Acts(world: self, laptop: laptop))
            laptop.fuse.putOut()
        } catch {
            try restart(laptop, after: error)
        }
    }

    private func restart(_ laptop: LaptopNode, after error: any Error) throws {
        guard laptop.fuse.isBurnt else { throw error }
        note(.laptopCrashed)
        try laptop.restart()
    }

    /// A laptop exchanges with the hub, as far as the weather lets it.
    func exchange(_ laptop: LaptopNode) async throws {
        guard try Membership(of: laptop.store) != nil else {
            // A notebook that was kept alone joins, with all that is in it.
            if random.chance(30) { try laptop.join() }
            return
        }
        guard !laptop.fuse.isBurnt else { return }
        let isSecond = !exchanging.insert(laptop.name).inserted
        if isSecond { note(.twoPrograms) }
        defer { if !isSecond { exchanging.remove(laptop.name) } }
        if random.chance(5) { laptop.fuse.light(after: 1 + random.below(400)) }
        do {
            try await sync(laptop)
            laptop.fuse.putOut()
        } catch let error as SyncError {
            guard !laptop.fuse.isBurnt else { return try restart(laptop, after: error) }
            guard error.isTemporary || error.isExpected else { throw error }
            // The program has ended; the next one opens the notebook anew.
            try laptop.restart()
            note("\(laptop.name): \(error)")
        } catch StoreError.hasNewKey {
            // Another program on the same notebook has been through a succession.
            try laptop.restart()
        } catch {
            try restart(laptop, after: error)
        }
        try Verdict(world: self).checkUnsentIsHere(laptop)
    }

    /// The hub's own notebook reads the log; at night it moves what leaders wrote.
    private func feed(_ hub: HubNode) async throws {
        if random.chance(20) { hub.fuse.light(after: 1 + random.below(400)) }
        do {
            try await hub.hub.catchUp()
            if random.chance(20), try hub.hub.own.followMovedPeople(writtenHere: false) > 0 {
                try await hub.hub.catchUp()
            }
            hub.fuse.putOut()
        } catch {
            guard hub.fuse.isBurnt else { throw error }
            note(.hubCrashed)
            try hub.restart()
        }
    }

    /// A hub meets its peers, or two agree to share more.
    private func federate() async throws {
        let node = random.pick(hubs)
        if random.chance(10) {
            let known = try hubs.filter { try $0 !== node && !node.agreed(with: $0).isEmpty }
            guard !known.isEmpty else { return }
            note(.agreed)
            return try agree(node, random.pick(known))
        }
        note(.federated)
        if random.chance(15) { node.fuse.light(after: 1 + random.below(600)) }
        do {
            try await meetPeers(of: node)
            node.fuse.putOut()
        } catch {
            guard node.fuse.isBurnt else { throw error }
            note(.hubCrashed)
            try node.restart()
        }
    }

    /// As a hub's program does when it starts. Returns whether all that know it have answered.
    private func greetPeers(of node: HubNode) async throws -> Bool {
        let federation = federation(of: node)
        let peers = try node.hub.peers().map(\.peer)
        var haveAllAnswered = true
        for other in try hubs.filter({ try !$0.agreed(with: node).isEmpty }) {
            let line = VirtualPeerLine(world: self, own: node, other: other)
            let peer = peers.first { $0.id == other.id }
            guard let peer, await federation.greet(peer, over: line) else {
                haveAllAnswered = false
                continue
            }
        }
        return haveAllAnswered
    }

    private func federation(of node: HubNode) -> Federation {
        let lines = Dictionary(
            uniqueKeysWithValues: hubs.map {
                ($0.id, VirtualPeerLine(world: self, own: node, other: $0))
            })
        return Federation(hub: node.hub) { lines[$0.id] }
    }

    func meetPeers(of node: HubNode) async throws {
        let outcomes = try await federation(of: node).meetAll()
        for outcome in outcomes {
            let problem = outcome.problem.map { "\($0)" }
            note("\(node.name) took \(outcome.received): \(problem ?? "good")")
            if isCalm, let problem {
                throw Broken("\(node.name) could not meet its peer: \(problem)")
            }
        }
    }

    /// The hub makes a snapshot, and packs its log; now and then it crashes at it.
    func buildSnapshot(_ hub: HubNode) throws {
        if random.chance(20) { hub.fuse.light(after: 1 + random.below(100)) }
        do {
            if try hub.hub.buildSnapshot() { note(.snapshotBuilt) }
            if random.chance(70), try hub.hub.packLog() > 0 { note(.packed) }
            hub.fuse.putOut()
        } catch {
            guard hub.fuse.isBurnt else { throw error }
            note(.hubCrashed)
            try hub.restart()
        }
    }

    /// Clocks go wrong by up to ten years, and are set right again.
    private func jumpClock() {
        let decade = 10 * 365 * 86_400_000
        let offset = random.chance(40) ? 0 : random.below(2 * decade) - decade
        if random.chance(10) {
            note(.hubClockJumped)
            random.pick(hubs).machine.set(offset: Int64(offset))
        } else {
            note(.clockJumped)
            random.pick(laptops).machine.set(offset: Int64(offset))
        }
    }

    /// The keeper ends somebody's access, asks them back, or gives a leader another turf.
    private func administer() async throws {
        let laptop = random.pick(laptops)
        guard laptop.role != .admin, try Membership(of: laptop.store) != nil else { return }
        switch random.below(4) {
        case 0:
            // A hub that was put back may not know it.
            guard
                try laptop.home.hub.devices().contains(where: { $0.id == laptop.device.description }
                )
            else { return }
            note(.revoked)
            _ = try laptop.home.hub.revoke(laptop.device.description)
        case 1,
            2 where laptop.role == .leader:
            note(.turfTaken)
            let others = laptop.home.turfs.filter { $0 != laptop.turf }
            laptop.turf = random.pick(others.isEmpty ? laptop.home.turfs : others)
            try laptop.join()
            try await beginTurf(laptop)
        case 2:
            note(.roleChanged)
            keepsakes.forget()
            laptop.role = .leader
            laptop.turf = random.pick(laptop.home.turfs)
            try laptop.join()
        case 3 where laptop.role == .leader && random.chance(50):
            note(.roleChanged)
            laptop.role = .organizer
            try laptop.join()
        default:
            note(.readmitted)
            try laptop.join()
        }
    }

    /// A notebook is copied, backed up, or put back from its backup.
    private func copyOrRestore(_ laptop: LaptopNode) throws {
        // One that is exchanging is not copied under its hands.
        guard exchanging.isEmpty, mayTakeNewKey(laptop) else { return }
        switch random.below(4) {
        case 0 where laptops.count < 12: try copy(laptop)
        case 1, 2: try laptop.keepBackup()
        default: try putBack(laptop)
        }
    }

    /// Of a notebook and its copies a hub takes eight keys in a month: each may need one more.
    private func mayTakeNewKey(_ laptop: LaptopNode) -> Bool {
        let line = laptops.filter {
            $0.machine.allKeys.first?.device == laptop.machine.allKeys.first?.device
        }
        let keys = Set(line.flatMap { $0.machine.allKeys.map(\.device) })
        return keys.count + line.count < 8
    }

    /// The hub is backed up, or somebody puts its backup back, with or without a word to it. Now and
    /// then a laptop's with it, as after a fire or a theft.
    private func restoreHub() async throws {
        guard exchanging.isEmpty else { return }
        let hub = random.pick(hubs)
        let members = laptops.filter { $0.home === hub }
        guard hub.hasBackup, random.chance(50) else {
            let together = random.chance(50) ? random.pick(members) : nil
            try hub.keepBackup(with: together)
            try together?.keepBackup()
            return
        }
        note(.hubRestored)
        if let together = hub.backedUpWith, mayTakeNewKey(together) { try putBack(together) }
        try keepsakes.note(members, hub)
        var isSaid = random.chance(50)
        let commits = try hub.commits()
        try hub.restoreBackup(isSaid: isSaid)
        // Where none of its peers can be asked, and a laptop that was put back with it comes before they
        // do, names are given twice: whoever puts both back there is to say so.
        let haveAllAnswered = try await greetPeers(of: hub)
        if isFederated, !haveAllAnswered, !isSaid, hub.backedUpWith != nil {
            try hub.hub.wasRestored()
            isSaid = true
        }
        try lostNames.note(commits, of: hub, isSaid: isSaid)
    }

    private func putBack(_ laptop: LaptopNode) throws {
        guard laptop.backup != nil else { return }
        note(.restored)
        keepsakes.forget()
        try laptop.restoreBackup()
    }

    /// Somebody installs the newer version of the program, or goes back to the older one.
    private func changeVersion() throws {
        guard exchanging.isEmpty else { return }
        if random.chance(20) {
            note(.hubVersionChanged)
            return try random.pick(hubs).changeVersion()
        }
        let laptop = random.pick(laptops)
        note(laptop.isNewer ? .downgraded : .upgraded)
        try laptop.changeVersion()
    }

    private func passTime() throws {
        note(.monthPassed)
        clock.pass(milliseconds: UInt64(random.below(40)) * 86_400_000)
    }
}

extension SyncError {
    /// What the schedule's own doings lead to.
    fileprivate var isExpected: Bool {
        switch self {
        case .revoked, .lapsed, .notKnown, .refused("too-many-keys", _): true
        default: false
        }
    }
}
