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

    /// Returns the records and the next nonce. No records when the hub has moved on meanwhile: the
    /// next exchange compares again.
    func differences(nonce: String) async throws -> (records: Set<RecordKey>, nonce: String) {
        var nonce = nonce
        do {
            var records: Set<RecordKey> = []
            for case .space(let space) in try await differing(in: .spaces, &nonce) {
                var buckets = try await differing(in: .buckets(space), &nonce).compactMap(\.bucket)
                while !buckets.isEmpty {
                    let some = Array(buckets.prefix(Self.bucketsAtOnce))
                    buckets.removeFirst(some.count)
                    for case .record(let key) in try await differing(
                        in: .records(space, some), &nonce)
                    {
                        records.insert(key)
                    }
                }
            }
            return (records, nonce)
        } catch is HasMovedOn {
            return ([], nonce)
        }
    }

    private struct HasMovedOn: Error {}

    /// What one of the two has and the other has not, or has otherwise.
    private func differing(
        in compare: Compare, _ nonce: inout String
    ) async throws -> [Sum.Subject] {
        let meta = try store.meta()
        let request = SyncRequest(
            cursor: meta.cursor, refusalsSeen: meta.refusalsSeen, compare: compare)
        let exchanged = try await transport.exchange(request, nonce: nonce)
        nonce = exchanged.nextNonce
        guard exchanged.answer.fingerprint != nil else { throw HasMovedOn() }
        let theirs = Dictionary(
            exchanged.answer.sums.map { ($0.subject, $0.sum) }, uniquingKeysWith: { $1 })
        let mine = try sums(compare)
        return Set(mine.keys).union(theirs.keys).filter { mine[$0] != theirs[$0] }
    }

    private func sums(_ compare: Compare) throws -> [Sum.Subject: Fingerprint] {
        let sums = try store.sums(compare)
        return Dictionary(uniqueKeysWithValues: sums.map { ($0.subject, $0.sum) })
    }
}

extension Sum.Subject {
    fileprivate var bucket: UInt8? {
        if case .bucket(let bucket) = self { bucket } else { nil }
    }
}
