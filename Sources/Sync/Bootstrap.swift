import Notebook
import Replication
import Store

/// Fetches the blocks of the snapshot that a hub has offered, one after another: each is on disk, and
/// can be worked with, before the next is asked for.
struct Bootstrap {
    let notebook: Notebook
    let transport: any Transport

    /// What became of one request.
    enum Step {
        case took(Received, BootstrapProgress)
        /// The line broke in the middle of a block. What came is kept, and the rest asked for.
        case tookPart
        /// The hub no longer has what it offered: it is asked anew.
        case isGone
        /// No block is due.
        case isDone
    }

    /// Fetches and stores the next block, or some of it. Throws `SyncError`; what has come until
    /// then is kept.
    func step(_ nonce: inout String, _ traffic: inout Traffic) async throws -> Step {
        guard let due = try notebook.store.dueBlock() else { return .isDone }
        let bytes: [UInt8]
        do {
            bytes = try await due.part + rest(of: due, &nonce, &traffic)
        } catch SyncError.refused("block", _) {
            try notebook.store.write { try $0.giveUpSnapshot() }
            return .isGone
        }
        guard bytes.count >= due.block.bytes else {
            try notebook.store.write { try $0.keep(bytes, of: due.block) }
            return .tookPart
        }
        return .took(try store(bytes, of: due.block), due.progress)
    }

    private func rest(
        of due: DueBlock, _ nonce: inout String, _ traffic: inout Traffic
    ) async throws -> [UInt8] {
        guard due.part.count < due.block.bytes else { return [] }
        let fetched = try await transport.fetch(due.block, from: due.part.count, nonce: nonce)
        nonce = fetched.nextNonce
        traffic += fetched.traffic
        guard fetched.offset == due.part.count, !fetched.bytes.isEmpty else {
            throw SyncError.notUnderstood("another part of a block than was asked for.")
        }
        return fetched.bytes
    }

    /// Stores a block, and nothing of one that is not the block that the hub named.
    private func store(_ bytes: [UInt8], of block: Snapshot.Block) throws -> Received {
        do {
            guard block.names(bytes) else { throw WireError.malformed }
            let commits = try block.commits(in: bytes)
            return try notebook.store.write { try $0.take(commits, of: block) }
        } catch let error as WireError {
            try notebook.store.write { try $0.keep([], of: block) }
            throw SyncError.notUnderstood(error.description)
        }
    }
}
