import Crypto

/// A SHA-256 digest: of a commit, or of a chain of them.
package struct Digest: Hashable, Sendable, CustomStringConvertible {
    package let bytes: [UInt8]

    init(_ digest: SHA256.Digest) {
        bytes = Array(digest)
    }

    /// Takes 32 bytes; nil for any other count.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    package var description: String { Hex.encode(bytes) }

    /// A chain's hash before its first commit: 32 zeros.
    package static let empty = Digest(zeros: 32)

    private init(zeros count: Int) {
        bytes = [UInt8](repeating: 0, count: count)
    }

    /// hash(n) = SHA-256(hash(n-1) ‖ digest n).
    package func chained(_ next: Digest) -> Digest {
        var hash = SHA256()
        hash.update(data: bytes)
        hash.update(data: next.bytes)
        return Digest(hash.finalize())
    }
}

/// Where a device's chain ends: the seq of its last commit (0 for none) and the hash up to it.
package struct ChainHead: Hashable, Sendable {
    package var seq: Seq
    package var hash: Digest

    package init(seq: Seq = 0, hash: Digest = .empty) {
        self.seq = seq
        self.hash = hash
    }

    /// The head after one more commit.
    package func appending(_ digest: Digest) -> ChainHead {
        ChainHead(seq: seq + 1, hash: hash.chained(digest))
    }
}

/// 16 bytes that keep a payload from being guessed from its digest.
package struct Salt: Hashable, Sendable {
    package let bytes: [UInt8]

    /// Takes 16 bytes; nil for any other count.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        self.bytes = bytes
    }
}

/// 32 random bytes from which a device derives the salts of a run of its commits, so that a push
/// carries one secret and not a salt for each. A hub keeps the salts, never the secret: each can
/// then be destroyed alone.
package struct SaltSecret: Hashable, Sendable {
    package let bytes: [UInt8]

    /// Takes 32 bytes; nil for any other count.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// The first 16 bytes of SHA-256(secret ‖ device ‖ seq). The input has one length, so that
    /// nothing can be appended to it.
    package func salt(for dot: Dot) -> Salt {
        var writer = ByteWriter(reserving: 48)
        writer.raw(bytes)
        writer.fixed(dot.device.rawValue)
        writer.fixed(dot.seq)
        return Salt(SHA256.hash(data: writer.bytes))
    }
}

extension Salt {
    fileprivate init(_ digest: SHA256.Digest) {
        bytes = Array(digest.prefix(16))
    }
}
