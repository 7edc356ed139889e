import Foundation
import Glibc
import Replication
import Store
import Testing

/// A disk of three megabytes. Mounting one takes root.
@Suite("A full disk", .enabled(if: geteuid() == 0, "mounting a small disk takes root"))
struct DiskFullTests {
    let disk: SmallDisk
    private let filler: String

    init() throws {
        disk = try SmallDisk()
        filler = "\(disk.path)/filler"
    }

    /// Takes all the space that is left.
    private func fill() {
        let file = open(filler, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        defer { close(file) }
        let block = [UInt8](repeating: 1, count: 4096)
        while Glibc.write(file, block, block.count) > 0 {}
    }

    @Test func anEntryIsNotSavedAndIsWhenSpaceReturns() throws {
        let path = disk.file()
        let store = try Store.open(at: path)
        let ada = try store.add("Ada")
        let before = try store.meta()
        fill()
        let note = String(repeating: "x", count: 20_000)
        let refusal = #expect(throws: StoreError.self) {
            try store.act(Edit(ada, [.set(.notes, .text(note))]))
        }
        #expect(
            refusal.map { "\($0)" } == """
                The disk that holds "\(path)" is full. What was being written was not saved; everything saved \
                before is safe. Free some space and try again.
                """)
        #expect(try store.meta() == before)
        #expect(try store.column("name", of: ada) == "Ada")
        #expect(try store.verify().problems == [])

        unlink(filler)
        try store.act(Edit(ada, [.set(.notes, .text(note))]))
        #expect(try store.column("notes", of: ada) == note)
        #expect(try store.verify().problems == [])
        try store.file.close()
        #expect(try Store.open(at: path, creating: false).verify().problems == [])
    }

    @Test func manyEntriesUntilItIsFull() throws {
        let store = try Store.open(at: disk.file())
        var saved = 0
        let refusal = #expect(throws: StoreError.self) {
            for _ in 0..<1000 {
                try store.add(String(repeating: "x", count: 5000))
                saved += 1
            }
        }
        #expect(refusal == .diskFull(path: disk.file()))
        #expect(try store.number("SELECT count(*) FROM person") == saved)
        #expect(try store.verify().problems == [])
    }

    @Test func aNotebookCannotBeMade() throws {
        fill()
        #expect(throws: StoreError.diskFull(path: disk.file())) {
            try Store.open(at: disk.file())
        }
        unlink(filler)
        try Store.open(at: disk.file()).add("Ada")
    }

    @Test func aBackupLeavesNothingHalfWritten() throws {
        let store = try Store.open(at: disk.file())
        try store.add("Ada")
        fill()
        let target = "\(disk.path)/backup"
        #expect(throws: StoreError.diskFull(path: target)) { try store.file.backup(to: target) }
        #expect(!FileManager.default.fileExists(atPath: target))
        unlink(filler)
        try store.add("Bo")
        try store.file.backup(to: target)
        #expect(try Store.open(at: target, creating: false).verify().isOK)
    }

    @Test func onAFullDiskEverythingIsReadAndNothingWritten() throws {
        let path = disk.file()
        var store = try Store.open(at: path)
        let ada = try store.add("Ada")
        try store.file.close()
        fill()
        store = try Store.open(at: path, creating: false)
        #expect(store.file.obstacle == .diskFull(path: path))
        #expect(try store.column("name", of: ada) == "Ada")
        #expect(try store.find("ada").count == 1)
        #expect(try store.verify().problems == [])
        #expect(throws: StoreError.diskFull(path: path)) { try store.add("Bo") }
        #expect(try store.verify().commits == 1)
        let elsewhere = try TemporaryFolder()
        try store.file.backup(to: elsewhere.file())
        #expect(try Store.open(at: elsewhere.file(), creating: false).verify().isOK)
        try store.file.close()
        unlink(filler)
        try Store.open(at: path, creating: false).add("Bo")
    }

    @Test func aReadOnlyDiskIsNamed() throws {
        var store = try Store.open(at: disk.file())
        try store.add("Ada")
        try store.file.close()
        try disk.remount("ro")
        store = try Store.open(at: disk.file(), creating: false)
        #expect(try store.verify().problems == [])
        let refusal = #expect(throws: StoreError.self) { try store.add("Bo") }
        #expect(
            refusal.map { "\($0)" } == """
                The file "\(disk.file())" cannot be written. Nothing was changed. Check who owns \
                the file and its folder, and whether the disk is read-only.
                """)
        try disk.remount("rw")
        #expect(try Store.open(at: disk.file()).verify().problems == [])
    }
}

/// A file system in memory, gone when the test is.
final class SmallDisk: Sendable {
    private let folder: TemporaryFolder
    var path: String { folder.path }

    init() throws {
        folder = try TemporaryFolder()
        try run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder.path)
    }

    deinit { try? run("umount", "--lazy", folder.path) }

    func file() -> String { folder.file() }

    func remount(_ option: String) throws {
        try run("mount", "-o", "remount,\(option)", folder.path)
    }

    private func run(_ arguments: String...) throws {
        let process = try OtherProcess("/usr/bin/env", arguments)
        try #require(process.exitStatus == 0)
    }
}
