import Foundation
import Replication
import Store
import Testing

/// A disk that fails to take what was written. Made real by a small library that is loaded before
/// the system's own and fails the flushes that it is told to.
@Suite("A failing disk", .enabled(if: FailingDisk.canBeMade, "needs a C compiler"))
struct DiskFaultTests {
    let folder: TemporaryFolder
    let disk: FailingDisk

    init() throws {
        folder = try TemporaryFolder()
        disk = try FailingDisk(in: folder)
    }

    // Whichever flush fails: what was said to be saved is there, what was said not to be is not,
    // and the same process goes on.
    @Test func oneFailedFlushLosesOneEntryAtMost() throws {
        for flush in 1...8 {
            let (path, lines) = try write(6, failing: flush)
            // The second is the folder's, which SQLite lets pass.
            #expect(lines.failures == (flush == 2 ? [] : [sentence(path)]), "flush \(flush)")
            #expect(lines.saved.count + lines.failures.count == 6, "flush \(flush)")
        }
    }

    // The disk fails for a while, and so does the first attempt to open the file again.
    @Test(arguments: [2, 3, 5])
    func writesGoOnWhenTheDiskDoes(count: Int) throws {
        for flush in 1...3 {
            let (_, lines) = try write(12, failing: flush, count: count)
            #expect(!lines.failures.isEmpty, "flush \(flush)")
            #expect(lines.last?.hasPrefix("saved") == true, "flush \(flush)")
        }
    }

    // Entries so large that the log is folded in after some of them. Two of these flushes, of the
    // log and of the file itself, are the checkpoint's.
    @Test func aFailedCheckpointLosesNothing() throws {
        for flush in 66...71 {
            let (_, lines) = try write(76, bytes: 60 << 10, failing: flush)
            #expect(lines.failures.count <= 1, "flush \(flush)")
        }
    }

    /// Writes entries into a notebook with one in it while the disk fails, and checks that what the
    /// process said is true.
    private func write(
        _ entries: Int, bytes: Int = 0, failing flush: Int, count: Int = 1
    ) throws -> (path: String, lines: [String]) {
        let path = folder.file("\(flush)")
        #expect(try OtherProcess.probe(path, count: 1).lines() == ["open", "saved 1"])
        try ProbeNotebook.open(path).file.close()
        let lines = try OtherProcess.probe(
            path, count: entries, bytes: bytes,
            environment: disk.failing(from: flush, count: count)
        ).lines()
        let store = try ProbeNotebook.open(path)
        #expect(try ProbeNotebook.seqs(store) == [1] + lines.saved, "flush \(flush)")
        #expect(try store.verify().problems == [], "flush \(flush)")
        try store.act(ProbeNotebook.entry(store))
        return (path, lines)
    }

    private func sentence(_ path: String) -> String {
        """
        The disk that holds "\(path)" reported an error. What was being written was not saved. Make a backup on \
        another disk before you go on.
        """
    }
}

/// The library, and how a process is told to load it.
struct FailingDisk {
    private let library: String

    static let canBeMade = FileManager.default.isExecutableFile(atPath: "/usr/bin/cc")

    init(in folder: TemporaryFolder) throws {
        library = folder.file("failing.so")
        try StoreTests.write(Array(Self.source.utf8), to: folder.file("failing.c"))
        let compiler = try OtherProcess(
            "/usr/bin/cc", ["-shared", "-fPIC", "-o", library, folder.file("failing.c")])
        try #require(compiler.exitStatus == 0)
    }

    /// The environment in which the flushes from this one on fail.
    func failing(from flush: Int, count: Int = 1) -> [String: String] {
        ["LD_PRELOAD": library, "FAIL_FROM": "\(flush)", "FAIL_COUNT": "\(count)"]
    }

    private static let source = """
        #include <errno.h>
        #include <stdlib.h>
        #include <sys/syscall.h>
        #include <unistd.h>

        static int flush(long call, int file) {
            static int flushes = 0;
            int from = atoi(getenv("FAIL_FROM")), count = atoi(getenv("FAIL_COUNT"));
            flushes++;
            if (flushes >= from && flushes < from + count) { errno = EIO; return -1; }
            return (int)syscall(call, file);
        }

        int fsync(int file) { return flush(SYS_fsync, file); }
        int fdatasync(int file) { return flush(SYS_fdatasync, file); }
        """
}
