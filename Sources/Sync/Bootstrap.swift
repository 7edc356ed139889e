import Notebook
import Replication
import Store

/// Fetches the blocks of the snapshot that a hub has offered, one after another. What is on disk can
/// be worked with before the rest comes: the first ones are stored one by one, later ones together.
struct Bootstrap {
    let notebook: Notebook
    let transport: any Transport
    /// How many commits one transaction takes in, as many as a page of the log has; and how many
    /// have to be here before several blocks go together.
    var mostCommits = 4096
    var enoughCommits = 4096

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

    /// Fetches and stores the next blocks, or some of one. Throws `SyncError`; what has come until
    /// then is kept.
    func step(_ nonce: inout String, _ traffic: inout Traffic) async throws -> Step {
        var whole: [Fetched] = []
        do {
            for due in try notebook.store.dueBlocks(of: mostCommits, after: enoughCommits) {
                let bytes = try await due.part + rest(of: due, &nonce, &traffic)
                guard bytes.count >= due.block.bytes else {
                    try notebook.store.write { try $0.keep(bytes, of: due.block) }
                    return try whole.isEmpty ? .tookPart : took(whole)
                }
                whole.append(Fetched(due: due, bytes: bytes))
            }
        } catch SyncError.refused("block", _) {
            // What came before goes in all the same; then the next step meets the same again.
            guard whole.isEmpty else { return try took(whole) }
            try notebook.store.write { try $0.giveUpSnapshot() }
            return .isGone
        } catch {
            if !whole.isEmpty { _ = try took(whole) }
            throw error
        }
        return try whole.isEmpty ? .isDone : took(whole)
    }

    /// A block that has come whole.
    private struct Fetched {
        let due: DueBlock
        let bytes: [UInt8]
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

    /// Stores blocks, and nothing of one that is not the block that the hub named.
    private func took(_ blocks: [Fetched]) throws -> Step {
        var sound: [(block: Snapshot.Block, commits: [Commit])] = []
        var wrong: (block: Snapshot.Block, error: WireError)?
        for one in blocks {
            do {
                guard one.due.block.names(one.bytes) else { throw WireError.malformed }
                sound.append((one.due.block, try one.due.block.commits(in: one.bytes)))
            } catch let error as WireError {
                wrong = (one.due.block, error)
                break
            }
        }
        let received = try notebook.store.write { transaction in
            var received = Received()
            for one in sound {
                received.commits += try transaction.take(one.commits, of: one.block).commits
            }
            if let wrong { try transaction.keep([], of: wrong.block) }
            return received
        }
        if let wrong { throw SyncError.notUnderstood(wrong.error.description) }
        return .took(received, blocks[blocks.count - 1].due.progress)
    }
}
