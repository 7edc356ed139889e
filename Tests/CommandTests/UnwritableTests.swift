import Foundation
import Glibc
import Notebook
import Store
import Testing

/// A disk that takes nothing more can still be read. Mounting one takes root.
@Suite(
    "A full or read-only disk", .enabled(if: geteuid() == 0, "mounting a small disk takes root"))
struct UnwritableTests {
    /// Holds Ana's notebook, in which she has met Rosa.
    private final class Disk: Sendable {
        let ana: Laptop
        let path: String
        var notebook: String { path + "/ana.sqlite" }

        init() throws {
            ana = try Laptop()
            path = ana.home + "/disk"
            mkdir(path, 0o700)
            try ana.succeed("met", "Rosa Alvarez", "--new", "--place", "kitchen")
            try mount("-t", "tmpfs", "-o", "size=3m", "tmpfs", path)
            for end in ["", ".key"] {
                try FileManager.default.copyItem(
                    atPath: ana.notebook + end, toPath: notebook + end)
            }
        }

        deinit { _ = try? ana.run("/usr/bin/umount", ["--lazy", path]) }

        func mount(_ arguments: String...) throws {
            try #require(ana.run("/usr/bin/mount", arguments).code == 0)
        }

        /// Takes all the space that is left.
        func fill() {
            let file = open(path + "/filler", O_WRONLY | O_CREAT, 0o600)
            defer { close(file) }
            let block = [UInt8](repeating: 1, count: 4096)
            while write(file, block, block.count) > 0 {}
        }

        func run(_ arguments: String...) throws -> Outcome {
            try ana.run(arguments, environment: ["FIELDBOOK_NOTEBOOK": notebook])
        }
    }

    private func expectReading(_ disk: Disk) throws {
        for command in [
            ["today"], ["verify"], ["find", "rosa"], ["person", "show", "Rosa"],
            ["report", "week"], ["status"], ["export"],
        ] {
            let outcome = try disk.ana.run(
                command, environment: ["FIELDBOOK_NOTEBOOK": disk.notebook])
            #expect(outcome.code == 0, "\(command): \(outcome.errors)")
            #expect(outcome.errors.contains("What you see is what was saved."))
        }
        let copy = disk.ana.home + "/copy.sqlite"
        #expect(try disk.run("export", disk.ana.home + "/all.ndjson").code == 0)
        #expect(try disk.run("backup", copy).code == 0)
        let other = try Laptop(named: nil)
        try other.succeed("restore", copy)
        #expect(try other.succeed("person", "show", "Rosa").contains("kitchen"))
    }

    @Test("A full disk is named, and what is on it can be read and brought elsewhere")
    func full() throws {
        let disk = try Disk()
        disk.fill()
        try expectReading(disk)
        let refused = try disk.run("met", "Rosa")
        #expect(refused.code == 1)
        #expect(
            refused.errors.contains(
                "The disk that holds \"\(disk.notebook)\" is full. What was being written was not saved"
            ))
        unlink(disk.path + "/filler")
        let saved = try disk.run("met", "Rosa", "--anyway")
        #expect(saved.code == 0 && saved.errors == "", "\(saved.errors)")
    }

    @Test("A read-only disk can be read, and restored from")
    func readOnly() throws {
        let disk = try Disk()
        try disk.mount("-o", "remount,ro", disk.path)
        try expectReading(disk)
        #expect(try disk.run("met", "Rosa").errors.contains("cannot be written."))
        let other = try Laptop(named: nil)
        try other.succeed("restore", disk.notebook)
        #expect(try other.succeed("person", "show", "Rosa").contains("kitchen"))
    }

    /// Nobody folded it in: the machine lost its power.
    @Test("What is in the write-ahead log of a read-only disk is read too")
    func log() throws {
        let disk = try Disk()
        let notebook = try disk.ana.open()
        try disk.ana.succeed("person", "add", "Omar Khan")
        for end in ["", "-wal"] {
            unlink(disk.notebook + end)
            try FileManager.default.copyItem(
                atPath: disk.ana.notebook + end, toPath: disk.notebook + end)
        }
        try disk.mount("-o", "remount,ro", disk.path)
        #expect(try disk.run("person", "list").output.contains("Omar"))
        try notebook.store.file.close()
    }
}
