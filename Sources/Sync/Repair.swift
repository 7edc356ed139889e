import Notebook
import Replication
import Store

/// Finds the records that are not the same here and on the hub, once both stand at one place of the
/// log and yet have different fingerprints.
///
/// First the spaces are compared, then the buckets of those that differ, then the records in the
/// buckets that differ: a tree of hashes with three levels (Merkle, 1987).
struct Repair {
    let store: Store
    let transport: any Transport

    /// Buckets whose records are asked for at once.
    private static let bucketsAtOnce = 16

    /// Returns the records. Nil when the hub or the notebook stands elsewhere by now: another
    /// exchange compares.
    func differences(
        _ nonce: inout String, _ traffic: inout Traffic
    ) async throws -> Set<RecordKey>? {
        do {
            var records: Set<RecordKey> = []
            for case .space(let space) in try await differing(in: .spaces, &nonce, &traffic) {
                var buckets = try await differing(in: .buckets(space), &nonce, &traffic)
                    .compactMap(\.bucket)
                while !buckets.isEmpty {
                    let some = Array(buckets.prefix(Self.bucketsAtOnce))
                    buckets.removeFirst(some.count)
                    for case .record(let key) in try await differing(
                        in: .records(space, some), &nonce, &traffic)
                    {
                        records.insert(key)
                    }
                }
            }
            return records
        } catch is HasMovedOn {
            return nil
        }
    }

    private struct HasMovedOn: Error {}

    /// What one of the two has and the other has not, or has otherwise.
    private func differing(
        in compare: Compare, _ nonce: inout String, _ traffic: inout Traffic
    ) async throws -> [Sum.Subject] {
        let meta = try store.meta()
        let request = SyncRequest(
            cursor: meta.cursor, refusalsSeen: meta.refusalsSeen, compare: compare)
        let exchanged = try await transport.exchange(request, nonce: nonce)
        nonce = exchanged.nextNonce
        traffic += exchanged.traffic
        guard exchanged.answer.fingerprint != nil else { throw HasMovedOn() }
        let theirs = Dictionary(
            exchanged.answer.sums.map { ($0.subject, $0.sum) }, uniquingKeysWith: { $1 })
        guard let mine = try sums(compare, at: meta.cursor) else { throw HasMovedOn() }
        return Set(mine.keys).union(theirs.keys).filter { mine[$0] != theirs[$0] }
    }

    private func sums(
        _ compare: Compare, at cursor: Replication.Cursor?
    ) throws -> [Sum.Subject: Fingerprint]? {
        try store.sums(compare, at: cursor).map { sums in
            Dictionary(uniqueKeysWithValues: sums.map { ($0.subject, $0.sum) })
        }
    }
}

extension Sum.Subject {
    fileprivate var bucket: UInt8? {
        if case .bucket(let bucket) = self { bucket } else { nil }
    }
}
