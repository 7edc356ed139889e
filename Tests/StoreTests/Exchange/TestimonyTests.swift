import Replication
import Store
import Testing

@Suite("What the hub has lost")
struct TestimonyTests {
    let store: Store

    init() throws {
        store = try Store.open(1)
    }

    /// An edit of a record that the hub does not know, and of which nothing else is here any more: the
    /// hub has lost it, and it was dropped for that.
    private func orphan() throws -> RecordKey {
        let ada = try store.add("Ada")
        try store.receive(store.answer(.hub(3)))
        let sent = try store.meta().head
        try store.act(Edit(ada, [.set(.notes, .text("orphan"))]))
        var lost = try store.answer(.hub(3), acknowledging: sent)
        lost.unknown = [ada]
        try store.receive(lost)
        #expect(try store.state(ada)?.space == nil)
        let refused = [Refusal(seq: sent.seq + 1, rule: "unknown-record")]
        try store.receive(store.answer(.hub(4), refused: refused))
        return ada
    }

    private func hear(ofUnknown key: RecordKey, mayMove: Bool) throws {
        var answer = try store.answer(.hub(5))
        answer.unknown = [key]
        let witness = Witness(
            member: RecordID(rawValue: 7), isDue: true, mayMove: mayMove, mayErase: false)
        _ = try store.write { try $0.receive(answer, witness: witness) }
    }

    // Given back, it would be refused again, and again.
    @Test func whatALeaderCannotPlaceIsKeptForReviewAlone() throws {
        let ada = try orphan()
        try hear(ofUnknown: ada, mayMove: false)
        #expect(try store.meta().pending == 0)
        #expect(try store.state(ada) == nil)
        #expect(try store.refused().count == 1)
        #expect(try store.verify().problems == [])
    }

    @Test func anOrganizerGivesItAHome() throws {
        let ada = try orphan()
        try hear(ofUnknown: ada, mayMove: true)
        #expect(try store.meta().pending == 2)
        #expect(try store.state(ada)?.space == Space.organizers)
        #expect(try store.column("notes", of: ada) == "orphan")
        #expect(try store.verify().problems == [])
    }
}
