import GRDB
import Replication
import Store
import Testing

/// Commits that others wrote take the path of one's own.
@Suite("What others wrote")
struct MergeTests {
    let store: Store
    let other: Store

    init() throws {
        store = try Store.open(1)
        other = try Store.open(2)
    }

    @Test func aForeignCommitIsInCellsTableAndFingerprint() throws {
        let bo = try other.add("Bo", home: Space.commons)
        try other.act(Edit(bo, [.set(.name, .text("Bobby"))]))
        try store.merge(other.unsentCommits())
        #expect(try store.tables() == other.tables())
        #expect(try store.fingerprints() == other.fingerprints())
        #expect(
            try store.read { try History.entries(of: bo, $0) }
                == other.read { try History.entries(of: bo, $0) })
        #expect(try store.find("bobby").map(\.key) == [bo])
        #expect(try store.meta().head.seq == 0)
        #expect(try store.verify().problems == [])
    }

    @Test func orderAndRepetitionMakeNoDifference() throws {
        let bo = try other.add("Bo")
        try other.act(Edit(bo, [.set(.name, .text("Bob"))]))
        try other.act(Edit(bo, [.set(.name, .text("Bobby")), .insert(.languages, .text("Twi"))]))
        let commits = try other.unsentCommits()
        try store.merge(commits.reversed() + commits)
        for commit in commits { try store.merge([commit]) }
        #expect(try store.tables() == other.tables())
        #expect(try store.fingerprints() == other.fingerprints())
        #expect(try store.state(bo) == other.state(bo))
        #expect(
            try store.read { try History.entries(of: bo, $0) }
                == other.read { try History.entries(of: bo, $0) })
    }

    // A newer version of the program writes kinds and fields that this one has never heard of.
    @Test func unknownKindsAndFieldsAreMergedAndKept() throws {
        let bo = try other.add("Bo")
        let vow = RecordKey(.future, other.environment.newID())
        let odd = Value(type: ValueType(rawValue: 77), bytes: [1, 2, 3])
        try other.act(
            Edit(bo, [.set(.nickname, .text("Bobby")), .set(41, MergeRule(rawValue: 9), odd)]),
            Edit(vow, home: .northTurf, [.set(16, .keep, .text("always"))]))
        try store.merge(other.unsentCommits())
        #expect(try store.state(bo) == other.state(bo))
        #expect(try store.state(bo)?.value(of: 41) == odd)
        #expect(try store.state(vow)?.value(of: 16) == .text("always"))
        #expect(try store.fingerprints() == other.fingerprints())

        // They conflict, and are settled, like all others.
        try store.act(Edit(bo, [.set(.nickname, .text("B"))]))
        try other.act(Edit(bo, [.set(.nickname, .text("Bob"))]))
        try store.merge(other.unsentCommits())
        #expect(try store.read { try Records.inConflict($0).map(\.key) } == [bo])
        #expect(try store.verify().problems == [])
    }

    @Test func aFieldWhoseTypeHasChangedIsLeftOutOfTheTable() throws {
        let bo = try other.add("Bo")
        try other.act(Edit(bo, [.set(16, .keep, .int(5)), .set(18, .keep, .text("spring"))]))
        try store.merge(other.unsentCommits())
        #expect(try store.column("name", of: bo, as: String.self) == nil)
        #expect(try store.state(bo)?.value(of: 16) == .int(5))
        #expect(try store.verify().problems == [])
    }

    // The edit is here, the commit that made the record is not yet.
    @Test func anEditBeforeItsRecordWaits() throws {
        let bo = try other.add("Bo", home: .northTurf)
        try other.act(Edit(bo, [.set(.name, .text("Bobby"))]))
        let commits = try other.unsentCommits()
        try store.merge([commits[1]])
        #expect(try store.tables() == [])
        #expect(try Set(store.fingerprints().keys) == [Space.organizers])
        #expect(try store.verify().problems == [])
        try store.merge([commits[0]])
        #expect(try Set(store.fingerprints().keys) == [.northTurf])
        #expect(try store.column("name", of: bo) == "Bobby")
        #expect(try store.verify().problems == [])
    }

    // A clock that is years ahead signs what it likes; only what the hub let stand is folded in.
    @Test func onlyEffectiveStampsMoveTheClock() throws {
        let clock = Clock()
        clock.milliseconds = 3_000_000_000_000
        let ahead = try Store.open(3, clock: clock)
        let key = try ahead.add("Eve")
        var commit = try #require(try ahead.unsentCommits().first)
        commit.effective = Stamp(milliseconds: 1_800_000_060_000)
        try store.merge([commit])
        #expect(try store.meta().clock == Stamp(milliseconds: 1_800_000_060_000))
        #expect(try store.state(key)?[16]?.winner?.effective == commit.effective)
    }

    @Test func aStateMergesLikeItsCommits() throws {
        let bo = try other.add("Bo")
        try other.act(Edit(bo, [.set(.name, .text("Bobby"))]))
        try store.merge([other.unsentCommits()[0]])
        let state = try #require(try other.state(bo))
        try store.write { try $0.merge(state, into: bo) }
        try store.write { try $0.merge(state, into: bo) }
        #expect(try store.state(bo) == state)
        #expect(try store.fingerprints() == other.fingerprints())
        #expect(try store.read { try History.entries(of: bo, $0).count } == 3)
    }
}
