import Foundation
import Notebook
import Replication
import Store
import Testing

@Suite("A notebook whose making was cut off")
struct HalfMadeTests {
    private let home = try? Laptop(named: nil)

    private func laptop() throws -> Laptop { try #require(home) }

    /// Wherever the program is killed, the same command again makes the notebook, or it is there.
    @Test func isMadeByTheSameCommandAgain() throws {
        let laptop = try laptop()
        for delay in stride(from: 0, through: 60, by: 2) {
            let path = "\(laptop.home)/\(delay)/notebook.sqlite"
            let arguments = ["init", "--name", "Ana Reyes", "--notebook", path]
            let process = try laptop.start(arguments, output: "\(laptop.home)/out")
            usleep(UInt32(delay * 1000))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            let status = try laptop.run("status", "--notebook", path)
            if status.code != 0 {
                #expect(status.errors.contains("\"fieldbook init\""), "\(status.errors)")
                let again = try laptop.run(arguments)
                #expect(again.code == 0, "\(delay): \(again.errors)")
            }
            try laptop.succeed("person", "add", "Rosa", "--notebook", path)
            try laptop.succeed("verify", "--notebook", path)
            let names = try FileManager.default.contentsOfDirectory(
                atPath: "\(laptop.home)/\(delay)")
            #expect(!names.contains { $0.hasSuffix(".sqlite.unfinished") })
        }
    }

    /// What programs of before this one left: the key, and then ever more of the database.
    @Test(arguments: ["key", "empty key", "empty database", "tables"])
    func isMadeOutOfWhatIsThere(state: String) throws {
        let laptop = try laptop()
        let file = NotebookFile(path: laptop.notebook)
        let old = DeviceKey()
        if state == "empty key" {
            let mode = [FileAttributeKey.posixPermissions: 0o600]
            _ = FileManager.default.createFile(
                atPath: file.keyPath, contents: Data(), attributes: mode)
        } else {
            try KeyFile.write(old, to: file.keyPath)
        }
        if state == "empty database" {
            _ = FileManager.default.createFile(atPath: file.path, contents: Data())
        }
        if state == "tables" {
            try DatabaseFile(path: file.path, format: .notebook, creating: true).close()
        }
        let status = try laptop.run("status")
        #expect(status.code == 1)
        #expect(status.errors.contains("\"fieldbook init\""), "\(status.errors)")
        try laptop.succeed("init", "--name", "Ana Reyes")
        try laptop.succeed("person", "add", "Rosa")
        #expect(try laptop.run("init", "--name", "Ana Reyes").code == 1)
        // No key is ever taken away.
        let keys = try KeyFile.all(file.keyPath).map(\.bytes)
        #expect(state == "empty key" || keys.contains(old.bytes))
    }

    @Test func isNotTakenForOneThatHoldsAnything() throws {
        let laptop = try laptop()
        try laptop.succeed("init", "--name", "Ana Reyes")
        let key = try Data(contentsOf: URL(filePath: laptop.notebook + ".key"))
        let again = try laptop.run("init", "--name", "Ana Reyes")
        #expect(again.code == 1)
        #expect(again.errors.contains("There is a notebook already"))
        #expect(try Data(contentsOf: URL(filePath: laptop.notebook + ".key")) == key)
    }

    @Test func isMadeOnceByTwoAtOnce() throws {
        let laptop = try laptop()
        let processes = try (0..<2).map { number in
            try laptop.start(["init", "--name", "Ana"], output: "\(laptop.home)/out\(number)")
        }
        for process in processes { process.waitUntilExit() }
        #expect(processes.map(\.terminationStatus).sorted() == [0, 1])
        try laptop.succeed("person", "add", "Rosa")
    }
}

@Suite("A key that others may read")
struct OpenKeyTests {
    @Test(arguments: [0o644, 0o640, 0o660, 0o604])
    func isRefusedWithTheRemedy(mode: Int) throws {
        let ana = try Laptop()
        let key = ana.notebook + ".key"
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: key)
        let outcome = try ana.run("person", "add", "Rosa")
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("Others on this machine may read the key"))
        #expect(outcome.errors.contains("chmod 600 \"\(key)\""))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
        try ana.succeed("person", "add", "Rosa")
    }
}
