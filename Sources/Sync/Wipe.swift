import Notebook
import Replication
import Store

extension Notebook {
    /// The hub has ended this device's access: what the notebook holds of the congregation is not its
    /// member's to read any more. What was never sent stays.
    func wipe(_ keys: any KeyRing) throws {
        let successor = try keys.unusedSuccessor(of: store)
        try store.write { transaction in
            try transaction.wipe(as: successor.device)
            try Membership.noteEnd(store.environment.milliseconds(), transaction)
        }
        try keys.take(successor.device)
        try store.file.vacuum()
        removeDrafts()
    }
}
