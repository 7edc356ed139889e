import GRDB
import Histories
import Hub
import Replication
import Sync
import Wording

/// The way from one laptop to the hub: it loses, cuts, repeats and delays.
struct VirtualNetwork: Transport {
    let world: World
    let laptop: LaptopNode
    /// In whose name the requests are signed.
    let device: DeviceID

    func exchange(_ request: SyncRequest, nonce: String) async throws -> Exchanged {
        try await world.carry(request, from: laptop, as: device)
    }

    func fetch(
        _ block: Snapshot.Block, from offset: Int, nonce: String
    ) async throws -> FetchedBytes {
        try await world.carry(block, from: offset, to: laptop, as: device)
    }

    func enrol(_ request: EnrolRequest) async throws -> (EnrolAnswer, nonce: String) {
        (try await world.carry(request, to: laptop.home), nonce: "")
    }

    func close() async {}
}

extension World {
    private var unreachable: SyncError { .unreachable(url: "https://hub", reason: "lost") }

    /// Whether a fault happens now: in `percent` of 100 calls in bad weather.
    func happens(_ fault: Fault, _ percent: Int) -> Bool {
        guard !isCalm, random.chance(percent) else { return false }
        note(fault)
        return true
    }

    /// Carries a request to the hub and its answer back, as bytes.
    func carry(
        _ request: SyncRequest, from laptop: LaptopNode, as device: DeviceID
    ) async throws -> Exchanged {
        let bytes = try request.encoded()
        try Verdict(world: self).checkUnsentIsHere(laptop)
        guard !broken.contains(laptop.name) else { throw unreachable }
        try await meanwhile(laptop)
        if happens(.requestLost, 4) { throw unreachable }
        if happens(.requestCut, 2) {
            // A digest covers the body: what was cut reaches no door. But decoding must not trap.
            _ = try? SyncRequest(decoding: Array(bytes.prefix(random.below(bytes.count + 1))))
            throw unreachable
        }
        // On a slow line a long push breaks off, and goes in parts.
        if request.push?.entries.count ?? 0 > 1, happens(.pushParted, 10) {
            throw SyncError.cut(url: "https://hub", reason: "lost")
        }
        if !isCalm, random.chance(5) { late.append((request, device, laptop.home)) }
        let decoded = try SyncRequest(decoding: bytes)
        if happens(.requestRepeated, 5) { _ = try await answer(decoded, device, laptop.home) }
        let answer = try await answer(decoded, device, laptop.home)
        if happens(.answerLost, 5) { throw unreachable }
        let back = try answer.encoded()
        try Secrecy(world: self).check(answer, back, for: laptop)
        if happens(.answerCut, 2) {
            _ = try? SyncAnswer(decoding: Array(back.prefix(random.below(back.count + 1))))
            throw unreachable
        }
        try await meanwhile(laptop)
        try meanwhile(laptop, leaving: answer.leave)
        return Exchanged(
            answer: try SyncAnswer(decoding: back), nextNonce: "",
            traffic: Traffic(roundTrips: 1, bytesSent: bytes.count, bytesReceived: back.count))
    }

    /// Carries a block of the hub's snapshot to a laptop, or some of it.
    func carry(
        _ block: Snapshot.Block, from offset: Int, to laptop: LaptopNode, as device: DeviceID
    ) async throws -> FetchedBytes {
        if !isCalm, depth < 2, random.chance(20) { try await step() }
        // Nothing comes through any more in this exchange: what has come must do for a while.
        if happens(.lineBroken, 5) { broken.insert(laptop.name) }
        guard !broken.contains(laptop.name), !happens(.requestLost, 4) else { throw unreachable }
        let content: [UInt8]
        do {
            content = try await asked(laptop.home) {
                try Exchange(hub: laptop.home.hub).block(block.hash, for: device)
            }
        } catch SyncError.refused("block", let detail) {
            note(.blockGone)
            throw SyncError.refused(rule: "block", detail: detail)
        }
        let commits = try block.commits(in: content)
        try Secrecy(world: self).check(commits, for: laptop, as: device)
        try await meanwhile(laptop, fetching: commits.map(\.key))
        if happens(.answerLost, 5) { throw unreachable }
        var bytes = Array(content.dropFirst(offset))
        if bytes.count > 1, happens(.blockCut, 10) {
            bytes = Array(bytes.prefix(1 + random.below(bytes.count - 1)))
        }
        return FetchedBytes(
            bytes: bytes, offset: offset, nextNonce: "", traffic: Traffic(roundTrips: 1))
    }

