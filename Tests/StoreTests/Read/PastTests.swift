import Foundation
import GRDB
import Replication
import Store
import Testing

@Suite("The notebook as it was at a moment")
struct PastTests {
    private static let day: UInt64 = 86_400_000

    /// Two people write for a fortnight, and exchange every evening, or after every act. What somebody
    /// wrote apart from a delete, and before it, counts as seen by it when another delete came later:
    /// records that were deleted are not compared then.
    @Test(arguments: 1...8 as ClosedRange<UInt64>, [false, true])
    func isEveryEveningWhatItWas(seed: UInt64, isApart: Bool) throws {
        let folder = try TemporaryFolder()
        let clock = Clock()
        let ada = try Store.open(
            1, at: seed % 2 == 0 ? folder.file() : nil, seed: seed, clock: clock)
        let bo = try Store.open(2, seed: seed, clock: clock)
        var workload = Workload(seed: seed)
        var evenings: [(milliseconds: UInt64, rows: [RecordKey: String])] = []
        for _ in 0..<14 {
            for _ in 0..<6 {
                clock.milliseconds += Self.day / 10
                try workload.act(on: workload.pick([ada, bo]))
                if !isApart { try exchange(ada, bo) }
            }
            try exchange(ada, bo)
            evenings.append((clock.milliseconds, try ada.rows()))
            clock.milliseconds += Self.day / 2
        }
        let fingerprints = try ada.fingerprints()
        let undecided = isApart ? try ada.everDeleted() : []
        for evening in evenings {
            let now = evening.rows
            let then = try ada.asKnown(
                upTo: evening.milliseconds, environment: .device(1, clock: clock)
            ) { try $0.rows() }
            for key in Set(then.keys).union(now.keys).subtracting(undecided) {
                #expect(then[key] == now[key])
            }
        }
        #expect(try ada.fingerprints() == fingerprints)
        #expect(try ada.verify().problems == [])
    }

    private func exchange(_ one: Store, _ other: Store) throws {
        let (first, second) = (try one.unsentCommits(), try other.unsentCommits())
        try other.merge(first)
        try one.merge(second)
    }

    /// Whoever looks at the past takes nothing from the present: not a byte is written, also if the
    /// program is killed, and who reads meanwhile sees the notebook as it is. Who writes waits.
    @Test func isNeverWritten() throws {
        let folder = try TemporaryFolder()
        let clock = Clock()
        let ada = try Store.open(at: folder.file(), clock: clock)
        try ada.add("Rosa Alvarez")
        let then = clock.milliseconds
        clock.milliseconds += Self.day
        for number in 0..<3000 { try ada.add("Person \(number)") }
        let files = { try ["", "-wal"].map { try bytes(of: folder.file() + $0) } }
        let before = try files()
        let other = try Store.open(
            at: folder.file(), clock: clock, creating: false, patienceMilliseconds: 50)
        try ada.asKnown(upTo: then, environment: .device(1, clock: clock)) { past in
            #expect(try past.number("SELECT count(*) FROM person") == 1)
            #expect(try ada.number("SELECT count(*) FROM person") == 3001)
            #expect(try other.number("SELECT count(*) FROM person") == 3001)
            #expect(throws: StoreError.busy(path: folder.file())) { try other.add("Omar Khan") }
            let during = try files()
            #expect(during == before)
        }
        let after = try files()
        #expect(after == before)
        try other.add("Lena Park")
        #expect(try ada.number("SELECT count(*) FROM person") == 3002)
        #expect(try ada.verify().problems == [])
    }
}

extension Store {
    /// What lists show of each record.
    fileprivate func rows() throws -> [RecordKey: String] {
        try read { db in
            var rows: [RecordKey: String] = [:]
            for kind in schema.kinds {
                for row in try Row.fetchAll(db, sql: "SELECT * FROM \(kind.table)") {
                    let id = try #require(RecordID(bytes: [UInt8](row["id"] as Data)))
                    rows[RecordKey(kind.number, id)] = row.map { "\($0.0) \($0.1)" }.joined(
                        separator: "|")
                }
            }
            return rows
        }
    }

    /// The records of which somebody has ever said that they are deleted.
    fileprivate func everDeleted() throws -> [RecordKey] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT kind, id FROM record").compactMap { row in
                let id = try #require(RecordID(bytes: [UInt8](row["id"] as Data)))
                let key = RecordKey(row["kind"], id)
                return try Records.state(of: key, db)?[CommonField.life].map { _ in key }
            }
        }
    }
}
