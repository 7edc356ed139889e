import FoundationEssentials
import SwiftProtobuf

/// A commit that a hub will never accept, and the rule that says so.
package struct Refusal: Hashable, Sendable {
    package let seq: Seq
    package let rule: String

    package init(seq: Seq, rule: String) {
        self.seq = seq
        self.rule = rule
    }
}

/// A commit to which the home hub gave a smaller effective stamp than its device did.
package struct Lowered: Hashable, Sendable {
    package let seq: Seq
    package let effective: Stamp

    package init(seq: Seq, effective: Stamp) {
        self.seq = seq
        self.effective = effective
    }
}

/// What a hub answers. A device stores all of it in one transaction, or nothing of it.
package struct SyncAnswer: Frame, Hashable {
    /// Where the device stands once it has stored this answer, and the spaces it may read.
    package var cursor: Cursor
    /// The head of the device's chain as the hub has it.
    package var acknowledged: ChainHead
    package var refused: [Refusal]
    package var lowered: [Lowered]
    package var entries: [Entry]
    /// Records that the device may no longer read. It drops them.
    package var leave: [RecordKey]
    /// Records that come whole with this answer: the device drops what it had of them first.
    package var enter: [RecordKey]
    /// There is more to read: ask again at once.
    package var more: Bool
    package var roles: [String]
    /// The greatest seq of the request's points that the hub's chain goes through; 0 for none.
    package var common: Seq
    /// Of all that the device may read, at the cursor; nil when the hub's own notebook stands
    /// elsewhere.
    package var fingerprint: Fingerprint?
    /// What the request's `compare` asked.
    package var sums: [Sum]
    /// Wanted records that the hub does not know.
    package var unknown: [RecordKey]
    /// To be fetched in place of a page; then the log goes on.
    package var snapshot: Snapshot?

    package init(
        cursor: Cursor, acknowledged: ChainHead, refused: [Refusal] = [], lowered: [Lowered] = [],
        entries: [Entry] = [], leave: [RecordKey] = [], enter: [RecordKey] = [], more: Bool = false,
        roles: [String] = [], common: Seq = 0, fingerprint: Fingerprint? = nil, sums: [Sum] = [],
        unknown: [RecordKey] = [], snapshot: Snapshot? = nil
    ) {
        self.cursor = cursor
        self.acknowledged = acknowledged
        self.refused = refused
        self.lowered = lowered
        self.entries = entries
        self.leave = leave
        self.enter = enter
        self.more = more
        self.roles = roles
        self.common = common
        self.fingerprint = fingerprint
        self.sums = sums
        self.unknown = unknown
        self.snapshot = snapshot
    }

    package init(decoding bytes: [UInt8]) throws {
        let frame = try Fieldbook_V1_SyncAnswer(frame: bytes)
        try checkVersion(frame.version)
        cursor = try Cursor(frame.cursor)
        acknowledged = ChainHead(
            seq: try checkedSeq(frame.acknowledged),
            hash: try frame.chain.sized("SyncAnswer.chain") { Digest(bytes: $0) })
        refused = try frame.refused.map { Refusal(seq: try checkedSeq($0.seq), rule: $0.rule) }
        lowered = try frame.lowered.map { lowered in
            let effective = Stamp(rawValue: lowered.effective)
            guard effective < Stamp.limit else { throw WireError.overLimit("a stamp") }
            return Lowered(seq: try checkedSeq(lowered.seq), effective: effective)
        }
        entries = frame.block.isEmpty ? [] : try CommitBlock.decode(Array(frame.block))
        leave = try frame.leave.map(RecordKey.init)
        enter = try frame.enter.map(RecordKey.init)
        more = frame.more
        roles = frame.roles
        common = try checkedSeq(frame.common)
        fingerprint =
            frame.fingerprint.isEmpty
            ? nil
            : try frame.fingerprint.sized("SyncAnswer.fingerprint") { Fingerprint(bytes: $0) }
        sums = try frame.sums.map(Sum.init)
        unknown = try frame.unknown.map(RecordKey.init)
        snapshot = frame.hasSnapshot ? try Snapshot(frame.snapshot) : nil
    }

    package func encoded() throws -> [UInt8] {
        try Fieldbook_V1_SyncAnswer.with {
            $0.version = protocolVersion
            $0.cursor = cursor.frame
            $0.acknowledged = acknowledged.seq
            $0.chain = Data(acknowledged.hash.bytes)
            $0.refused = refused.map { refusal in
                .with {
                    $0.seq = refusal.seq
                    $0.rule = refusal.rule
                }
            }
            $0.lowered = lowered.map { lowered in
                .with {
                    $0.seq = lowered.seq
                    $0.effective = lowered.effective.rawValue
                }
            }
            if !entries.isEmpty {
                $0.block = Data(CommitBlock.encode(entries, withSalts: false))
            }
            $0.leave = leave.map(\.frame)
            $0.enter = enter.map(\.frame)
            $0.more = more
            $0.roles = roles
            $0.limits = .published
            $0.common = common
            if let fingerprint { $0.fingerprint = Data(fingerprint.bytes) }
            $0.sums = sums.map(\.frame)
            $0.unknown = unknown.map(\.frame)
            if let snapshot { $0.snapshot = snapshot.frame }
        }.frameBytes()
    }
}

extension Fieldbook_V1_Limits {
    static var published: Self {
        .with {
            $0.bodyBytes = UInt32(Limits.bodyBytes)
            $0.inflatedBytes = UInt32(Limits.inflatedBytes)
            $0.valueBytes = UInt32(Limits.valueBytes)
            $0.blockCommits = UInt32(Limits.blockCommits)
        }
    }
}
