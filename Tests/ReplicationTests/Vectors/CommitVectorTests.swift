import Histories
import Replication
import Testing

@Suite("The vectors of commits and chains")
struct CommitVectorTests {
    @Test func theFileHoldsTheseCommits() throws {
        try VectorFile.check("commits.json", try CommitFile())
    }

    /// Ed25519 as RFC 8032 has it gives one signature, but a library may add randomness of its own:
    /// the file's signature is kept, and must verify.
    @Test func theSignatureOfTheFileVerifies() throws {
        let chain = try SignedChain()
        let signature = try #require(Hex.decode(SignedChain.signature))
        #expect(chain.key.publicKey.verifies(signature, of: chain.message))
        let own = try chain.key.sign(chain.message)
        #expect(chain.key.publicKey.verifies(own, of: chain.message))
    }
}

/// A chain of four commits by a fixed key, one of them a stub.
private struct SignedChain {
    let key: DeviceKey
    let entries: [Entry]
    let secret: SaltSecret

    static let signature =
        "e3742b0683eaa5e11870dd2b0cbf01de8c5051c5d6b45d729d45149584a2997c"
        + "bcbfdf2502233a58efa136346d25c812e0dacb27573a4354b8f42020b7b88a0b"

    init() throws {
        let key = try #require(
            Hex.decode(DeviceKeyTests.vectors[0].secret).flatMap { DeviceKey(bytes: $0) })
        let secret = try #require(SaltSecret(bytes: [UInt8](0..<32)))
        let dots = (1...4).map { Dot(key.device, $0) }
        func commit(_ index: Int, at time: UInt64, _ writes: FieldWrite...) -> Commit {
            Commit(
                dot: dots[index], stamp: Stamp(milliseconds: time, counter: UInt16(index)),
                author: MemberID(of: .a), key: .sample,
                transaction: index == 0 ? 2 : dots[index].seq,
                salt: secret.salt(for: dots[index]), writes: writes)
        }
        self.key = key
        self.secret = secret
        entries = [
            .commit(
                commit(0, at: 1_700_000_000_000, .moves(to: Space.commons), .text(16, "Jos\u{E9}"))),
            .commit(
                commit(
                    1, at: 1_700_000_000_000, .adds(19, "choir"),
                    .removes(19, "youth", over: dots[0]),
                    FieldWrite(field: 21, value: .day(19_675)),
                    FieldWrite(field: 22, value: .int(-65)))),
            .stub(dots[2], SpoiledBlocks.digest(0x5A)),
            .commit(
                commit(
                    3, at: 1_700_000_009_999,
                    FieldWrite(field: 16, value: .null, overwrites: [Dot(.b, 300), dots[0]]),
                    FieldWrite(
                        field: 1_000_000, rule: MergeRule(rawValue: 9),
                        value: Value(type: ValueType(rawValue: 77), bytes: [0x80, 0])))),
        ]
    }

    var head: ChainHead {
        entries.reduce(ChainHead()) { head, entry in
            entry.digest.map { head.appending($0) } ?? head
        }
    }

    var message: [UInt8] {
        Push.signed(head, of: key.device, congregation: Frames.congregation)
    }
}

private struct CommitFile: Encodable {
    let about = [
        "header holds payloadDigest, which is SHA-256(salt || payload); digest is SHA-256(header);",
        "chain is SHA-256(chain before || digest), from 32 zeros. A salt is the first 16 bytes of",
        "SHA-256(secret || device || seq). The push's message is what its device signs (RFC 8032).",
        "A payload under longest must be accepted, and one under refused not: it breaks one rule. Long",
        "ones are parts, as in blocks.json.",
    ]
    let chain: [Link]
    let salts: [SaltJSON]
    let push: PushJSON
    let longest: [Long]
    let refused: [Refused]

    struct Link: Encodable {
        let entry: EntryJSON
        var payload: String?
        var payloadDigest: String?
        var header: String?
        let digest: String
        let chain: String
    }

    struct SaltJSON: Encodable {
        let secret: String
        let device: String
        let seq: Seq
        let salt: String
    }

    struct PushJSON: Encodable {
        let privateKey: String
        let publicKey: String
        let device: String
        let congregation: String
        let seq: Seq
        let chain: String
        let message: String
        let signature: String
    }

    struct Long: Encodable {
        let parts: [Recipe.Part]?
    }

    struct Refused: Encodable {
        let why: String
        let payload: String?
        let parts: [Recipe.Part]?
    }

    init() throws {
        let signed = try SignedChain()
        var head = ChainHead()
        var links: [Link] = []
        for entry in signed.entries {
            let digest = try #require(entry.digest)
            head = head.appending(digest)
            var link = Link(
                entry: EntryJSON(entry), digest: digest.description, chain: head.hash.description)
            if let commit = entry.commit, let salt = commit.salt {
                let payload = Payload.encode(commit.writes)
                let inner = sha256(salt.bytes + payload)
                link.payload = Hex.encode(payload)
                link.payloadDigest = Hex.encode(inner)
                link.header = Digest(bytes: inner).map {
                    Hex.encode(commit.header(payloadDigest: $0))
                }
            }
            links.append(link)
        }
        chain = links
        salts = [Dot(signed.key.device, 1), Dot(.a, 1), Dot(.a, Limits.seq - 1)].map { dot in
            SaltJSON(
                secret: Hex.encode(signed.secret.bytes), device: dot.device.description,
                seq: dot.seq, salt: Hex.encode(signed.secret.salt(for: dot).bytes))
        }
        push = PushJSON(
            privateKey: Hex.encode(signed.key.bytes),
            publicKey: Hex.encode(signed.key.publicKey.bytes),
            device: signed.key.device.description, congregation: Frames.congregation.description,
            seq: head.seq, chain: head.hash.description, message: Hex.encode(signed.message),
            signature: SignedChain.signature)
        longest = LongPayloads.taken.map { Long(parts: $0.parts) }
        refused = PayloadTests.refused.map { refused in
            Refused(
                why: refused.why, payload: refused.recipe.text, parts: refused.recipe.parts)
        }
    }
}