    /// Carries an enrolment, and the answer to it.
    func carry(_ request: EnrolRequest, to hub: HubNode) async throws -> EnrolAnswer {
        if happens(.requestLost, 4) { throw unreachable }
        let decoded = try EnrolRequest(decoding: request.encoded())
        let answer = try await asked(hub) { try Enrolment(hub: hub.hub).enrol(decoded) }
        if happens(.answerLost, 10) { throw unreachable }
        return try EnrolAnswer(decoding: answer.encoded())
    }

    /// The hub's answer, as an HTTP client would hear of it.
    func answer(
        _ request: SyncRequest, _ device: DeviceID, _ hub: HubNode
    ) async throws -> SyncAnswer {
        try await asked(hub) { try await Exchange(hub: hub.hub).answerLevel(request, from: device) }
    }

    private func asked<Answer>(
        _ hub: HubNode, _ body: () async throws -> Answer
    ) async throws -> Answer {
        if !isCalm, random.chance(6) { hub.fuse.light(after: 1 + random.below(200)) }
        do {
            let answer = try await body()
            guard !hub.fuse.isBurnt else { throw unreachable }
            hub.fuse.putOut()
            return answer
        } catch let problem as Problem {
            guard !hub.fuse.isBurnt else { return try crash(hub) }
            hub.fuse.putOut()
            if problem.rule == "revoked" { throw SyncError.revoked }
            if problem.rule == "lapsed" { throw SyncError.lapsed }
            if problem.rule == "signature" { throw SyncError.notKnown }
            throw SyncError.refused(rule: problem.rule, detail: problem.detail)
        } catch {
            guard hub.fuse.isBurnt else { throw error }
            return try crash(hub)
        }
    }

    private func crash<Answer>(_ hub: HubNode) throws -> Answer {
        note(.hubCrashed)
        try hub.restart()
        throw unreachable
    }

    /// The network delivers a request once more that it had kept back.
    func deliverLate() async throws {
        guard !late.isEmpty else { return }
        let (request, device, hub) = late[random.below(late.count)]
        note(.requestLate)
        do {
            _ = try await answer(request, device, hub)
        } catch is SyncError {
            // Refused as a whole, or the hub crashed on it: nothing is stored either way.
        }
    }

    /// Carries what one hub says to another, and the answer back, as bytes.
    func carry(
        _ message: PeerMessage, from own: HubNode, to other: HubNode
    ) async throws -> PeerSaid {
        if happens(.requestLost, 4) { throw unreachable }
        try Secrecy(world: self).check(message, from: own, for: other)
        let bytes = try message.encoded()
        if happens(.requestCut, 2) {
            _ = try? PeerMessage(decoding: Array(bytes.prefix(random.below(bytes.count + 1))))
            throw unreachable
        }
        let decoded = try PeerMessage(decoding: bytes)
        if happens(.requestRepeated, 5) { _ = try await answer(decoded, from: own, other) }
        if !isCalm, random.chance(5) { lateWords.append((decoded, own, other)) }
        let answer = try await answer(decoded, from: own, other)
        if happens(.answerLost, 5) { throw unreachable }
        try Secrecy(world: self).check(answer, from: other, for: own)
        return PeerSaid(
            message: try PeerMessage(decoding: answer.encoded()), nextNonce: "",
            traffic: Traffic(roundTrips: 1))
    }

    private func answer(
        _ message: PeerMessage, from own: HubNode, _ other: HubNode
    ) async throws -> PeerMessage {
        try await asked(other) { try PeerExchange(hub: other.hub, peer: own.id).answer(message) }
    }

    /// The network delivers once more what one hub said to another long ago.
    func deliverLateWord() async throws {
        guard !lateWords.isEmpty else { return }
        let (message, own, other) = lateWords[random.below(lateWords.count)]
        note(.requestLate)
        do {
            _ = try await answer(message, from: own, other)
        } catch is SyncError {
            // Refused as a whole, or the hub crashed on it: nothing is stored either way.
        }
    }
}

/// The way from one hub to another.
struct VirtualPeerLine: PeerTransport {
    let world: World
    let own: HubNode
    let other: HubNode

    func say(_ message: PeerMessage, nonce: String) async throws -> PeerSaid {
        try await world.carry(message, from: own, to: other)
    }

    func close() async {}
}
