import Replication
import Store
import Testing

@Suite("What the hub has lost")
struct TestimonyTests {
    let store: Store

    init() throws {
        store = try Store.open(1)
    }

    /// An edit of a record that had left, and that the hub does not know any more: nothing else of it is
    /// here.
    private func orphan() throws -> RecordKey {
        let bo = try Store.open(2)
        let ada = try bo.add("Ada")
        try store.merge(bo.unsentCommits())
        try store.act(Edit(ada, [.set(.notes, .text("orphan"))]))
        try store.receive(store.answer(.hub(3)))
        try store.receive(store.answer(.hub(3), leave: [ada]))
        var lost = try store.answer(.hub(3), acknowledging: ChainHead())
        lost.unknown = [ada]
        try store.receive(lost)
        let left = try #require(try store.state(ada))
        #expect(left.space == nil && !left.cells.isEmpty)
        let refused = [Refusal(seq: 1, rule: "unknown-record")]
        try store.receive(store.answer(.hub(4), refused: refused))
        return ada
    }

    /// Bo's name for Ada was lost; this notebook's own, which took its place, was refused.
    @Test func whatARefusedWriteOverwroteIsBack() throws {
        let ada = try store.add("Ada")
        let made = try #require(try store.unsentCommits().first)
        let name = try #require(made.writes.first { $0.field == 16 })
        try store.receive(store.answer(.hub(1)))
        let lost = Commit(
            dot: Dot(DeviceID(rawValue: 2), 1), stamp: made.stamp, author: .bo, key: ada,
            transaction: 1, salt: nil,
            writes: [
                FieldWrite(
                    field: name.field, rule: name.rule, value: .text("Ada R."),
                    overwrites: [made.dot])
            ])
        try store.receive(store.answer(.hub(2), entries: [lost]))
        try store.act(Edit(ada, [.set(.name, .text("Nobody"))]))
        let refused = [Refusal(seq: 2, rule: "grant")]
        try store.receive(store.answer(.hub(2), refused: refused))
        #expect(try store.column("name", of: ada) == "Nobody")
        let received = try store.receive(
            store.answer(.hub(2), refused: refused, entries: [made], enter: [ada]))
        #expect(received.apart == 1)
        #expect(try store.column("name", of: ada) == "Ada R.")
        let history = try store.read { try History.entries(of: ada, $0) }
        #expect(
            history.filter { $0.cell.field == name.field }.map(\.write.dot)
                == [lost.dot, made.dot].sorted())
        #expect(try store.verify().problems == [])
    }

    private func hear(ofUnknown key: RecordKey, mayMove: Bool) throws {
        var answer = try store.answer(.hub(5))
        answer.unknown = [key]
        let witness = Witness(
            member: RecordID(rawValue: 7), isDue: true, mayMove: mayMove, mayErase: false,
            mayWrite: { _ in true })
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
