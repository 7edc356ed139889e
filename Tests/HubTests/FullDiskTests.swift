import Foundation
import GRDB
import Glibc
import Notebook
import Replication
import Store
import Sync
import Synchronization
import Testing

@testable import Hub

@Suite("A hub whose disk fills up")
struct FullDiskTests {
    @Test func takesNothingMoreAndGoesOnWithTheRest() async throws {
        try await Parish.open { parish in
            let (ana, ben) = (try await parish.laptop("Ana"), try await parish.laptop("Ben"))
            try await parish.syncAll(ana, ben)
            try ben.add("Rosa Alvarez")
            try await ben.sync()
            let before = try parish.hub.logEnd()
            parish.hub.gauge.read { _ in 0 }
            try ana.add("Tom Bell")
            await #expect(throws: SyncError.self) { try await ana.sync() }
            #expect(try ana.names() == ["Rosa Alvarez", "Tom Bell"])
            #expect(try parish.hub.logEnd() == before)
            #expect(try await ben.sync().isEven)
            #expect(try await HubPages(hub: parish.hub).notebook().people().count == 1)
            _ = try await parish.laptop("Carla")
            _ = try parish.hub.revoke("Ben")
            await #expect(throws: SyncError.revoked) { try await ben.sync() }
            parish.hub.gauge.read { _ in .max }
            #expect(try await ana.sync().isEven)
        }
    }

    @Test func takesFromALeaderNoMoreThanOneWritesInADay() async throws {
        try await Parish.open { parish in
            var scribe = try await Scribe(parish, .leader, of: parish.newID())
            try await scribe.greet()
            try parish.hub.write { db in
                try db.execute(
                    sql: "INSERT INTO quota(member, day, entries, bytes) VALUES (?, ?, ?, 0)",
                    arguments: [
                        Data(scribe.member.bytes),
                        Int64(parish.clock.milliseconds / 86_400_000), Quota.dayEntries - 1,
                    ])
            }
            let before = try await parish.hub.dumpAtRest()
            let much = try await scribe.write([scribe.commit(1), scribe.commit(2)])
            #expect(much.status == 429)
            #expect(much.rule == "too-many")
            let untilTomorrow = 86_400 - Int(parish.clock.milliseconds / 1000 % 86_400)
            let wait = try #require(much.headers["retry-after"].flatMap { Int($0) })
            // The clock goes on meanwhile.
            #expect((untilTomorrow...untilTomorrow + 60).contains(wait))
            #expect(try parish.hub.dump() == before)
            #expect(try await scribe.write([scribe.commit(1)]).status == 200)
            parish.clock.advance(days: 1)
            #expect(try await scribe.write([scribe.commit(2), scribe.commit(3)]).status == 200)
        }
    }

    /// It looks before each push: if a look went deeper than the one before, the hub would end.
    @Test func looksAtItsDiskEachTimeAlike() {
        let depths = Mutex<[Int]>([])
        let gauge = DiskGauge { _ in
            depths.withLock { $0.append(Thread.callStackReturnAddresses.count) }
            return .max
        }
        for _ in 0..<20 { #expect(!gauge.isLow(at: "/")) }
        #expect(Set(depths.withLock { $0 }).count == 1)
    }

    /// What the hub would note of it can wait.
    @Test func answersWhoReadsThoughItCanWriteNothing() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            try await ana.sync()
            parish.clock.advance(minutes: 120)
            let lock = open(parish.hubFolder + "/hub.sqlite.lock", O_RDWR)
            defer { close(lock) }
            #expect(flock(lock, LOCK_EX) == 0)
            #expect(try await ana.sync().isEven)
        }
    }

    @Test(
        .enabled(if: geteuid() == 0, "mounting a small disk takes root"), arguments: [false, true])
    func isVerifiedWhereNothingCanBeWritten(isReadOnly: Bool) async throws {
        try await SmallDisk.mounted(megabytes: 8) { disk in
            let data = disk + "/hub"
            let made = try await Program.run(
                ["init", "--congregation", "St. Mark", "--data", data])
            #expect(made.status == 0)
            if isReadOnly {
                _ = try await Program.run(["-o", "remount,ro", disk], tool: "/usr/bin/mount")
            } else {
                unlink(data + "/hub.ballast")
                SmallDisk.fill(disk)
            }
            let found = try await Program.run(["verify", "--data", data])
            #expect(found.status == 0, "\(found.errors)")
            #expect(found.output.contains("Everything is in order"))
            #expect(found.errors.contains("Nothing can be written here"))
            let serving = try await Program.run([
                "serve", "--listen", "127.0.0.1:0", "--data", data,
            ])
            #expect(serving.status == 1)
            #expect(serving.errors.contains(isReadOnly ? "cannot be written" : "is full"))
        }
    }

    @Test(.enabled(if: geteuid() == 0, "mounting a small disk takes root"))
    func endsAnAccessAllTheSame() async throws {
        try await SmallDisk.mounted(megabytes: 8) { disk in
            let data = disk + "/hub"
            let made = try await Program.run(
                ["init", "--congregation", "St. Mark", "--data", data])
            #expect(made.status == 0)
            let hub = try HubFolder(path: data).open()
            try hub.write { db in
                let member = HubMember(
                    id: hub.own.store.environment.newID(), name: "Eve", person: nil)
                try member.add(at: 1, db)
                try HubDevice.add(DeviceKey().publicKey, of: member.id, at: 1, db)
            }
            Ballast(folder: data).load()
            SmallDisk.fill(disk)
            #expect(throws: StoreError.self) {
                let text = String(repeating: "x", count: 9000)
                try hub.write { try HubSettings.set("url", text, $0) }
            }
            let outcome = try await Program.run(["revoke", "Eve", "--data", data])
            #expect(outcome.status == 0)
            #expect(outcome.errors == "")
            #expect(try await Program.run(["verify", "--data", data]).status == 0)
            try? hub.close()
        }
    }
}

/// A file system in memory, gone when the test is.
private enum SmallDisk {
    static func mounted(megabytes: Int, _ body: (String) async throws -> Void) async throws {
        let path = NSTemporaryDirectory() + "HubTests-\(UUID().uuidString)"
        mkdir(path, 0o700)
        let size = "size=\(megabytes)m"
        _ = try await Program.run(
            ["-t", "tmpfs", "-o", size, "tmpfs", path], tool: "/usr/bin/mount")
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body(path))
        } catch {
            outcome = .failure(error)
        }
        _ = try await Program.run(["--lazy", path], tool: "/usr/bin/umount")
        rmdir(path)
        try outcome.get()
    }

    /// Takes all the space that is left.
    static func fill(_ path: String) {
        let file = open(path + "/filler", O_WRONLY | O_CREAT, 0o600)
        defer { close(file) }
        let block = [UInt8](repeating: 1, count: 4096)
        while Glibc.write(file, block, block.count) > 0 {}
    }
}
