import Foundation
import Notebook
import Replication
import Store
import Sync

@testable import Hub

/// An enrolled device that speaks the protocol by hand, and so can say what no notebook would.
struct Scribe {
    let parish: Parish
    let key: DeviceKey
    let member: MemberID
    var head = ChainHead()
    var nonce = ""
    var congregation: RecordID
    private let secret: SaltSecret

    init(_ parish: Parish, _ role: Role = .organizer, of turf: RecordID? = nil) async throws {
        self.parish = parish
        key = DeviceKey()
        member = parish.hub.own.store.environment.newID()
        congregation = parish.congregation
        guard let secret = SaltSecret(bytes: [UInt8](repeating: 7, count: 32)) else {
            throw TCP.Failure(what: "no secret")
        }
        self.secret = secret
        let invitation = try await parish.invitation(for: "Scribe", role, of: turf)
        _ = try Enrolment(hub: parish.hub).enrol(
            EnrolRequest(code: invitation.code, publicKey: key.publicKey, member: member))
    }

    /// A commit that adds a person, `ahead` commits before the end of its act.
    func commit(
        _ seq: Seq, ahead: Seq = 0, name: String = "Rosa", device: DeviceID? = nil,
        by author: MemberID? = nil, key record: RecordKey? = nil,
        space: SpaceID? = Space.organizers, stamp: Stamp? = nil, overwriting dots: [Dot] = []
    ) -> Commit {
        let id = parish.hub.own.store.environment.newID()
        let moves = space.map { FieldWrite(field: 2, rule: .latest, value: .id($0)) }
        let dot = Dot(device ?? key.device, seq)
        return Commit(
            dot: dot, stamp: stamp ?? Stamp(milliseconds: parish.clock.milliseconds),
            author: author ?? member, key: record ?? Person.key(id), transaction: seq + ahead,
            salt: secret.salt(for: dot),
            writes: (moves.map { [$0] } ?? []) + [
                FieldWrite(field: 16, value: .text(name), overwrites: dots)
            ])
    }

    /// A push of these commits after `previous`, signed as it should be unless a test says
    /// otherwise.
    func push(
        _ commits: [Commit], after previous: ChainHead? = nil, signedBy other: DeviceKey? = nil,
        for otherCongregation: RecordID? = nil, salted: Bool = true
    ) throws -> SyncRequest {
        let start = previous ?? head
        let end = commits.compactMap(\.digest).reduce(start) { $0.appending($1) }
        let message = Push.signed(
            ChainHead(seq: commits.last?.dot.seq ?? 0, hash: end.hash), of: key.device,
            congregation: otherCongregation ?? congregation)
        return SyncRequest(
            push: Push(
                previous: start.hash, entries: commits.map { .commit($0) },
                secrets: salted ? [SaltRun(first: 1, secret: secret)] : [],
                signature: try (other ?? key).sign(message)))
    }

    func signed(
        _ body: [UInt8], encoding: String? = nil, path: String = "/v1/sync"
    ) throws -> SignedRequest {
        try SignedRequest(body, key: key, nonce: nonce, path: path, encoding: encoding)
    }

    /// Sends a request and remembers the next nonce.
    mutating func send(_ request: SignedRequest, cutting: Bool = false) async throws -> RawAnswer {
        let answer = try await request.send(to: await parish.server.port, cutting: cutting)
        if let next = answer.headers[ExchangeHeader.nonce.lowercased()] { nonce = next }
        return answer
    }

    mutating func send(_ request: SyncRequest) async throws -> RawAnswer {
        try await send(signed(try request.encoded()))
    }

    /// Asks for nothing, so as to be given a nonce.
    mutating func greet() async throws {
        _ = try await send(SyncRequest())
    }

    /// Pushes commits that the hub takes, and goes on from there.
    mutating func write(_ commits: [Commit]) async throws -> RawAnswer {
        let answer = try await send(push(commits))
        if answer.status == 200 {
            head = commits.compactMap(\.digest).reduce(head) { $0.appending($1) }
        }
        return answer
    }
}
