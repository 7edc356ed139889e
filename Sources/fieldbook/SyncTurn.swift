import Glibc
import Store
import Terminal
import Wording

/// One exchange at a time on a notebook: two would use up each other's nonce.
enum SyncTurn {
    private static let patienceSeconds = 120

    /// Runs `body` when no other exchange of the notebook is at work. Throws a `Complaint` when
    /// another one takes too long.
    static func taking<Result>(
        at path: String, _ body: () async throws -> Result
    ) async throws -> Result {
        let file = open(path + ".sync", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw StoreError.opening(path, errno) }
        defer { close(file) }
        try await wait(for: file)
        return try await body()
    }

    private static func wait(for file: Int32) async throws {
        let end = ContinuousClock.now + .seconds(patienceSeconds)
        while flock(file, LOCK_EX | LOCK_NB) != 0 {
            guard ContinuousClock.now < end else {
                throw Complaint(
                    """
                    Another "fieldbook sync" is running on this notebook; it brings the same. \
                    Nothing was done here. Try again when it is done.
                    """, code: Failure.tryLater)
            }
            Screen.progress("Another sync is running; it brings the same…")
            try await Task.sleep(for: .milliseconds(100))
        }
    }
}
