import GRDB
import Replication
import Store
import Testing

@Suite("Projected tables")
struct ProjectionTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    // What was kept up to date edit by edit is what the cells make of it at once.
    @Test(arguments: 1...20)
    func tablesMadeAnewAreTheSame(seed: UInt64) throws {
        var work = Workload(seed: seed)
        let stores = try (1...2).map { try Store.open(UInt8($0), seed: seed) }
        for _ in 0..<60 {
            let store = stores.randomElement(using: &work.random) ?? stores[0]
            try work.act(on: store)
            if Int.random(in: 0..<8, using: &work.random) == 0 {
                try stores[0].merge(stores[1].unsentCommits())
            }
        }
        let tables = try stores[0].tables()
        #expect(!tables.isEmpty)
        let history = try stores[0].number("SELECT count(*) FROM history")
        try stores[0].write { try Projection(.sample).rebuild($0.db) }
        #expect(try stores[0].tables() == tables, "seed \(seed)")
        #expect(try stores[0].number("SELECT count(*) FROM history") == history)
        #expect(try stores[0].verify().problems == [], "seed \(seed)")
    }

    @Test func aNewerVersionShowsWhatTheOlderOneKept() throws {
        let newer = try Store.open(2, schema: .later)
        let bo = try newer.add("Bo")
        let vow = RecordKey(.future, newer.environment.newID())
        try newer.act(
            Edit(bo, [.set(.nickname, .text("Bobby"))]),
            Edit(vow, [.set(16, .keep, .text("always"))]))

        let old = try Store.open(at: folder.file())
        try old.merge(newer.unsentCommits())
        #expect(try old.tables().count == 1)
        try old.file.close()

        let upgraded = try Store.open(at: folder.file(), schema: .later, creating: false)
        #expect(try upgraded.column("nickname", of: bo) == "Bobby")
        #expect(try upgraded.tables() == newer.tables())
        #expect(try upgraded.number("SELECT count(*) FROM vow") == 1)
        #expect(try upgraded.verify().problems == [])
        try upgraded.file.close()

        // And back, as after a failed upgrade.
        let downgraded = try Store.open(at: folder.file(), creating: false)
        #expect(try downgraded.state(bo)?.value(of: 40) == .text("Bobby"))
        #expect(try downgraded.verify().problems == [])
    }

    @Test func anUnchangedSchemaChangesNothing() throws {
        let store = try Store.open(at: folder.file())
        try store.add("Ada")
        try store.file.close()
        let before = try bytes(of: folder.file())
        let again = try Store.open(at: folder.file())
        #expect(try again.tables().count == 1)
        try again.file.close()
        #expect(try bytes(of: folder.file()) == before)
    }

    @Test func listsThatLookThingsUpHaveAnIndex() throws {
        let store = try Store.open()
        let plan = try store.read { db in
            try String.fetchAll(
                db,
                sql:
                    "SELECT name FROM sqlite_master WHERE tbl_name = 'person' AND sql LIKE '%INDEX%'"
            )
        }
        #expect(plan == ["personByname"])
    }
}
