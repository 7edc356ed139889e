import Replication
import Store
import Testing

@Suite("Records that come and go")
struct ScopeTests {
    let store: Store
    let other: Store

    init() throws {
        store = try Store.open(1)
        other = try Store.open(2)
    }

    private func search(_ text: String) throws -> [RecordKey] {
        try store.find(text).map(\.key)
    }

    @Test func aRecordThatLeavesLeavesEverything() throws {
        let ada = try store.add("Ada")
        let bo = try store.add("Bo")
        try store.act(Edit(ada, [.set(.name, .text("Ava"))]))
        #expect(try search("ava") == [ada])
        let received = try store.receive(store.answer(.hub(3), leave: [ada]))
        #expect(received.left == 1)
        #expect(try store.state(ada) == nil)
        #expect(try store.tables().count == 1)
        #expect(try search("ava") == [])
        #expect(try search("bo") == [bo])
        #expect(try store.number("SELECT count(*) FROM history") == 0)
        #expect(try store.read { try History.entries(of: ada, $0) } == [])
        #expect(try store.verify().problems == [])
    }

    // The edit goes up first; then the page comes again.
    @Test func aLeaveWaitsForUnsentEdits() throws {
        let ada = try store.add("Ada")
        let sent = try store.meta().head
        try store.receive(store.answer(.hub(3)))
        try store.act(Edit(ada, [.set(.notes, .text("unsent"))]))
        try other.add("Bo")
        let page = try store.answer(
            .hub(9), acknowledging: sent, entries: other.unsentCommits(), leave: [ada])
        let held = try store.receive(page)
        #expect(held.isHeld && held.commits == 0)
        #expect(try store.column("notes", of: ada) == "unsent")
        #expect(try store.tables().count == 1)
        #expect(try store.meta().cursor == .hub(3))

        var again = page
        again.acknowledged = try store.meta().head
        let received = try store.receive(again)
        #expect(!received.isHeld && received.left == 1 && received.commits == 1)
        #expect(try store.state(ada) == nil)
        #expect(try store.meta().cursor == .hub(9))
        #expect(try store.verify().problems == [])
    }

    // The acknowledgement and the refusals of a held page count all the same.
    @Test func aHeldPageIsStillAnAcknowledgement() throws {
        let ada = try store.add("Ada")
        let sent = try store.meta().head
        try store.act(Edit(ada, [.set(.notes, .text("unsent"))]))
        let received = try store.receive(
            store.answer(
                acknowledging: sent, refused: [Refusal(seq: 1, rule: "no grant")], leave: [ada]))
        #expect(received.isHeld && received.refused == 1)
        #expect(try store.meta().acknowledged == sent)
        #expect(try store.meta().cursor == nil)
    }

    @Test func aRecordThatEntersIsWhatTheHubHas() throws {
        let ada = try store.add("Ada")
        try store.receive(store.answer(.hub(3)))
        let sent = try store.meta().head
        try store.act(Edit(ada, [.set(.notes, .text("unsent"))]))
        try other.act(Edit(ada, home: .northTurf, [.set(.name, .text("Ada of the hub"))]))
        let received = try store.receive(
            store.answer(
                .hub(4), acknowledging: sent, entries: other.unsentCommits(), enter: [ada]))
        #expect(received.commits == 1)
        #expect(try store.column("name", of: ada) == "Ada of the hub")
        #expect(try store.column("notes", of: ada) == "unsent")
        #expect(try Set(store.fingerprints().keys) == [.northTurf])
        #expect(try store.verify().problems == [])
    }

    @Test func aScopeThatShrinksDropsWhatIsOutside() throws {
        let ada = try store.add("Ada", home: .northTurf)
        let bo = try store.add("Bo", home: .southTurf)
        let cy = try store.add("Cy", home: Space.commons)
        try store.receive(store.answer(.hub(3)))
        let received = try store.receive(store.answer(.hub(4, Space.commons, .northTurf)))
        #expect(received.left == 1)
        #expect(try store.state(bo) == nil)
        #expect(try store.state(ada) != nil && store.state(cy) != nil)
        #expect(try Set(store.fingerprints().keys) == [Space.commons, .northTurf])

        // A grant that ends leaves nothing.
        var nothing = try store.answer(.hub(5))
        nothing.cursor.positions = [:]
        #expect(try store.receive(nothing).left == 2)
        #expect(try store.tables() == [])
        #expect(try store.fingerprints() == [:])
        #expect(try store.verify().problems == [])
    }

    /// A move that was refused makes a record seem to be outside: it is asked for all the same.
    @Test func whatIsOutsideByARefusedMoveStaysWanted() throws {
        let ada = try store.add("Ada", home: .northTurf)
        try store.receive(store.answer(.hub(3, .northTurf)))
        try store.act(Edit(ada, [.move(.southTurf)]))
        try store.receive(
            store.answer(
                .hub(4, .northTurf, Space.commons), refused: [Refusal(seq: 2, rule: "grant")]))
        #expect(try store.state(ada) == nil)
        #expect(try store.request(for: .parish).wanted == [ada])
    }

    @Test func aScopeThatGrowsDropsNothing() throws {
        try store.add("Ada", home: .northTurf)
        try store.receive(store.answer(.hub(3, .northTurf)))
        #expect(try store.receive(store.answer(.hub(4, .northTurf, .southTurf))).left == 0)
        #expect(try store.receive(store.answer(.hub(5))).left == 0)
        #expect(try store.tables().count == 1)
    }

    // What is outside goes once nothing of it is unsent.
    @Test func anUnsentRecordOutsideGoesOnceItIsSent() throws {
        let ada = try store.add("Ada", home: .northTurf)
        try store.receive(store.answer(.hub(3)))
        let sent = try store.meta().head
        try store.act(Edit(ada, [.set(.notes, .text("unsent"))]))
        let narrow = Replication.Cursor.hub(4, Space.commons)
        #expect(try store.receive(store.answer(narrow, acknowledging: sent)).isHeld)
        #expect(try store.column("notes", of: ada) == "unsent")
        #expect(try store.meta().cursor == .hub(3))
        #expect(try store.receive(store.answer(narrow)).left == 1)
        #expect(try store.state(ada) == nil)
        #expect(try store.verify().problems == [])
    }
}
