import Crypto
import Replication

/// A place in the log: its number, and a mark of all that stands before it.
///
/// A log that somebody puts back from a backup grows again over the same numbers. The marks then
/// differ, and whoever has read the other log begins again.
struct LogEnd: Equatable {
    /// 0 for the beginning.
    var seq: UInt64 = 0
    /// The end of a chain over the log's digests, of 8 bytes.
    var mark: UInt64 = 0

    func appending(_ digest: Replication.Digest) -> LogEnd {
        var hash = SHA256()
        withUnsafeBytes(of: mark.bigEndian) { hash.update(bufferPointer: $0) }
        hash.update(data: digest.bytes)
        let next = hash.finalize().prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return LogEnd(seq: seq + 1, mark: next)
    }
}
