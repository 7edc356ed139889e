import Crypto

/// What one act of a member did to one record.
///
/// The header (everything but salt and writes) and the payload (salt and writes) are apart, so
/// that a payload can be hidden or erased and the chain still verifies.
package struct Commit: Hashable, Sendable {
    package let dot: Dot
    /// As the device signed it.
    package let stamp: Stamp
    /// The smaller of the stamp and the home hub's clock plus 60 s. Not signed; where two meet,
    /// the smaller holds.
    package var effective: Stamp
    package let author: MemberID
    package let key: RecordKey
    /// The seq of the last commit of the same act: what must appear together ends there.
    package let transaction: Seq
    /// 16 bytes that hide the payload behind its digest; nil where the chain need not be checked.
    package var salt: Salt?
    /// In ascending order of cell, one a cell.
    package let writes: [FieldWrite]

    package init(
        dot: Dot, stamp: Stamp, effective: Stamp? = nil, author: MemberID, key: RecordKey,
        transaction: Seq, salt: Salt?, writes: [FieldWrite]
    ) {
        self.dot = dot
        self.stamp = stamp
        self.effective = effective ?? stamp
        self.author = author
        self.key = key
        self.transaction = transaction
        self.salt = salt
        self.writes = writes
    }

    /// Whether the commit erases its record.
    package var erases: Bool { writes.contains { $0.field == CommonField.erased } }

    /// Whether the record was not there before: it says where the record lives, and takes the place of
    /// no word on that.
    package var makesRecord: Bool {
        writes.contains { $0.field == CommonField.space && $0.overwrites.isEmpty }
    }

    /// The commit's digest: SHA-256 of the canonical header, which holds SHA-256 of the salt and
    /// the canonical payload. Nil without the salt.
    package var digest: Digest? {
        salt.map { digest(salt: $0, payload: Payload.encode(writes)) }
    }

    /// The same, where the payload's bytes are at hand.
    package func digest(salt: Salt, payload: [UInt8]) -> Digest {
        var hash = SHA256()
        hash.update(data: salt.bytes)
        hash.update(data: payload)
        return Digest(SHA256.hash(data: header(payloadDigest: Digest(hash.finalize()))))
    }

    /// The canonical header: a tag, then every field in fixed width, most significant byte first.
    package func header(payloadDigest: Digest) -> [UInt8] {
        var writer = ByteWriter(reserving: 128)
        writer.raw("fbc1".utf8)
        writer.fixed(dot.device.rawValue)
        writer.fixed(dot.seq)
        writer.fixed(stamp.rawValue)
        writer.fixed(author.rawValue)
        writer.fixed(key.kind)
        writer.fixed(key.id.rawValue)
        writer.fixed(transaction)
        writer.raw(payloadDigest.bytes)
        return writer.bytes
    }
}

/// A place in a device's chain: a commit, or only its digest.
package enum Entry: Hashable, Sendable {
    case commit(Commit)
    /// A commit that was refused, erased, or is not for the reader. It is applied nowhere.
    case stub(Dot, Digest)

    package var dot: Dot {
        switch self {
        case .commit(let commit): commit.dot
        case .stub(let dot, _): dot
        }
    }

    package var commit: Commit? {
        if case .commit(let commit) = self { commit } else { nil }
    }

    package var digest: Digest? {
        switch self {
        case .commit(let commit): commit.digest
        case .stub(_, let digest): digest
        }
    }
}
