import Replication
import Store
import Testing

@Suite("A notebook that an older and a newer version open in turn")
struct SkewTests {
    let folder: TemporaryFolder
    let newer: Store
    let ada: RecordKey
    let vow: RecordKey

    init() throws {
        folder = try TemporaryFolder()
        newer = try Store.open(at: folder.file(), schema: .later)
        ada = try newer.add("Ada")
        vow = RecordKey(.future, newer.environment.newID())
        try newer.act(
            Edit(ada, [.set(.nickname, .text("Addie"))]),
            Edit(vow, [.set(16, .keep, .text("a canary of a vow"))]))
    }

    private func older() throws -> Store { try Store.open(at: folder.file(), creating: false) }

    private func again() throws -> Store {
        try Store.open(at: folder.file(), schema: .later, creating: false)
    }

    // What a wipe, a leave or an erasure takes away must not stay in a table that nobody knows.
    @Test func theOlderOneLeavesNoTableThatItDoesNotKeepUpToDate() throws {
        #expect(try newer.number("SELECT count(*) FROM vow") == 1)
        try newer.file.close()
        let old = try older()
        #expect(try old.number("SELECT count(*) FROM sqlite_master WHERE name = 'vow'") == 0)
        #expect(try old.state(vow)?.value(of: 16) == .text("a canary of a vow"))
    }

    @Test func theOlderOneKeepsEverythingThroughEditsMovesAndDeletes() throws {
        try newer.file.close()
        let old = try older()
        try old.act(Edit(ada, [.set(.notes, .text("Met at the hall.")), .move(.northTurf)]))
        try old.act(Edit(ada, [.delete]))
        try old.act(Edit(vow, [.delete]))
        try old.act(Edit(ada, [.restore]))
        #expect(try old.verify().problems == [])
        try old.file.close()

        let again = try again()
        #expect(try again.column("nickname", of: ada) == "Addie")
        #expect(try again.column("notes", of: ada) == "Met at the hall.")
        #expect(try again.number("SELECT count(*) FROM vow") == 0)
        #expect(try again.state(vow)?.life == .deleted)
        #expect(try again.verify().problems == [])
    }

    // A hub goes on serving while its timer runs the program that has just been installed.
    @Test func bothAtOnceLeaveTheTablesRightForTheNewerOne() throws {
        try newer.file.close()
        let old = try older()
        let upgraded = try again()
        try old.act(Edit(ada, [.set(.notes, .text("by the older one"))]))
        #expect(try old.column("notes", of: ada) == "by the older one")
        try upgraded.act(Edit(vow, [.set(16, .keep, .text("renewed"))]))
        #expect(try upgraded.column("nickname", of: ada) == "Addie")
        try old.act(Edit(ada, [.set(.notes, .text("again"))]))
        try old.file.close()
        try upgraded.file.close()

        let last = try again()
        #expect(try last.column("nickname", of: ada) == "Addie")
        #expect(try last.column("notes", of: ada) == "again")
        #expect(try last.verify().problems == [])
    }

    @Test func theNewerOneGoesOnWhenTheOlderOneHasTakenTheTablesBack() throws {
        let old = try older()
        try newer.act(Edit(ada, [.set(.nickname, .text("Ad"))]))
        #expect(try newer.column("nickname", of: ada) == "Ad")
        #expect(try newer.verify().problems == [])
        try old.act(Edit(ada, [.set(.notes, .text("and on"))]))
        try newer.file.close()
        #expect(try again().column("nickname", of: ada) == "Ad")
    }

    @Test func whatIsIssuedAnewKeepsItsUnknownFieldsAndKinds() throws {
        try newer.file.close()
        let old = try older()
        let successor = try Environment.device(9)
        let count = try old.write {
            try $0.reissue(after: 0, refused: [], as: successor.key.device)
        }
        #expect(count == 3)
        let renamed = try old.written(as: successor.key)
        #expect(try renamed.verify().problems == [])
        let commits = try renamed.unsentCommits()
        #expect(Set(commits.map(\.dot.device)) == [successor.key.device])
        try renamed.file.close()

        let other = try Store.open(3, schema: .later)
        try other.merge(commits)
        #expect(try other.column("nickname", of: ada) == "Addie")
        #expect(try other.number("SELECT count(*) FROM vow") == 1)
    }

    @Test func aWipeTakesTheUnknownToo() throws {
        try newer.receive(newer.answer())
        try newer.file.close()
        let old = try older()
        try old.write { try $0.wipe(as: Environment.device(9).key.device) }
        for table in ["record", "history", "log", "formerLog", "unindexed"] {
            #expect(try old.number("SELECT count(*) FROM \(table)") == 0, "\(table)")
        }
    }

    @Test func aWipeTakesTheTablesOfANewerOneToo() throws {
        try newer.receive(newer.answer())
        try newer.file.close()
        let old = try older()
        let upgraded = try again()
        #expect(try upgraded.number("SELECT count(*) FROM vow") == 1)
        try old.write { try $0.wipe(as: Environment.device(9).key.device) }
        #expect(try old.number("SELECT count(*) FROM sqlite_master WHERE name = 'vow'") == 0)
        #expect(try old.tables() == [])
    }

    @Test func aConflictInAnUnknownFieldIsCountedAndShown() throws {
        let other = try Store.open(3, schema: .later)
        try other.merge(newer.unsentCommits())
        try other.act(Edit(ada, [.set(.nickname, .text("Ace"))]))
        try newer.act(Edit(ada, [.set(.nickname, .text("Ad"))]))
        try newer.file.close()
        let old = try older()
        try old.merge(other.unsentCommits())
        #expect(try old.read { try Records.conflictCount($0) } == 1)
        #expect(try old.state(ada)?.conflicts.map(\.field) == [40])
        try old.act(Edit(ada, [.set(.notes, .text("edited all the same"))]))
        #expect(try old.read { try Records.conflictCount($0) } == 1)
        try old.file.close()
        let again = try again()
        #expect(try again.state(ada)?[40]?.conflict?.count == 2)
        try again.act(Edit(ada, [.set(.nickname, .text("Ad"))]))
        #expect(try again.read { try Records.conflictCount($0) } == 0)
    }
}
