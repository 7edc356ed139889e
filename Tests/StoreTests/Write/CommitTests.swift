import GRDB
import Replication
import Store
import Testing

@Suite("One write path")
struct CommitTests {
    let clock = Clock()
    let store: Store

    init() throws {
        store = try Store.open(clock: clock)
    }

    @Test func anEditIsInLogCellsTableAndFingerprintAtOnce() throws {
        let key = RecordKey(.person, store.environment.newID())
        let dots = try store.act(
            Edit(
                key, home: Space.commons,
                [
                    .set(.name, .text("Ada")), .set(.born, .day(-5)), .set(.visits, .int(-3)),
                    .set(.sponsor, .id(.bo)), .insert(.languages, .text("Tagalog")),
                ]))
        #expect(dots == [Dot(store.device, 1)])
        let commit = try #require(try store.unsentCommits().first)
        #expect(commit.dot == dots.first)
        #expect(commit.author == .ada)
        #expect(commit.stamp == Stamp(milliseconds: clock.milliseconds))
        #expect(commit.writes.map(\.field) == [2, 16, 18, 19, 20, 21])

        let state = try #require(try store.state(key))
        #expect(state.space == Space.commons)
        #expect(state.value(of: 16) == .text("Ada"))
        #expect(try store.column("name", of: key) == "Ada")
        #expect(try store.column("born", of: key) == -5)
        #expect(try store.column("visits", of: key) == -3)
        #expect(try store.column("sponsor", of: key) == MemberID.bo.data)
        #expect(try store.column("languages", of: key) == #"["Tagalog"]"#)
        #expect(try store.fingerprints() == [Space.commons: Fingerprint(of: key, state)])
        #expect(try store.meta().pending == 1)
        #expect(try store.verify().isOK)
    }

    private struct Trouble: Error {}

    @Test func anErrorInTheBodyLeavesNoTrace() throws {
        let ada = try store.add("Ada")
        let (meta, tables) = (try store.meta(), try store.tables())
        let other = RecordKey(.person, store.environment.newID())
        #expect(throws: Trouble.self) {
            try store.write { transaction in
                try transaction.commit([Edit(ada, [.set(.name, .text("Ava"))])], by: .ada)
                try transaction.commit([Edit(other, [.set(.name, .text("Bo"))])], by: .ada)
                try transaction.setSetting("hub", "https://hub.example")
                _ = try transaction.read { try Int.fetchOne($0, sql: "SELECT 1") }
                throw Trouble()
            }
        }
        #expect(try store.meta() == meta)
        #expect(try store.tables() == tables)
        #expect(try store.state(other) == nil)
        #expect(try store.read { try Setting.value($0, "hub") } == nil)
        #expect(try store.verify().isOK)
    }

    @Test func anEditThatChangesNothingLeavesNoCommit() throws {
        let key = RecordKey(.person, store.environment.newID())
        let same: [Change] = [
            .set(.name, .text("Ada")), .set(.origin, .text("door")), .set(.visits, .null),
            .insert(.languages, .text("Twi")), .remove(.languages, .text("Ewe")), .restore,
            .move(Space.organizers),
        ]
        #expect(try store.act(Edit(key, same)).count == 1)
        #expect(try store.act(Edit(key, same)).isEmpty)
        #expect(try store.act(Edit(key, [.set(.origin, .text("phone"))])).isEmpty)
        #expect(try store.column("origin", of: key) == "door")
        #expect(try store.meta().head.seq == 1)
    }

    @Test func theCommitsOfOneActShareItsNumber() throws {
        let keys = (0..<3).map { _ in RecordKey(.person, store.environment.newID()) }
        try store.add("Ada")
        try store.write { transaction in
            let edits = keys.map { Edit($0, [.set(.name, .text("\($0)"))]) }
            let dots = try transaction.commit(edits, by: .ada)
            #expect(dots.map(\.seq) == [2, 3, 4])
        }
        #expect(try store.unsentCommits().map(\.transaction) == [1, 4, 4, 4])
        #expect(try store.unsentCommits().dropFirst().map(\.key) == keys)
    }

    @Test func aWriteNamesWhatWasLive() throws {
        let ada = try store.add("Ada")
        try store.act(Edit(ada, [.set(.name, .text("Ava"))]))
        try store.act(Edit(ada, [.set(.name, .null)]))
        let overwrites = try store.unsentCommits().map { $0.writes.last?.overwrites ?? [] }
        #expect(overwrites == [[], [Dot(store.device, 1)], [Dot(store.device, 2)]])
        #expect(try store.column("name", of: ada, as: String.self) == nil)

        let history = try store.read { try History.entries(of: ada, $0) }
        let names = history.filter { $0.cell.field == 16 }
        #expect(names.map(\.write.value) == [.text("Ada"), .text("Ava"), .null])
        #expect(names.map(\.isLive) == [false, false, true])
        #expect(names.allSatisfy { $0.write.author == .ada })
    }

    @Test func theLastOfSeveralEditsOfOneFieldCounts() throws {
        let ada = try store.add("Ada")
        try store.act(
            Edit(ada, [.set(.name, .text("Ava")), .insert(.languages, .text("Twi"))]),
            Edit(ada, [.set(.name, .text("Ada")), .remove(.languages, .text("Twi"))]))
        #expect(try store.column("name", of: ada) == "Ada")
        #expect(try store.column("languages", of: ada, as: String.self) == nil)
        #expect(try store.verify().isOK)
    }

    @Test func theClockNeverGoesBack() throws {
        clock.milliseconds = 2_000_000_000_000
        try store.add("Ada")
        clock.milliseconds = 1_000_000_000_000
        try store.add("Bo")
        try store.add("Cy")
        let stamps = try store.unsentCommits().map(\.stamp)
        #expect(stamps.map(\.milliseconds) == Array(repeating: 2_000_000_000_000, count: 3))
        #expect(stamps.map(\.counter) == [0, 1, 2])
    }

    @Test func aSettingIsKeptAndNeverSent() throws {
        try store.write { try $0.setSetting("hub", "https://hub.example") }
        #expect(try store.read { try Setting.all($0)["hub"] } == "https://hub.example")
        try store.write { try $0.setSetting("hub", nil) }
        #expect(try store.read { try Setting.value($0, "hub") } == nil)
        #expect(try store.meta().head.seq == 0)
    }
}
