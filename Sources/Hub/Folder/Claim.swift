import Glibc
import Store

/// The right to do one kind of work in a hub's folder, which one process at a time has: an advisory
/// lock on a file. It lasts as long as this lives, and ends with the process however that ends.
package final class Claim: Sendable {
    private let file: Int32

    /// Nil while somebody else has it.
    init?(_ path: String) throws {
        file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw StoreError.opening(path, errno) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            return nil
        }
    }

    deinit { AdvisoryLock.end(file) }
}
