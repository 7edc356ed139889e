import Foundation
import GRDB
import Glibc
import Notebook
import Replication
import Store
import Testing
import Wording

@testable import Hub

/// What goes wrong around the night's work: another night, a kill, a disk without room.
@Suite("A night that is disturbed")
struct NightTests {
    private static let files = ["hub.key", "hub.sqlite", "notebook.sqlite", "notebook.sqlite.key"]

    @Test func onlyOneIsAtWork() async throws {
        try await KeepersHub.open { hub in
            #expect(try await hub.run("nightly").status == 0)
            let backups = hub.data + "/backups"
            let files = FileManager.default
            let before = try files.subpathsOfDirectory(atPath: backups).sorted()
            let claim = try HubFolder(path: hub.data).claimNight()
            let second = try await hub.run("nightly")
            withExtendedLifetime(claim) {}
            #expect(second.status == 1)
            #expect(second.errors.contains("Another \"fieldbook-hub nightly\" is running"))
            #expect(second.errors.contains("Nothing was changed."))
            #expect(second.output == "")
            #expect(try files.subpathsOfDirectory(atPath: backups).sorted() == before)
        }
    }

    @Test func twoAtOnceLeaveTheDaysBackupWhole() async throws {
        try await KeepersHub.open { hub in
            #expect(try await hub.run("nightly").status == 0)
            for _ in 0..<5 {
                async let one = hub.run("nightly")
                async let other = hub.run("nightly")
                let statuses = try await [one.status, other.status]
                #expect(statuses.contains(0))
                try await checkBackup(of: hub)
            }
        }
    }

    /// Whenever it is killed, the backup of the day has its name and is whole, and the next night
    /// takes away what is left.
    @Test func whereverItIsKilledABackupIsThere() async throws {
        try await KeepersHub.open { hub in
            #expect(try await hub.run("nightly").status == 0)
            var generator = SeededGenerator(seed: 8)
            for _ in 0..<12 {
                let process = Process()
                process.executableURL = URL(filePath: try Program.path)
                process.arguments = ["nightly", "--data", hub.data]
                process.standardOutput = FileHandle.nullDevice
                process.standardError = FileHandle.nullDevice
                try process.run()
                let wait = Int.random(in: 20...600, using: &generator)
                try await Task.sleep(for: .milliseconds(wait))
                kill(process.processIdentifier, SIGKILL)
                try await Blocking.run { [process = Unchecked(process)] in
                    process.value.waitUntilExit()
                }
                try await checkBackup(of: hub)
            }
            #expect(try await hub.run("nightly").status == 0)
            let names = try FileManager.default.contentsOfDirectory(atPath: hub.data + "/backups")
            #expect(names.count == 1)
        }
    }

    private struct Unchecked: @unchecked Sendable {
        let value: Process

        init(_ value: Process) { self.value = value }
    }

    private func checkBackup(of hub: KeepersHub) async throws {
        let shelf = BackupShelf(path: hub.data + "/backups")
        let day = try #require(try shelf.names().last)
        let copy = shelf.backup(of: day)
        let names = Set(try FileManager.default.contentsOfDirectory(atPath: copy))
        #expect(names.isSuperset(of: Self.files), "\(names)")
        #expect(try await Program.run(["verify", "--data", copy]).status == 0)
    }

    /// What a program of before this one, or one on another kind of disk, leaves when it is killed.
    @Test func takesBackWhatAnEarlierNightHadPutAside() async throws {
        try await Parish.open(isServing: false) { parish in
            let first = try await Nightly(hub: parish.hub).run()
            let backup = try #require(first.backup)
            rename(backup, backup + ".replaced")
            let other = parish.hub.folder.backups + "/2020-01-01.unfinished"
            try FileManager.default.createDirectory(
                atPath: other, withIntermediateDirectories: false)
            // This night gets no further than the disk's end.
            let second = try await Nightly(hub: parish.hub, free: { _ in 0 }).run()
            #expect(second.backup == nil)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: parish.hub.folder.backups)
                    == ["\(first.day)"])
            #expect(try HubFolder(path: backup).open().verify().log == [])
        }
    }

    @Test func saysThatThereIsNoRoomAndDoesTheRest() async throws {
        try await Parish.open(isServing: false) { parish in
            let first = try await Nightly(hub: parish.hub).run()
            let result = try await Nightly(hub: parish.hub, free: { _ in 3_000_000 }).run()
            #expect(result.backup == nil)
            #expect(result.isChecked)
            let problem = try #require(result.problems.first).text
            #expect(problem.contains("There is no new backup: there is no room for one"))
            #expect(problem.contains("3 MB are free"))
            #expect(problem.contains("The last good one, of \(first.day), was kept."))
            #expect(result.problems.count == 1)
            let report = try #require(result.report)
            #expect(try String(contentsOfFile: report, encoding: .utf8).contains(problem))
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: parish.hub.folder.backups)
                    == ["\(first.day)"])
        }
    }

    @Test func aCopyThatIsNotGoodIsNotLeftBehind() async throws {
        try await Parish.open(isServing: false) { parish in
            let first = try await Nightly(hub: parish.hub).run()
            try parish.hub.write {
                try $0.execute(sql: "UPDATE log SET payload = x'00' WHERE seq = 1")
            }
            #expect(try await Nightly(hub: parish.hub).run().backup == nil)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: parish.hub.folder.backups)
                    == ["\(first.day)"])
        }
    }
}
