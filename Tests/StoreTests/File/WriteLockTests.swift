import Dispatch
import Foundation
import Glibc
import Replication
import Store
import Synchronization
import Testing

@Suite("The lock across processes")
struct WriteLockTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// A second process that holds the notebook's lock.
    private func holder(seconds: Double) throws -> OtherProcess {
        let process = try OtherProcess.python(
            """
            import fcntl, sys, time
            lock = open(sys.argv[1] + ".lock", "w")
            fcntl.flock(lock, fcntl.LOCK_EX)
            print("held", flush=True)
            time.sleep(float(sys.argv[2]))
            """, folder.file(), "\(seconds)")
        #expect(process.line() == "held")
        return process
    }

    @Test func aWriteWaitsForAnotherProcess() throws {
        let store = try Store.open(at: folder.file())
        let start = ContinuousClock.now
        let holder = try holder(seconds: 0.3)
        let person = try store.add("Ada")
        #expect(start.duration(to: .now) > .milliseconds(250))
        #expect(try store.column("name", of: person) == "Ada")
        holder.kill()
    }

    @Test func aWriteGivesUpInTimeAndSaysSo() throws {
        let store = try Store.open(at: folder.file(), patienceMilliseconds: 100)
        try store.add("Ada")
        let before = try store.meta()
        let holder = try holder(seconds: 60)

        let start = ContinuousClock.now
        let refusal = #expect(throws: StoreError.self) { try store.add("Bo") }
        #expect(start.duration(to: .now) < .seconds(2))
        #expect(
            refusal.map { "\($0)" } == """
                Another program has been using "\(folder.file())" for too long. Nothing was saved. \
                Wait for it to finish, or close it, and try again.
                """)
        #expect(try store.meta() == before)
        #expect(try store.tables().count == 1)

        holder.kill()
        try store.add("Bo")
        #expect(try store.verify().isOK)
    }

    @Test func readingDoesNotWait() throws {
        let store = try Store.open(at: folder.file(), patienceMilliseconds: 10_000)
        let person = try store.add("Ada")
        let holder = try holder(seconds: 60)
        let start = ContinuousClock.now
        #expect(try store.column("name", of: person) == "Ada")
        #expect(try Store.open(at: folder.file(), creating: false).verify().isOK)
        #expect(start.duration(to: .now) < .seconds(5))
        holder.kill()
    }

    // Another program's SQLite may hold the file without our lock.
    @Test func aDatabaseLockedByAStrangerIsBusyNotBroken() throws {
        let store = try Store.open(at: folder.file())
        try store.add("Ada")
        let stranger = try OtherProcess.python(
            """
            import sqlite3, sys, time
            connection = sqlite3.connect(sys.argv[1], isolation_level=None)
            connection.execute("BEGIN IMMEDIATE")
            print("held", flush=True)
            time.sleep(60)
            """, folder.file())
        #expect(stranger.line() == "held")
        #expect(throws: StoreError.busy(path: folder.file())) { try store.add("Bo") }
        stranger.kill()
        try store.add("Bo")
    }

    /// Else the connection would see the file as it was, and could not write after the other one has.
    @Test func aReadingThatStopsEarlyIsOver() throws {
        let stores = try (1...2).map { try Store.open(at: folder.file(), seed: $0) }
        try stores[0].add("Ada")
        for number in 1...3 {
            #expect(try stores[0].countRecords(named: "ada") == 1)
            try stores[1].add("Bo \(number)")
            try stores[0].add("Cy \(number)")
            let isAny = try stores[0].read { db in
                var row = try FastStatement(db, "SELECT rowid FROM record")
                return try row.step()
            }
            #expect(isAny)
            try stores[1].add("Di \(number)")
            try stores[0].add("Ed \(number)")
        }
    }

    // `fieldbook open` and a `fieldbook met` in another terminal: one key, one chain.
    @Test func twoConnectionsWriteOneChain() throws {
        let stores = try (1...2).map { try Store.open(at: folder.file(), seed: $0) }
        let failures = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 2) { index in
            do {
                for number in 0..<200 { try stores[index].add("\(index).\(number)") }
            } catch {
                failures.withLock { $0.append("\(error)") }
            }
        }
        #expect(failures.withLock { $0 } == [])
        for store in stores {
            #expect(try store.meta().head.seq == 400)
            #expect(try store.number("SELECT count(DISTINCT name) FROM person") == 400)
            #expect(try store.verify().problems == [])
        }
    }

    @Test func twoProcessesWriteOneChain() throws {
        let probes = try (0..<2).map { _ in try OtherProcess.probe(folder.file(), count: 100) }
        let said = probes.map { $0.lines() }
        #expect(said.flatMap(\.failures) == [])
        let store = try ProbeNotebook.open(folder.file())
        #expect(said.flatMap(\.saved).sorted() == Array(1...200))
        #expect(try ProbeNotebook.seqs(store) == Array(1...200))
        #expect(try store.verify().problems == [])
    }

    // A process that closes a file by itself ends all its locks on it, SQLite's too. Then another
    // program takes itself for the last one, and removes a log that is in use.
    @Test func whoOpensAFileOnceMoreKeepsItsLocks() throws {
        let store = try Store.open(at: folder.file())
        try store.add("Ada")
        let more = try store.file.openedOnceMore()
        for number in 1...2 {
            let script = """
                import sqlite3, sys
                file = sqlite3.connect(sys.argv[1])
                file.execute("CREATE TABLE other\(number)(x)")
                file.close()
                """
            #expect(try OtherProcess.python(script, folder.file()).exitStatus == 0)
            let others = "SELECT count(*) FROM sqlite_master WHERE name LIKE 'other_'"
            #expect(try store.number(others) == number)
            #expect(access(folder.file() + "-wal", F_OK) == 0)
        }
        try more.close()
    }

    // Both find no file, or an empty one, and make it.
    @Test func twoThatMakeTheSameFileMakeOne() throws {
        for round in 0..<10 {
            let path = folder.file("\(round)")
            let failures = Mutex<[String]>([])
            DispatchQueue.concurrentPerform(iterations: 2) { index in
                do { try Store.open(at: path, seed: UInt64(index)).add("Ada") } catch {
                    failures.withLock { $0.append("\(error)") }
                }
            }
            #expect(failures.withLock { $0 } == [])
            #expect(try Store.open(at: path, creating: false).meta().head.seq == 2)
        }
    }

    @Test func ofTwoKeysThatMakeTheSameFileOneOwnsIt() throws {
        for round in 0..<10 {
            let path = folder.file("\(round)")
            let owners = Mutex<[UInt8]>([])
            DispatchQueue.concurrentPerform(iterations: 2) { index in
                let device = UInt8(index + 1)
                guard (try? Store.open(device, at: path)) != nil else { return }
                owners.withLock { $0.append(device) }
            }
            #expect(owners.withLock { $0.count } == 1)
        }
    }
}
