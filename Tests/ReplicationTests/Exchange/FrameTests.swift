import Replication
import Testing

@Suite("Frames of the exchange")
struct FrameTests {
    private func comesBack<Message: Frame & Equatable>(_ message: Message) throws {
        let bytes = try message.encoded()
        let back = try Message(decoding: bytes)
        #expect(back == message)
        #expect(try back.encoded() == bytes)
        // Unknown fields are skipped.
        let newer = Proto { $0.varint(99, 7) }.bytes
        #expect(try Message(decoding: bytes + newer) == message)
    }

    @Test func everyFrameComesBack() throws {
        try comesBack(Frames.request)
        try comesBack(Frames.saltedRequest)
        try comesBack(Frames.firstRequest)
        try comesBack(Frames.answer)
        try comesBack(Frames.idleAnswer)
        try comesBack(Frames.takesSnapshot)
        try comesBack(Frames.offer)
        try comesBack(Frames.enrolRequest(try #require(Frames.publicKey)))
        try comesBack(Frames.enrolAnswer)
        try comesBack(Frames.adminAnswer)
    }

    /// With a secret the block has no salts: whoever checks the chain makes them from the secret.
    @Test func saltsTravelInTheBlockOrAsASecret() throws {
        let salted = try #require(Frames.saltedRequest.push)
        let commit = try #require(salted.entries.first?.commit)
        #expect(commit.salt != nil)
        let read = try SyncRequest(decoding: Frames.request.encoded())
        #expect(read.push?.entries.compactMap(\.commit?.salt).isEmpty == true)
        #expect(read.push?.salt(for: commit.dot) == commit.salt)
        #expect(try SyncRequest(decoding: Frames.saltedRequest.encoded()).push == salted)
    }

    @Test func anAnswerCarriesNoSalts() throws {
        var answer = Frames.answer
        answer.entries = Frames.saltedRequest.push?.entries ?? []
        let read = try SyncAnswer(decoding: answer.encoded())
        #expect(read.entries.count == 2)
        #expect(read.entries.compactMap(\.commit?.salt).isEmpty)
    }

    @Test func anotherVersionIsRefused() {
        for version in [0, 2, 1_000] as [UInt64] {
            let bytes = Proto { $0.varint(1, version) }.bytes
            let error = WireError.version(version)
            #expect(throws: error) { try SyncRequest(decoding: bytes) }
            #expect(throws: error) { try SyncAnswer(decoding: bytes) }
            #expect(throws: error) { try EnrolRequest(decoding: bytes) }
            #expect(throws: error) { try EnrolAnswer(decoding: bytes) }
        }
    }

    @Test func cutOrStrangeBytesAreMalformed() throws {
        let whole = try Frames.request.encoded()
        for end in whole.indices {
            // A cut between two fields is a shorter frame, which reads as one, or lacks the version.
            guard let read = try? SyncRequest(decoding: Array(whole[..<end])) else { continue }
            #expect(read != Frames.request)
        }
        #expect(throws: WireError.malformed) { try SyncRequest(decoding: [0xFF]) }
        #expect(throws: WireError.malformed) { try SyncAnswer(decoding: Array("{}".utf8)) }
    }

    @Test func aBlockThatIsNotCanonicalIsRefused() throws {
        for spoiled in try SpoiledBlocks.all() {
            let bytes = Proto { frame in
                frame.varint(1, 1)
                frame.message(3) { push in
                    push.zeros(1, 32)
                    push.bytes(2, spoiled.bytes)
                    push.zeros(4, 64)
                }
            }.bytes
            // Where there is nothing at all, there is no block.
            let error = spoiled.bytes.isEmpty ? .field("Push.block") : spoiled.error
            #expect(throws: error) { try SyncRequest(decoding: bytes) }
        }
    }

    @Test func namesThatAreNotUTF8AreRefused() {
        let bytes = Proto { frame in
            frame.varint(1, 1)
            frame.bytes(5, [0xC3, 0x28])
        }.bytes
        #expect(throws: WireError.malformed) { try EnrolAnswer(decoding: bytes) }
    }
}
