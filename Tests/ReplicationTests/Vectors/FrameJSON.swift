import Replication

/// A frame's fields as the vectors show them, under the names of exchange.proto. What a frame does
/// not have is left out.
struct FrameJSON: Encodable {
    let version = protocolVersion
    var cursor: CursorJSON?
    var push: PushJSON?
    var refusalsSeen: Seq?
    var wanted: [RecordJSON]?
    var points: [PointJSON]?
    var compare: CompareJSON?
    var acknowledged: Seq?
    var chain: String?
    var refused: [RefusalJSON]?
    var lowered: [LoweredJSON]?
    var block: [EntryJSON]?
    var leave: [RecordJSON]?
    var enter: [RecordJSON]?
    var more: Bool?
    var roles: [String]?
    var code: String?
    var publicKey: String?
    var member: String?
    var hub: String?
    var epoch: String?
    var congregation: String?
    var congregationName: String?
    var name: String?
    var person: String?
    var scope: [String]?
    var limits: LimitsJSON?
    var common: Seq?
    var fingerprint: String?
    var sums: [SumJSON]?
    var unknown: [RecordJSON]?
    var predecessors: [PredecessorJSON]?
    var used: Bool?
    var takesSnapshot: Bool?
    /// Of a request the seq, of an answer the snapshot.
    var snapshot: SnapshotJSON?

    init(_ request: SyncRequest) {
        cursor = request.cursor.map { CursorJSON($0) }
        push = request.push.map { PushJSON($0) }
        refusalsSeen = request.refusalsSeen
        wanted = request.wanted.map { RecordJSON($0) }
        if !request.points.isEmpty {
            points = request.points.map { PointJSON(seq: $0.seq, hash: $0.hash.description) }
        }
        compare = request.compare.map { CompareJSON($0) }
        if request.takesSnapshot { takesSnapshot = true }
        if request.snapshot > 0 { snapshot = .held(request.snapshot) }
    }

    init(_ answer: SyncAnswer) {
        cursor = CursorJSON(answer.cursor)
        acknowledged = answer.acknowledged.seq
        chain = answer.acknowledged.hash.description
        refused = answer.refused.map { RefusalJSON(seq: $0.seq, rule: $0.rule) }
        lowered = answer.lowered.map { LoweredJSON(seq: $0.seq, effective: hex($0.effective)) }
        block = answer.entries.map { EntryJSON($0) }
        leave = answer.leave.map { RecordJSON($0) }
        enter = answer.enter.map { RecordJSON($0) }
        more = answer.more
        roles = answer.roles
        limits = LimitsJSON()
        if answer.common > 0 { common = answer.common }
        fingerprint = answer.fingerprint?.description
        if !answer.sums.isEmpty { sums = answer.sums.map { SumJSON($0) } }
        if !answer.unknown.isEmpty { unknown = answer.unknown.map { RecordJSON($0) } }
        snapshot = answer.snapshot.map { .offered(SnapshotJSON.Offer($0)) }
    }

    init(_ request: EnrolRequest) {
        code = Hex.encode(request.code)
        publicKey = Hex.encode(request.publicKey.bytes)
        member = request.member.description
        if !request.predecessors.isEmpty {
            predecessors = request.predecessors.map { PredecessorJSON($0) }
        }
        if request.isUsed { used = true }
    }

    init(_ answer: EnrolAnswer) {
        hub = answer.hub.description
        epoch = Hex.encode(answer.epoch.bytes)
        congregation = answer.congregation.description
        congregationName = answer.congregationName
        name = answer.name
        person = answer.person?.description
        roles = answer.roles
        scope = answer.scope.ids.map(\.description)
        limits = LimitsJSON()
    }
}

struct PredecessorJSON: Encodable {
    var publicKey: String
    var consent: String

    init(_ predecessor: EnrolRequest.Predecessor) {
        publicKey = Hex.encode(predecessor.publicKey.bytes)
        consent = Hex.encode(predecessor.consent)
    }
}

enum SnapshotJSON: Encodable {
    case held(UInt64)
    case offered(Offer)

    struct Offer: Encodable {
        let seq: UInt64
        let cursor: CursorJSON
        let blocks: [BlockNameJSON]

        init(_ snapshot: Snapshot) {
            seq = snapshot.seq
            cursor = CursorJSON(snapshot.cursor)
            blocks = snapshot.blocks.map { BlockNameJSON($0) }
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .held(let seq): try container.encode(seq)
        case .offered(let offer): try container.encode(offer)
        }
    }
}

struct BlockNameJSON: Encodable {
    let hash: String
    let bytes: Int
    let commits: Int

    init(_ block: Snapshot.Block) {
        hash = block.hash.description
        bytes = block.bytes
        commits = block.commits
    }
}

struct RecordJSON: Encodable {
    let kind: Kind
    let id: String

    init(_ key: RecordKey) {
        kind = key.kind
        id = key.id.description
    }
}

struct PointJSON: Encodable {
    let seq: Seq
    let hash: String
}

struct CompareJSON: Encodable {
    var space: String?
    var buckets: String?

    init(_ compare: Compare) {
        switch compare {
        case .spaces: break
        case .buckets(let space): self.space = space.description
        case .records(let space, let buckets):
            self.space = space.description
            self.buckets = Hex.encode(buckets)
        }
    }
}

struct SumJSON: Encodable {
    let id: String
    var kind: Kind?
    let sum: String

    init(_ sum: Sum) {
        self.sum = sum.sum.description
        switch sum.subject {
        case .space(let space): id = space.description
        case .bucket(let bucket): id = Hex.encode([bucket])
        case .record(let key):
            id = key.id.description
            kind = key.kind
        }
    }
}

struct RefusalJSON: Encodable {
    let seq: Seq
    let rule: String
}

struct LoweredJSON: Encodable {
    let seq: Seq
    let effective: String
}

struct LimitsJSON: Encodable {
    let bodyBytes = Limits.bodyBytes
    let inflatedBytes = Limits.inflatedBytes
    let valueBytes = Limits.valueBytes
    let blockCommits = Limits.blockCommits
}

struct CursorJSON: Encodable {
    let hub: String
    let epoch: String
    let positions: [PositionJSON]
    let mark: String
    let seal: String

    struct PositionJSON: Encodable {
        let space: String
        let seq: UInt64
    }

    init(_ cursor: Cursor) {
        hub = cursor.hub.description
        epoch = Hex.encode(cursor.epoch.bytes)
        mark = Hex.encode(Epoch(rawValue: cursor.mark).bytes)
        seal = Hex.encode(Epoch(rawValue: cursor.seal).bytes)
        positions = cursor.positions.sorted { $0.key < $1.key }.map { space, seq in
            PositionJSON(space: space.description, seq: seq)
        }
    }
}

struct PushJSON: Encodable {
    let previous: String
    let block: [EntryJSON]
    let secrets: [SecretJSON]
    let signature: String
    var again: Bool?

    struct SecretJSON: Encodable {
        let first: Seq
        let secret: String
    }

    init(_ push: Push) {
        previous = push.previous.description
        block = push.entries.map { EntryJSON($0) }
        secrets = push.secrets.map { run in
            SecretJSON(first: run.first, secret: Hex.encode(run.secret.bytes))
        }
        signature = Hex.encode(push.signature)
        again = push.isAgain ? true : nil
    }
}
