import Replication
import Store
import Testing

@Suite("What goes up")
struct OutgoingTests {
    let store: Store

    init() throws {
        store = try Store.open()
    }

    /// The push as a hub would decode it.
    private func push(_ maxCommits: Int = 4096) throws -> Push? {
        try SyncRequest(
            decoding: store.request(for: .parish, maxCommits: maxCommits).encoded()
        ).push
    }

    /// What a hub checks: dots dense from the head, salts and digests, chain, signature.
    private func accepted(_ push: Push, after head: ChainHead) throws -> ChainHead {
        #expect(push.previous == head.hash)
        var end = head
        for entry in push.entries {
            #expect(entry.dot == Dot(store.device, end.seq + 1))
            let commit = try #require(entry.commit)
            let salt = try #require(push.salt(for: entry.dot))
            end = end.appending(commit.digest(salt: salt, payload: Payload.encode(commit.writes)))
        }
        let signed = Push.signed(end, of: store.device, congregation: .parish)
        #expect(store.environment.key.publicKey.verifies(push.signature, of: signed))
        let elsewhere = Push.signed(end, of: store.device, congregation: .northTurf)
        #expect(!store.environment.key.publicKey.verifies(push.signature, of: elsewhere))
        return end
    }

    @Test func nothingIsPushedWhenNothingIsUnsent() throws {
        #expect(try push() == nil)
        #expect(try store.request(for: .parish) == SyncRequest(takesSnapshot: true))
        try store.add("Ada")
        try store.receive(store.answer(.hub(7)))
        let idle = SyncRequest(cursor: .hub(7), takesSnapshot: true)
        #expect(try store.request(for: .parish) == idle)
    }

    @Test func aPushIsWhatAHubCanCheck() throws {
        for name in ["Ada", "Bo", "Cy"] { try store.add(name) }
        let push = try #require(try push())
        #expect(push.entries.count == 3)
        #expect(push.secrets.count == 1)
        #expect(try accepted(push, after: ChainHead()) == store.meta().head)
    }

    @Test func pagesHoldWholeActs() throws {
        func edits(_ count: Int) -> [Edit] {
            (0..<count).map { _ in
                Edit(RecordKey(.person, store.environment.newID()), [.set(.name, .text("x"))])
            }
        }
        for count in [1, 2, 5, 1, 1] { try store.act(edits(count)) }
        var sizes: [Int] = []
        var head = ChainHead()
        while let push = try push(3) {
            sizes.append(push.entries.count)
            head = try accepted(push, after: head)
            try store.receive(store.answer(acknowledging: head))
        }
        // The act of five goes alone, although it is more than was asked for.
        #expect(sizes == [3, 5, 2])
        #expect(try head == store.meta().head)
        #expect(try store.verify().problems == [])
    }

    @Test func aPageStaysBelowTheLimitOfABody() throws {
        let note = String(repeating: "x", count: 60 << 10)
        for _ in 0..<100 { try store.add(note) }
        let request = try store.request(for: .parish)
        #expect(try request.encoded().count < Limits.inflatedBytes)
        #expect(try (60..<80).contains(#require(request.push).entries.count))
    }

    // A secret is shown with a push. What is written after the push has another one.
    @Test func everyAcknowledgedPushEndsASecret() throws {
        try store.add("Ada")
        let first = try #require(try push())
        var head = try accepted(first, after: ChainHead())
        try store.add("Bo")
        try store.receive(store.answer(acknowledging: head))
        try store.add("Cy")
        let second = try #require(try push())
        head = try accepted(second, after: head)
        #expect(second.secrets.map(\.first) == [1, 3])
        #expect(second.secrets[0] == first.secrets[0])
        #expect(second.secrets[1].secret != first.secrets[0].secret)

        try store.receive(store.answer(acknowledging: head))
        try store.add("Di")
        let third = try #require(try push())
        #expect(third.secrets.map(\.first) == [4])
        #expect(try accepted(third, after: head).seq == 4)
        #expect(try store.verify().problems == [])
    }

    // The answer was lost: the same commits go up again, to the letter.
    @Test func aPushIsRepeatedUnchanged() throws {
        try store.add("Ada")
        let first = try #require(try push())
        let again = try #require(try push())
        #expect(first.entries == again.entries)
        #expect(first.secrets == again.secrets)
        #expect(try accepted(again, after: ChainHead()) == store.meta().head)
    }

    // A hub that was restored has less than it once acknowledged. It is handed up again.
    @Test func aHubThatHasLessGetsItAgain() throws {
        var heads = [ChainHead()]
        for name in ["Ada", "Bo", "Cy"] {
            try store.add(name)
            heads.append(try store.meta().head)
            try store.receive(store.answer())
        }
        try store.receive(store.answer(acknowledging: heads[1]))
        #expect(try store.meta().pending == 2)
        let push = try #require(try push())
        #expect(try accepted(push, after: heads[1]) == heads[3])
        #expect(try store.verify().problems == [])
    }
}
