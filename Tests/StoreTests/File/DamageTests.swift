import Glibc
import Histories
import Replication
import Store
import Testing

/// A disk or a stick that turns bits over. Whatever is hit: the notebook says so or is what it was,
/// and never takes the program down.
@Suite("A damaged file")
struct DamageTests {
    let folder: TemporaryFolder
    let whole: [UInt8]
    let tables: [String]
    let fingerprints: [SpaceID: Fingerprint]

    init() throws {
        folder = try TemporaryFolder()
        let store = try Store.open(at: folder.file())
        var work = Workload(seed: 1)
        for _ in 0..<40 { try work.act(on: store) }
        let other = try Store.open(2)
        for _ in 0..<10 { try work.act(on: other) }
        let head = try store.meta().head
        for _ in 0..<10 { try work.act(on: store) }
        try store.receive(
            store.answer(
                .hub(3), acknowledging: head, refused: [Refusal(seq: 2, rule: "no grant")],
                entries: other.unsentCommits()))
        _ = try store.find("ada")
        tables = try store.tables()
        fingerprints = try store.fingerprints()
        try store.file.close()
        whole = try bytes(of: folder.file())
    }

    @Test(arguments: 1...6)
    func aFlippedBitIsReportedOrHarmless(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for round in 0..<12 {
            let place = Int.random(in: whole.indices, using: &random)
            let bit = UInt8(1) << UInt8.random(in: 0..<8, using: &random)
            try expectHonesty("seed \(seed), round \(round), byte \(place), bit \(bit)") { file in
                file[place] ^= bit
            }
        }
    }

    // Records, log and meta are in the first bytes of few pages; hit them harder.
    @Test(arguments: 1...4)
    func aPageOfNoiseIsReportedOrHarmless(seed: UInt64) throws {
        var random = SplitMix64(seed: seed << 8)
        for round in 0..<5 {
            let page = Int.random(in: 0..<whole.count / 4096, using: &random)
            let length = Int.random(in: 1...4096, using: &random)
            try expectHonesty("seed \(seed), round \(round), page \(page)") { file in
                for place in 0..<length {
                    file[page * 4096 + place] = UInt8.random(in: .min ... .max, using: &random)
                }
            }
        }
    }

    // SQLite lets a column of a strict table hold what a fault put there.
    @Test(arguments: [
        "UPDATE meta SET value = -1 WHERE key = 'headSeq'",
        "UPDATE meta SET value = 9223372036854775807 WHERE key = 'headSeq'",
        "UPDATE meta SET value = 'x' WHERE key = 'headSeq'",
        "UPDATE meta SET value = 'x' WHERE key = 'clock'",
        "UPDATE meta SET value = -1 WHERE key = 'acknowledgedSeq'",
        "UPDATE meta SET value = 5 WHERE key = 'headHash'",
        "UPDATE meta SET value = zeroblob(3) WHERE key = 'cursor'",
        "UPDATE log SET seq = -seq",
        "UPDATE log SET kind = -1",
        "UPDATE log SET kind = 1 << 40",
        "UPDATE log SET stamp = -1",
        "UPDATE log SET effective = stamp + 1",
        "UPDATE log SET author = zeroblob(1)",
        "UPDATE log SET act = -1",
        "UPDATE log SET payload = zeroblob(2)",
        "UPDATE secret SET secret = zeroblob(2)",
        "UPDATE refusal SET seq = -2, at = -1",
        "UPDATE record SET kind = -1",
        "UPDATE record SET id = zeroblob(2) WHERE rowid = 1",
        "UPDATE record SET state = zeroblob(40)",
        "UPDATE history SET field = -1",
        "UPDATE history SET field = 1 << 40",
        "UPDATE history SET type = -1, rule = -1",
        "UPDATE fingerprint SET sum = zeroblob(2)",
    ])
    func aNumberThatCannotBeIsReportedOrHarmless(sql: String) throws {
        let store = try Store.open(at: folder.file())
        try store.tamper(sql)
        try store.file.close()
        try useEverything()
    }

    private func expectHonesty(_ what: String, _ damage: (inout [UInt8]) -> Void) throws {
        var file = whole
        damage(&file)
        for suffix in ["-wal", "-shm"] { unlink(folder.file() + suffix) }
        try write(file, to: folder.file())
        do {
            let store = try Store.open(at: folder.file(), creating: false)
            let check = try store.verify()
            if check.isOK {
                #expect(try store.fingerprints() == fingerprints, "\(what)")
                #expect(try store.tables() == tables, "\(what)")
            }
        } catch is StoreError {
            // Said so.
        } catch {
            Issue.record("\(what): \(error)")
        }
        try useEverything()
    }

    /// Reads and writes by every way in. Errors are fine; a crash is not.
    private func useEverything() throws {
        guard let store = try? Store.open(at: folder.file(), creating: false) else { return }
        _ = try? store.verify()
        _ = try? store.find("ada")
        _ = try? store.request(for: .parish)
        _ = try? store.refused()
        _ = try? store.receive(store.answer(.hub(9, .northTurf)))
        _ = try? store.receive(store.answer(.hub(9), enter: [RecordKey(1, RecordID(rawValue: 1))]))
        for number in 1...5 {
            let key = RecordKey(.person, RecordID(rawValue: UInt128(number)))
            _ = try? store.read { try History.entries(of: key, $0) }
            _ = try? store.act(Edit(key, [.set(.name, .text("after"))]))
        }
        _ = try? store.read { db in
            _ = try Records.inConflict(db)
            _ = try Records.deleted(.person, db)
            _ = try Records.keys(endingIn: "01", db)
            _ = try Setting.all(db)
        }
    }
}
