package import Notebook
package import Replication
import Store
import Wording

/// A notebook's exchange with a hub through any network, under whatever key it takes to get there.
package struct Meeting: Sendable {
    private let notebook: Notebook
    private let congregation: RecordID
    private let keys: any KeyRing
    private let connect: @Sendable (DeviceKey) -> any Transport
    private let progress: @Sendable (SyncReport) -> Void

    package init(
        notebook: Notebook, congregation: RecordID, keys: any KeyRing,
        connect: @escaping @Sendable (DeviceKey) -> any Transport,
        progress: @escaping @Sendable (SyncReport) -> Void = { _ in }
    ) {
        self.notebook = notebook
        self.congregation = congregation
        self.keys = keys
        self.connect = connect
        self.progress = progress
    }

    /// Exchanges until both are even. Returns the notebook to go on with, too: when the hub has
    /// other commits of this device, or was put back from a backup, it is another device's.
    package func run(nonce: String) async throws -> (report: SyncReport, notebook: Notebook) {
        var notebook = notebook
        var nonce = nonce
        var report = SyncReport()
        // Two copies may even share the next key: then the second takes one more. A hub that was
        // put back may not know this key, and then freeze it.
        for _ in 0..<5 {
            do {
                try await exchange(notebook, nonce: nonce, &report)
                return (report, notebook)
            } catch  where SyncError.isFork(error) {
                let next = try await succession(of: notebook).run(nonce: nonce)
                (notebook, nonce) = (next.notebook, next.nonce)
                report.reissued = (report.reissued ?? 0) + next.reissued
                report.isRestored = report.isRestored || SyncError.isOfRestore(error)
            } catch SyncError.revoked {
                throw wiped(notebook)
            } catch SyncError.notKnown {
                nonce = try await succession(of: notebook).introduceAgain()
            }
        }
        throw SyncError.stuck
    }

    /// Removes what is the congregation's. Returns what to say of it.
    private func wiped(_ notebook: Notebook) -> SyncError {
        do {
            try notebook.wipe(keys)
            return .revoked
        } catch {
            let reason = (error as? any Explained)?.explanation
            return .revokedKept(
                reason: reason ?? "something happened that Fieldbook does not know.")
        }
    }

    private func exchange(
        _ notebook: Notebook, nonce: String, _ report: inout SyncReport
    ) async throws {
        try await connect(notebook.store.environment.key).closing { transport in
            try await Session(
                notebook: notebook, congregation: congregation, transport: transport,
                progress: progress
            ).run(nonce: nonce, &report)
        }
    }

    private func succession(of notebook: Notebook) -> Succession {
        Succession(notebook: notebook, congregation: congregation, keys: keys, connect: connect)
    }
}
