import Foundation
import Replication
import Store
import Testing

@Suite("Backups")
struct BackupTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func aBackupStandsAloneAndIsForItsOwnerAlone() throws {
        let store = try Store.open(at: folder.file())
        let person = try store.add("Ada")
        try store.file.backup(to: folder.file("backup"))

        #expect(try mode(of: folder.file("backup")) == 0o600)
        #expect(!FileManager.default.fileExists(atPath: folder.file("backup-wal")))
        let copy = try Store.open(at: folder.file("backup"), creating: false)
        #expect(try copy.column("name", of: person) == "Ada")
        #expect(try copy.verify().isOK)
        #expect(try copy.fingerprints() == store.fingerprints())
        #expect(try copy.meta() == store.meta())
        #expect(try copy.tables() == store.tables())
    }

    // The other process writes all the while; each backup is some moment of it, whole.
    @Test func aBackupTakenWhileAnotherProcessWritesVerifies() throws {
        let writer = try OtherProcess.probe(folder.file(), count: 100_000)
        #expect(writer.line() == "open")
        let store = try ProbeNotebook.open(folder.file())
        var last: Seq = 0
        for round in 0..<5 {
            let before = try store.meta().head.seq
            try store.file.backup(to: folder.file("backup\(round)"))
            let copy = try ProbeNotebook.open(folder.file("backup\(round)"))
            let check = try copy.verify()
            #expect(check.problems == [])
            let seq = try copy.meta().head.seq
            #expect(seq >= before && seq >= last)
            last = seq
        }
        #expect(last > 0)
        writer.kill()
        #expect(try store.verify().isOK)
    }

    @Test func aBackupNeverReplacesAFile() throws {
        let store = try Store.open(at: folder.file())
        try store.add("Ada")
        let other = folder.file("other")
        try write(Array("Somebody's letter".utf8), to: other)
        let refusal = #expect(throws: StoreError.self) { try store.file.backup(to: other) }
        #expect(
            refusal.map { "\($0)" } == """
                The file "\(other)" is already there. It was left as it is. Name another file.
                """)
        #expect(try bytes(of: other) == Array("Somebody's letter".utf8))
        try store.add("Bo")
    }

    @Test func aBackupThatFailsNamesTheBackup() throws {
        let store = try Store.open(at: folder.file())
        let target = "\(folder.path)/none/backup"
        #expect(throws: StoreError.notWritable(path: target)) {
            try store.file.backup(to: target)
        }
    }
}
