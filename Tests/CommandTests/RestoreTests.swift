import Foundation
import Glibc
import Notebook
import Testing

/// The notebook is broken, or the backup is.
@Suite("Restoring what is damaged")
struct RestoreTests {
    let ana: Laptop
    let backup: String

    init() throws {
        ana = try Laptop()
        backup = ana.home + "/usb.sqlite"
        try ana.succeed("met", "Rosa Alvarez", "--new", "--place", "kitchen")
        try ana.succeed("backup", backup)
    }

    private func bytes(_ path: String) throws -> Data {
        try Data(contentsOf: URL(filePath: path))
    }

    private func put(_ data: Data, in path: String) throws {
        try data.write(to: URL(filePath: path))
    }

    enum Damage: String, CaseIterable, CustomTestStringConvertible {
        case cutInHalf, cutToAHundredBytes, emptied, noise, letter, keyGone

        var testDescription: String { rawValue }

        func spoiled(_ whole: Data) -> Data {
            switch self {
            case .cutInHalf: whole.prefix(whole.count / 2)
            case .cutToAHundredBytes: whole.prefix(100)
            case .emptied: Data()
            case .noise: Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 7) })
            case .letter: Data("Dear Ana".utf8)
            case .keyGone: whole
            }
        }
    }

    @Test("A damaged notebook is put aside as it is", arguments: Damage.allCases)
    func damaged(_ damage: Damage) throws {
        let spoiled = damage.spoiled(try bytes(ana.notebook))
        try put(spoiled, in: ana.notebook)
        if damage == .keyGone { unlink(ana.notebook + ".key") }
        let kept = try #require(ana.json("restore", backup).text("kept"))
        #expect(try bytes(kept) == spoiled)
        #expect(try ana.succeed("person", "show", "Rosa").contains("kitchen"))
        #expect(try ana.succeed("verify").hasPrefix("ok:"))
        try ana.succeed("met", "Rosa")
    }

    @Test("A damaged backup does not take the notebook's place, and an older one is asked for")
    func damagedBackup() throws {
        try ana.succeed("person", "add", "Omar Khan")
        var spoiled = try bytes(backup)
        while let found = spoiled.range(of: Data("kitchen".utf8)) {
            spoiled.replaceSubrange(found, with: Data("chicken".utf8))
        }
        try put(spoiled, in: backup)
        let outcome = try ana.run("restore", backup)
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("Use an older backup. What was found in it: "))
        #expect(try ana.succeed("person", "list").contains("Omar"))
        #expect(leftovers == [])
    }

    @Test("At a terminal it is asked before what was never sent is put aside; --yes says so before")
    func unsent() throws {
        try ana.succeed("person", "add", "Omar Khan")
        let refused = try ana.typing("n", "restore", backup)
        #expect(refused.code == 1, "\(refused.shown)")
        #expect(refused.shown.contains("that no hub has"), "\(refused.shown)")
        #expect(try ana.succeed("person", "list").contains("Omar"))
        #expect(leftovers == [])
        let done = try ana.typing("", "restore", backup, "--yes")
        #expect(done.code == 0, "\(done.shown)")
        #expect(!(try ana.succeed("person", "list").contains("Omar")))
    }

    @Test(
        "A copy from before a restore that holds unsent work is not to be removed, but brought in")
    func keptUnsent() throws {
        try ana.succeed("person", "add", "Omar Khan")
        let kept = try #require(ana.json("restore", backup).text("kept"))
        let status = try ana.succeed("status").split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
        #expect(status.contains("with 1 entry that no hub has"), "\(status)")
        #expect(!status.contains("rm '"))
        try ana.succeed("export", "--notebook", kept, ana.home + "/before.ndjson")
        try ana.succeed("import", ana.home + "/before.ndjson")
        #expect(try ana.succeed("person", "list").contains("Omar"))
    }

    private var leftovers: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: ana.home)) ?? []
        return names.filter {
            $0.contains("unfinished") || $0.contains("restoring") || $0.contains("before")
                || $0.hasSuffix("-journal")
        }
    }

    @Test("A backup that was cut off is no backup, and the next one removes what is left of it")
    func cutOff() throws {
        let (target, elsewhere) = (ana.home + "/stick.sqlite", ana.home + "/other.sqlite")
        for delay in stride(from: 4, through: 80, by: 4) {
            let process = try ana.start(["backup", target], output: ana.home + "/said")
            usleep(UInt32(delay * 1000))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            if access(target, F_OK) == 0 {
                try Laptop(named: nil).succeed("restore", target)
                unlink(target)
            }
            try ana.succeed("backup", target)
            for file in [target, target + ".key"] { unlink(file) }
        }
        // As one leaves that was killed when its key already had its name.
        for end in ["", "-journal", ".key"] {
            try put(Data("part".utf8), in: ana.home + "/fieldbook-backup.unfinished" + end)
        }
        try FileManager.default.copyItem(
            atPath: ana.notebook + ".key", toPath: elsewhere + ".key")
        try ana.succeed("backup", elsewhere)
        #expect(leftovers == [])
    }

    @Test("A restore that was cut off leaves the one notebook or the other")
    func cutOffRestore() throws {
        for delay in stride(from: 4, through: 160, by: 12) {
            let process = try ana.start(["restore", backup], output: ana.home + "/said")
            usleep(UInt32(delay * 1000))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            #expect(try ana.succeed("person", "list").contains("Rosa"))
        }
        try ana.succeed("restore", backup)
        for copy in NotebookFile(path: ana.notebook).copiesBeforeRestores {
            #expect(try ana.succeed("person", "list", "--notebook", copy).contains("Rosa"))
        }
        #expect(leftovers.allSatisfy { $0.contains("before") && !$0.contains("journal") })
    }

    @Test("A folder that is not there yet is made, for its owner alone")
    func newFolder() throws {
        let folder = ana.home + "/laptop/fieldbook"
        let target = folder + "/notebook.sqlite"
        try ana.succeed("restore", backup, "--notebook", target)
        #expect(try ana.succeed("person", "list", "--notebook", target).contains("Rosa"))
        for path in [folder, ana.home + "/laptop"] {
            let modes = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
            #expect(modes as? Int == 0o700)
        }
    }

    @Test("What is no file is said to be none, and nobody waits for it")
    func noFile() throws {
        for path in [ana.home + "/nowhere.sqlite", ana.home + "/pipe"] {
            mkfifo(ana.home + "/pipe", 0o600)
            let outcome = try ana.run("/usr/bin/timeout", ["20", Laptop.program, "restore", path])
            #expect(outcome.code == 1)
            #expect(outcome.errors.contains("There is no backup \"\(path)\"."), "\(outcome.errors)")
        }
        unlink(backup + ".key")
        mkfifo(backup + ".key", 0o600)
        let outcome = try ana.run("/usr/bin/timeout", ["20", Laptop.program, "restore", backup])
        #expect(outcome.errors.contains("missing or unreadable"))
    }
}
