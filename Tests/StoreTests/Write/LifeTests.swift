import GRDB
import Replication
import Store
import Testing

@Suite("Sets, moves, deletes")
struct LifeTests {
    let store: Store
    let other: Store

    init() throws {
        store = try Store.open(1)
        other = try Store.open(2)
    }

    /// Each gets all that the other has written.
    private func exchange() throws {
        let (mine, theirs) = (try store.unsentCommits(), try other.unsentCommits())
        try store.merge(theirs)
        try other.merge(mine)
        #expect(try store.fingerprints() == other.fingerprints())
        #expect(try store.tables() == other.tables())
        #expect(try store.verify().problems == [])
    }

    @Test func anAdditionWinsOverAConcurrentRemoval() throws {
        let ada = try store.add("Ada")
        try store.act(Edit(ada, [.insert(.languages, .text("Twi"))]))
        try exchange()
        try store.act(Edit(ada, [.remove(.languages, .text("Twi"))]))
        try store.act(Edit(ada, [.insert(.languages, .text("Twi"))]))
        try other.act(Edit(ada, [.remove(.languages, .text("Twi"))]))
        #expect(try other.column("languages", of: ada, as: String.self) == nil)
        try exchange()
        #expect(try other.column("languages", of: ada) == #"["Twi"]"#)
    }

    @Test func aSetIsJSONInOrderOfBytes() throws {
        let ada = try store.add("Ada")
        let elements = ["é", "a \"quoted\" \\ word", "tab\there", "Z", "\u{1F600}"]
        try store.act(Edit(ada, elements.map { .insert(.languages, .text($0)) }))
        let read = try store.read { db in
            try String.fetchAll(
                db,
                sql: "SELECT value FROM person, json_each(languages) WHERE person.id = ?",
                arguments: [ada.id.data])
        }
        #expect(read == elements.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }

    @Test func aDeletedRecordLeavesTheTableAndComesBack() throws {
        let ada = try store.add("Ada")
        try store.act(Edit(ada, [.delete]))
        #expect(try store.tables() == [])
        #expect(try store.read { try Records.deleted(.person, $0).map(\.key) } == [ada])
        #expect(try store.act(Edit(ada, [.delete])).isEmpty)
        try store.act(Edit(ada, [.restore]))
        #expect(try store.column("name", of: ada) == "Ada")
        #expect(try store.act(Edit(ada, [.restore])).isEmpty)
        #expect(try store.verify().problems == [])
    }

    @Test func anEditBesideADeleteKeepsTheRecord() throws {
        let ada = try store.add("Ada")
        try exchange()
        try store.act(Edit(ada, [.delete]))
        try other.act(Edit(ada, [.set(.notes, .text("met again"))]))
        try exchange()
        #expect(try store.column("notes", of: ada) == "met again")
        #expect(try store.state(ada)?.life == .deletedWhileEdited)
        #expect(try store.read { try Records.conflictCount($0) } == 1)
        #expect(try store.read { try Records.inConflict($0).map(\.key) } == [ada])

        try other.act(Edit(ada, [.delete]))
        try exchange()
        #expect(try store.tables() == [])
        #expect(try store.read { try Records.conflictCount($0) } == 0)
    }

    @Test func aMoveTakesTheFingerprintAlong() throws {
        let ada = try store.add("Ada", home: .northTurf)
        try store.act(Edit(ada, home: Space.commons, [.move(.southTurf)]))
        #expect(try Set(store.fingerprints().keys) == [.southTurf])
        #expect(try store.write { try $0.space(of: ada) } == .southTurf)
        #expect(try store.column("space", of: ada) == SpaceID.southTurf.data)
    }

    // Of moves apart the greatest signed stamp is shown, everywhere, until somebody settles it.
    @Test func ofConcurrentMovesOneWinsEverywhere() throws {
        let ada = try store.add("Ada")
        try exchange()
        try store.act(Edit(ada, [.move(.northTurf)]))
        try other.act(Edit(ada, [.move(.southTurf)]))
        try exchange()
        #expect(try store.fingerprints().count == 1)
        #expect(try store.read { try Records.conflictCount($0) } == 1)
    }

    @Test func aConflictIsShownUntilSomebodySettlesIt() throws {
        let ada = try store.add("Ada")
        try exchange()
        try store.act(Edit(ada, [.set(.name, .text("Ava"))]))
        try other.act(Edit(ada, [.set(.name, .text("Eva"))]))
        try exchange()
        #expect(try store.state(ada)?[16]?.conflict?.count == 2)
        #expect(try store.read { try Records.inConflict($0).map(\.key) } == [ada])

        // Settling on the one that is shown already is an act, too.
        let shown = try #require(try store.state(ada)?.value(of: 16))
        try store.act(Edit(ada, [.set(.name, shown)]))
        try exchange()
        #expect(try other.state(ada)?[16]?.conflict == nil)
        #expect(try other.read { try Records.conflictCount($0) } == 0)
    }

    @Test func aPreferenceIsNeverAConflict() throws {
        let ada = try store.add("Ada")
        try exchange()
        try store.act(Edit(ada, [.set(.color, .text("red"))]))
        try other.act(Edit(ada, [.set(.color, .text("blue"))]))
        try exchange()
        #expect(try store.read { try Records.conflictCount($0) } == 0)
    }

    @Test func anErasureLeavesNoCellNoRowAndNoHistory() throws {
        let ada = try store.add("Ada")
        try store.act(Edit(ada, [.set(.name, .text("Ava"))]))
        try exchange()
        try store.act(Edit(ada, [.set(CommonField.erased, .keep, .int(1))]))
        try other.act(Edit(ada, [.set(.notes, .text("late"))]))
        try exchange()
        #expect(try other.state(ada)?.cells.map(\.key.field) == [CommonField.erased])
        #expect(try other.tables() == [])
        #expect(try other.number("SELECT count(*) FROM history") == 0)
        #expect(try other.find("ava") == [])
        #expect(try other.find("late") == [])
    }
}
