import Replication
import Store
import Testing

@Suite("What comes down")
struct IncomingTests {
    let clock = Clock()
    let store: Store
    let other: Store

    init() throws {
        store = try Store.open(1, clock: clock)
        other = try Store.open(2, clock: clock)
    }

    @Test func aPageIsMergedWithItsCursor() throws {
        let bo = try other.add("Bo")
        let received = try store.receive(
            store.answer(.hub(12), entries: other.unsentCommits()))
        #expect(received.commits == 1)
        #expect(received.refused == 0 && received.left == 0 && !received.isHeld)
        #expect(try store.column("name", of: bo) == "Bo")
        #expect(try store.meta().cursor == .hub(12))
        #expect(try store.verify().problems == [])
    }

    @Test func theSamePageTwiceIsHarmless() throws {
        try store.add("Ada")
        let bo = try other.add("Bo")
        try other.act(Edit(bo, [.set(.name, .text("Bobby"))]))
        let page = try other.unsentCommits() + store.unsentCommits()
        let answer = try store.answer(.hub(12), entries: page)
        try store.receive(answer)
        let (meta, tables, sums) = (
            try store.meta(), try store.tables(), try store.fingerprints()
        )
        try store.receive(answer)
        #expect(try store.meta() == meta)
        #expect(try store.tables() == tables)
        #expect(try store.fingerprints() == sums)
        #expect(try store.verify().problems == [])
    }

    @Test func stubsAreAppliedNowhere() throws {
        let digest = Digest.empty
        var answer = try store.answer(.hub(12))
        answer.entries = [.stub(Dot(other.device, 1), digest)]
        #expect(try store.receive(answer).commits == 0)
        #expect(try store.read { try Records.count($0) } == 0)
    }

    // Page, cursor and acknowledgement, or nothing of them.
    @Test func anAnswerThatFailsLeavesNoTrace() throws {
        try store.add("Ada")
        let before = try store.meta()
        try other.add("Bo")
        let answer = try store.answer(.hub(12), entries: other.unsentCommits())
        try store.tamper(
            """
            CREATE TRIGGER trouble BEFORE INSERT ON meta WHEN NEW.key = 'cursor'
            BEGIN SELECT raise(ABORT, 'trouble'); END
            """)
        #expect(throws: (any Error).self) { try store.receive(answer) }
        #expect(try store.meta() == before)
        #expect(try store.tables().count == 1)
        #expect(try store.verify().problems == [])
        try store.tamper("DROP TRIGGER trouble")
        #expect(try store.receive(answer).commits == 1)
    }

    @Test func anotherChainIsAFork() throws {
        try store.add("Ada")
        let before = try store.meta()
        try other.add("Bo")
        let forged = ChainHead(seq: 1, hash: try other.meta().head.hash)
        let refusal = #expect(throws: StoreError.self) {
            try store.receive(
                store.answer(.hub(12), acknowledging: forged, entries: other.unsentCommits()))
        }
        #expect(
            refusal.map { "\($0)" } == """
                The hub has other entries of this notebook than this file, from number 1 on. The \
                notebook was copied, or restored from a backup. Nothing was changed.
                """)
        // The hub has more of this device than this file: it was restored.
        let beyond = ChainHead(seq: 9, hash: try store.meta().head.hash)
        #expect(throws: StoreError.forked(9)) {
            try store.receive(store.answer(.hub(12), acknowledging: beyond))
        }
        #expect(throws: StoreError.forked(0)) {
            try store.receive(store.answer(acknowledging: ChainHead(seq: 0, hash: forged.hash)))
        }
        #expect(try store.meta() == before)
        #expect(try store.tables().count == 1)
    }

    // The device's clock was ahead; the hub let its commit through with a smaller stamp.
    @Test func aLoweredStampLosesToALaterEdit() throws {
        let ada = try store.add("Ada")
        try other.merge(store.unsentCommits())
        clock.milliseconds += 10_000_000
        try store.act(Edit(ada, [.set(.name, .text("from the future"))]))
        clock.milliseconds -= 9_000_000
        try other.act(Edit(ada, [.set(.name, .text("now"))]))
        let lowered = Lowered(seq: 2, effective: Stamp(milliseconds: clock.milliseconds - 1))
        let answer = try store.answer(
            .hub(3), lowered: [lowered], entries: other.unsentCommits())
        try store.receive(answer)
        #expect(try store.column("name", of: ada) == "now")
        #expect(try store.state(ada)?[16]?.conflict?.map(\.effective).last == lowered.effective)
        try store.receive(answer)
        #expect(try store.verify().problems == [])
    }

    @Test func aLoweredStampOfARecordThatLeftChangesNothing() throws {
        let ada = try store.add("Ada")
        try store.receive(store.answer(.hub(2), leave: [ada]))
        let lowered = Lowered(seq: 1, effective: Stamp(milliseconds: 1))
        try store.receive(store.answer(.hub(3), lowered: [lowered]))
        #expect(try store.read { try Records.count($0) } == 0)
        #expect(try store.fingerprints() == [:])
    }

    @Test func aRefusedCommitIsKeptForItsAuthor() throws {
        let ada = try store.add("Ada")
        try store.add("Bo")
        let received = try store.receive(
            store.answer(.hub(4), refused: [Refusal(seq: 1, rule: "no grant")]))
        #expect(received.refused == 1)
        let refused = try store.refused()
        #expect(refused.map(\.rule) == ["no grant"])
        #expect(refused.map(\.commit.key) == [ada])
        #expect(refused.map(\.milliseconds) == [clock.milliseconds])
        #expect(try store.refusedCount() == 1)

        // What is here of the record holds a write that nobody else will ever have.
        let request = try store.request(for: .parish)
        #expect(request.wanted == [ada])
        #expect(request.refusalsSeen == 1)

        // The hub names it until it has heard that it was seen; it is noted once.
        clock.milliseconds += 1000
        let again = try store.receive(
            store.answer(.hub(5), refused: [Refusal(seq: 1, rule: "no grant")]))
        #expect(again.refused == 0)
        #expect(try store.refused().map(\.milliseconds) == [clock.milliseconds - 1000])

        // The record comes whole: without the refused write, and is wanted no more.
        let theirs = try Store.open(3)
        try theirs.act(Edit(ada, [.set(.name, .text("Ada as the hub knows her"))]))
        try store.receive(
            store.answer(.hub(6), entries: theirs.unsentCommits(), enter: [ada]))
        #expect(try store.column("name", of: ada) == "Ada as the hub knows her")
        #expect(try store.state(ada)?[16]?.live.count == 1)
        #expect(try store.request(for: .parish).wanted == [])
        #expect(try store.refusedCount() == 1)
        #expect(try store.verify().problems == [])
    }

    @Test func refusalsInAnyOrderAreAllKept() throws {
        for name in ["Ada", "Bo", "Cy"] { try store.add(name) }
        let refused = [3, 1, 2].map { Refusal(seq: $0, rule: "no grant") }
        #expect(try store.receive(store.answer(refused: refused)).refused == 3)
        #expect(try store.refused().map(\.commit.dot.seq) == [1, 2, 3])
    }

    @Test func aRefusalOfWhatIsNotHereIsPassedOver() throws {
        try store.add("Ada")
        let received = try store.receive(
            store.answer(refused: [Refusal(seq: 77, rule: "no grant")]))
        #expect(received.refused == 0)
        #expect(try store.refused().isEmpty)
    }
}
