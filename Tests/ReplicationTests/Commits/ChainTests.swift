import Histories
import Replication
import Testing

@Suite("Digests and chains")
struct ChainTests {
    private let salt = Salt(bytes: [UInt8](1...16))
    private var commit: Commit {
        .by(.a, 3, at: 1_000, salt: salt, .text(16, "Ana", over: Dot(.b, 1)))
    }

    /// SHA-256 of FIPS 180-4's own examples: the tests' witness must be right itself.
    @Test func theWitnessKnowsSHA256() {
        #expect(
            Hex.encode(sha256(Array("abc".utf8)))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            Hex.encode(sha256([UInt8](repeating: 0x61, count: 1_000)))
                == "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3")
        #expect(sha256([]).count == 32)
    }

    @Test func aDigestIsThatOfTheHeaderOverSaltAndPayload() throws {
        let commit = commit
        let payload = Payload.encode(commit.writes)
        let inner = sha256(try #require(commit.salt).bytes + payload)
        var header = Array("fbc1".utf8) + DeviceID.a.bytes + [0, 0, 0, 0, 0, 0, 0, 3]
        header += [0, 0, 0, 0, 0x03, 0xE8, 0, 0] + commit.author.bytes
        header += [0, 0, 0, 1] + RecordKey.sample.id.bytes + [0, 0, 0, 0, 0, 0, 0, 3] + inner
        let payloadDigest = try #require(Digest(bytes: inner))
        #expect(commit.header(payloadDigest: payloadDigest) == header)
        #expect(commit.digest?.bytes == sha256(header))
    }

    @Test func everyPartOfACommitIsCovered() throws {
        let digest = try #require(commit.digest)
        func other(
            dot: Dot = Dot(.a, 3), stamp: UInt64 = 1_000, author: MemberID = MemberID(of: .a),
            key: RecordKey = .sample, transaction: Seq = 3,
            salt: Salt? = Salt(bytes: [UInt8](1...16)),
            writes: [FieldWrite] = [.text(16, "Ana", over: Dot(.b, 1))]
        ) -> Digest? {
            Commit(
                dot: dot, stamp: Stamp(milliseconds: stamp), author: author, key: key,
                transaction: transaction, salt: salt, writes: writes
            ).digest
        }
        #expect(other() == digest)
        let changed = [
            other(dot: Dot(.b, 3)), other(dot: Dot(.a, 4)), other(stamp: 1_001),
            other(author: MemberID(of: .b)), other(key: RecordKey(2, RecordKey.sample.id)),
            other(key: RecordKey(1, RecordID(rawValue: 1))), other(transaction: 4),
            other(salt: Salt(bytes: [UInt8](2...17))),
            other(writes: [.text(17, "Ana", over: Dot(.b, 1))]),
            other(writes: [.text(16, "Ann", over: Dot(.b, 1))]),
            other(writes: [.text(16, "Ana", over: Dot(.b, 2))]), other(writes: [.text(16, "Ana")]),
        ]
        #expect(Set(changed + [digest]).count == changed.count + 1)
        #expect(other(salt: nil) == nil)
    }

    @Test func theEffectiveStampIsNotSigned() {
        #expect(commit.lowered(to: 1).digest == commit.digest)
    }

    @Test func aChainHashesTheHashBeforeAndTheDigest() throws {
        let digest = try #require(commit.digest)
        #expect(Digest.empty.bytes == [UInt8](repeating: 0, count: 32))
        let first = ChainHead().appending(digest)
        #expect(first.seq == 1)
        #expect(first.hash.bytes == sha256(Digest.empty.bytes + digest.bytes))
        let second = first.appending(.empty)
        #expect(second.seq == 2)
        #expect(second.hash.bytes == sha256(first.hash.bytes + Digest.empty.bytes))
    }

    /// A stub stands for its commit in the chain: whoever may not see the commit gets the same hash.
    @Test func aStubKeepsItsPlaceInTheChain() throws {
        let stub = Entry.stub(commit.dot, try #require(commit.digest))
        #expect(stub.digest == Entry.commit(commit).digest)
        #expect(stub.dot == commit.dot)
        #expect(stub.commit == nil)
    }

    @Test func aSaltComesFromTheSecretAndTheDot() throws {
        let secret = try #require(SaltSecret(bytes: [UInt8](0..<32)))
        let expected = sha256(secret.bytes + DeviceID.a.bytes + [0, 0, 0, 0, 0, 0, 1, 2])
        #expect(secret.salt(for: Dot(.a, 258)).bytes == Array(expected.prefix(16)))
        #expect(secret.salt(for: Dot(.a, 258)) != secret.salt(for: Dot(.b, 258)))
        #expect(secret.salt(for: Dot(.a, 258)) != secret.salt(for: Dot(.a, 259)))
    }

    @Test func aPushTakesTheSecretThatCoversTheSeq() throws {
        let early = try #require(SaltSecret(bytes: [UInt8](0..<32)))
        let late = try #require(SaltSecret(bytes: [UInt8](1..<33)))
        let push = Push(
            previous: .empty, entries: [],
            secrets: [SaltRun(first: 3, secret: early), SaltRun(first: 7, secret: late)])
        #expect(push.salt(for: Dot(.a, 2)) == nil)
        #expect(push.salt(for: Dot(.a, 6)) == early.salt(for: Dot(.a, 6)))
        #expect(push.salt(for: Dot(.a, 7)) == late.salt(for: Dot(.a, 7)))
    }

    @Test func whatAPushSignsNamesCongregationDeviceAndHead() {
        let head = ChainHead(seq: 5, hash: SpoiledBlocks.digest(9))
        let message = Push.signed(head, of: .a, congregation: RecordID(rawValue: 1))
        let congregation = [UInt8](repeating: 0, count: 15) + [1]
        let seq: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 5]
        #expect(
            message == Array("fbp1".utf8) + congregation + DeviceID.a.bytes + seq + head.hash.bytes)
    }

    @Test func otherSizesAreRefused() {
        for count in [0, 15, 17, 31, 33] {
            let bytes = [UInt8](repeating: 1, count: count)
            #expect(Salt(bytes: bytes) == nil)
            #expect(Digest(bytes: bytes) == nil)
            #expect(SaltSecret(bytes: bytes) == nil)
            #expect(PublicKey(bytes: bytes) == nil)
            #expect(DeviceKey(bytes: bytes) == nil)
        }
    }
}
