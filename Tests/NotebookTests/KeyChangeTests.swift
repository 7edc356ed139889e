import Foundation
import Notebook
import Replication
import Store
import Synchronization
import Testing

@Suite("A notebook that is given a new key")
struct KeyChangeTests {
    private final class Changes: Sendable {
        let areOver = Mutex(false)
    }

    /// As a sync does after a restore, while another command begins.
    @Test("Who opens it meanwhile is not told that its key is another's")
    func openedMeanwhile() async throws {
        let folder = NSTemporaryDirectory() + "NotebookTests-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = NotebookFile(path: folder + "/notebook.sqlite")
        try file.create(name: "Ana", zoneName: "UTC", zone: .utc).store.file.close()
        let changes = Changes()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { changes.areOver.withLock { $0 = true } }
                for _ in 0..<25 {
                    let store = try file.open().store
                    let key = try file.successor(of: store.device)
                    usleep(2000)
                    _ = try store.write { transaction in
                        try transaction.reissue(after: 0, refused: [], as: key.device)
                    }
                    usleep(20_000)
                }
            }
            group.addTask {
                while !changes.areOver.withLock({ $0 }) { _ = try file.open() }
            }
            try await group.waitForAll()
        }
    }
}
