import Foundation
import GRDB
import Replication
import Store
import Testing

@Suite("Storage rules")
struct StorageRuleTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    // GRDB sets NORMAL while it opens, without a word.
    @Test func anAcknowledgedWriteIsOnDisk() throws {
        for opening in ["first", "second"] {
            let store = try Store.open(at: folder.file())
            #expect(try store.number("PRAGMA synchronous") == 2, "\(opening) opening")
            #expect(try store.number("PRAGMA wal_autocheckpoint") == 0, "\(opening) opening")
            let mode = try store.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") }
            #expect(mode == "wal", "\(opening) opening")
            try store.add("Ada")
            try store.file.close()
        }
    }

    @Test func filesAreForTheirOwnerAlone() throws {
        let store = try Store.open(at: folder.file())
        try store.add("Ada")
        for suffix in ["", "-wal", "-shm", ".lock"] {
            #expect(try mode(of: folder.file() + suffix) == 0o600, "\(suffix)")
        }
    }

    @Test func closingLeavesAFileThatStandsAlone() throws {
        let store = try Store.open(at: folder.file())
        let person = try store.add("Ada")
        try store.file.close()
        #expect(size(of: folder.file() + "-wal") == 0)

        let copy = folder.file("copy")
        try write(bytes(of: folder.file()), to: copy)
        let other = try Store.open(at: copy, creating: false)
        #expect(try other.column("name", of: person) == "Ada")
        #expect(try other.verify().isOK)
    }

    // The mark by which we know our files must be in the file itself, not in its log alone:
    // whoever opens it while another program has it open, or after a crash, looks there.
    @Test func aFileThatWasNeverClosedOpens() throws {
        let first = try Store.open(at: folder.file())
        let person = try first.add("Ada")
        let second = try Store.open(at: folder.file(), creating: false)
        #expect(try second.column("name", of: person) == "Ada")
    }

    @Test func theLogIsFoldedInWhenItHasGrown() throws {
        let store = try Store.open(at: folder.file())
        let log = folder.file() + "-wal"
        let note = String(repeating: "x", count: 60 << 10)
        var largest = 0
        var hasShrunk = false
        for _ in 0..<100 {
            let before = size(of: log)
            try store.add(note)
            largest = max(largest, size(of: log))
            if size(of: log) < before { hasShrunk = true }
        }
        #expect(largest > 1 << 20)
        #expect(largest < 5 << 20)
        #expect(hasShrunk)
        #expect(size(of: folder.file()) > 4 << 20)
        #expect(try store.verify().isOK)
    }

    // A long report in another process keeps the log from being folded in. It must not make every
    // save wait for it.
    @Test func aReaderElsewhereDoesNotSlowWritesDown() throws {
        let store = try Store.open(at: folder.file())
        try store.add("Ada")
        let reader = try OtherProcess.python(
            """
            import sqlite3, sys, time
            connection = sqlite3.connect(sys.argv[1])
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM record").fetchone()
            print("reading", flush=True)
            time.sleep(60)
            """, folder.file())
        #expect(reader.line() == "reading")
        let note = String(repeating: "x", count: 60 << 10)
        let start = ContinuousClock.now
        try store.write { transaction in
            for _ in 0..<80 {
                let key = RecordKey(.person, store.environment.newID())
                try transaction.commit([Edit(key, [.set(.notes, .text(note))])], by: .ada)
            }
        }
        for _ in 0..<3 { try store.add("Bo") }
        #expect(start.duration(to: .now) < .seconds(4))
        #expect(size(of: folder.file() + "-wal") > 4 << 20)
        reader.kill()
        try store.add("Cy")
        #expect(size(of: folder.file() + "-wal") == 0)
    }

    @Test func aFolderThatIsNotThereIsNotMade() throws {
        let path = "\(folder.path)/none/a.fieldbook"
        #expect(throws: StoreError.notWritable(path: path)) { try Store.open(at: path) }
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/none"))
    }

    @Test(arguments: [
        (0x6969, "NFS"), (0xFF53_4D42, "CIFS"), (0xFE53_4D42, "CIFS"), (0x517B, "CIFS"),
        (0x6573_5546, "FUSE"), (0x0102_1997, "9p"), (0x5346_414F, "AFS"), (0x00C3_6400, "Ceph"),
    ])
    func networkFileSystemsAreKnown(type: Int, name: String) {
        #expect(NetworkFileSystem.name(ofType: type) == name)
        let refusal = StoreError.networkFileSystem(path: "/mnt/a.fieldbook", type: name)
        #expect(
            "\(refusal)" == """
                The file "/mnt/a.fieldbook" lies on a network file system (\(name)), where a \
                notebook can be damaged. Keep it on this machine's own disk.
                """)
    }

    // ext4, tmpfs, btrfs, XFS, overlayfs.
    @Test(arguments: [0xEF53, 0x0102_1994, 0x9123_683E, 0x5846_5342, 0x794C_7630])
    func localFileSystemsAreLetBe(type: Int) {
        #expect(NetworkFileSystem.name(ofType: type) == nil)
    }
}
