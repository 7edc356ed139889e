import FoundationEssentials
import SwiftProtobuf

/// A run of a device's own commits, in order, chained and signed.
package struct Push: Hashable, Sendable {
    /// The chain's hash before the first commit.
    package var previous: Digest
    package var entries: [Entry]
    /// What makes the commits' salts, from the given seq on. In ascending order of seq.
    package var secrets: [SaltRun]
    /// The device's signature over `signed(_:congregation:)`.
    package var signature: [UInt8]
    /// The hub has acknowledged all of it before: it was put back from a backup since.
    package var isAgain: Bool

    package init(
        previous: Digest, entries: [Entry], secrets: [SaltRun],
        signature: [UInt8] = [], isAgain: Bool = false
    ) {
        self.previous = previous
        self.entries = entries
        self.secrets = secrets
        self.signature = signature
        self.isAgain = isAgain
    }

    /// What a device signs: its chain's head after the push, for one congregation.
    package static func signed(_ head: ChainHead, of device: DeviceID, congregation: RecordID)
        -> [UInt8]
    {
        var writer = ByteWriter(reserving: 68)
        writer.raw("fbp1".utf8)
        writer.fixed(congregation.rawValue)
        writer.fixed(device.rawValue)
        writer.fixed(head.seq)
        writer.raw(head.hash.bytes)
        return writer.bytes
    }

    /// The salt of a commit of this push; nil when no secret covers it.
    package func salt(for dot: Dot) -> Salt? {
        secrets.salt(for: dot)
    }
}

extension Push {
    init(_ frame: Fieldbook_V1_Push) throws(WireError) {
        previous = try frame.previous.sized("Push.previous") { Digest(bytes: $0) }
        // No bytes at all are no block that was cut.
        guard !frame.block.isEmpty else { throw .field("Push.block") }
        entries = try CommitBlock.decode(Array(frame.block))
        secrets = []
        for secret in frame.secrets {
            guard secrets.last.map({ $0.first < secret.first }) ?? true else {
                throw .field("Push.secrets")
            }
            secrets.append(
                SaltRun(
                    first: try checkedSeq(secret.first),
                    secret: try secret.secret.sized("Secret.secret") { SaltSecret(bytes: $0) }))
        }
        signature = Array(frame.signature)
        isAgain = frame.again
    }

    var frame: Fieldbook_V1_Push {
        .with {
            $0.previous = Data(previous.bytes)
            $0.block = Data(CommitBlock.encode(entries, withSalts: secrets.isEmpty))
            $0.secrets = secrets.map { run in
                .with {
                    $0.first = run.first
                    $0.secret = Data(run.secret.bytes)
                }
            }
            $0.signature = Data(signature)
            $0.again = isAgain
        }
    }
}

/// The secret that makes a device's salts from one seq on, up to the next run.
package struct SaltRun: Hashable, Sendable {
    package let first: Seq
    package let secret: SaltSecret

    package init(first: Seq, secret: SaltSecret) {
        self.first = first
        self.secret = secret
    }
}

extension [SaltRun] {
    /// The salt of a commit; nil when no run covers it. The runs ascend.
    package func salt(for dot: Dot) -> Salt? {
        last { $0.first <= dot.seq }?.secret.salt(for: dot)
    }
}
