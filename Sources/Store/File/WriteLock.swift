import Glibc

/// One advisory lock file beside a database, taken by every write transaction and checkpoint of
/// every process.
///
/// SQLite before 3.51.3 can lose committed pages when a write and a checkpoint of two connections
/// overlap (the WAL-reset bug). Taking turns keeps that from happening.
struct WriteLock: Sendable {
    /// The database's path.
    let path: String
    /// How long to wait for another process, in milliseconds.
    let patienceMilliseconds: Int

    init(of path: String, patienceMilliseconds: Int) {
        self.path = path
        self.patienceMilliseconds = patienceMilliseconds
    }

    /// Runs `body` while this process, and no other, holds the lock. Throws `StoreError.busy` when
    /// another one does not let go in time.
    func hold<Result>(_ body: () throws -> Result) throws -> Result {
        let file = opened()
        guard file >= 0 else { throw StoreError.opening(path, errno) }
        return try hold(file, body)
    }

    /// The same for one who only reads. Where the lock file can be neither opened nor made, nobody
    /// can write either.
    func holdIfPossible<Result>(_ body: () throws -> Result) throws -> Result {
        let file = opened()
        return try file < 0 ? body() : hold(file, body)
    }

    private func opened() -> Int32 { open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600) }

    private func hold<Result>(_ file: Int32, _ body: () throws -> Result) throws -> Result {
        defer { AdvisoryLock.end(file) }
        try AdvisoryLock.wait(for: file, of: path, patienceMilliseconds: patienceMilliseconds)
        return try body()
    }
}

/// A lock on an open file, which ends with the process however that ends.
package enum AdvisoryLock {
    /// Takes it. Throws `StoreError.busy` when whoever has it does not let go in time.
    package static func wait(
        for file: Int32, of path: String, patienceMilliseconds: Int
    ) throws {
        let stepMilliseconds = 5
        var waited = 0
        while flock(file, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR, waited < patienceMilliseconds else {
                throw StoreError.busy(path: path)
            }
            usleep(UInt32(stepMilliseconds * 1000))
            waited += stepMilliseconds
        }
    }

    /// Lets go of it and closes the file. Closing alone does not end the lock while another program
    /// is being started, which has all open files until it runs.
    package static func end(_ file: Int32) {
        flock(file, LOCK_UN)
        close(file)
    }
}
