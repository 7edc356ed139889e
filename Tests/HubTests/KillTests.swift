import Foundation
import GRDB
import Glibc
import Notebook
import Replication
import Store
import Sync
import Testing

@testable import Hub

@Suite("A hub whose power fails")
struct KillTests {
    private struct Pusher: Sendable {
        let notebook: Notebook

        init(_ number: Int, _ hub: KeepersHub) async throws {
            let link = try await hub.run(
                "invite", "--name", "Pusher \(number)", "--role", "organizer", "--json")
            notebook = try NotebookFile(path: "\(hub.data)/laptops/\(number).sqlite").create(
                name: "Pusher \(number)", zoneName: "UTC", zone: .utc)
            _ = try await notebook.join(Invitation(link.text("invitation")))
        }

        /// Writes acts of three people each and syncs, until the hub is gone.
        func push() async throws {
            while true {
                for _ in 0..<5 {
                    let edits = (0..<3).map { _ in
                        Edit(
                            Person.key(notebook.store.environment.newID()),
                            [.set(Person.name, .text("Neighbor"))])
                    }
                    _ = try notebook.store.write { try $0.commit(edits, by: notebook.me.member) }
                }
                do {
                    _ = try await notebook.sync()
                } catch let error as SyncError where error.isTemporary {
                    return
                }
            }
        }
    }

    /// Ten times: what the hub said it has is there, no act is there by half, and all is sound.
    @Test func hasWhatItAcknowledgedAndNoHalfAct() async throws {
        try await KeepersHub.open { hub in
            var serving = try await Serving.start(hub.data)
            let port = serving.port
            var pushers: [Pusher] = []
            for number in 0..<4 { pushers.append(try await Pusher(number, hub)) }
            var generator = SeededGenerator(seed: 4)
            for _ in 0..<10 {
                try await withThrowingTaskGroup { group in
                    for pusher in pushers { group.addTask { try await pusher.push() } }
                    let wait = Int.random(in: 50...600, using: &generator)
                    try await Task.sleep(for: .milliseconds(wait))
                    #expect(try await serving.end(SIGKILL) == SIGKILL)
                    try await group.waitForAll()
                }
                try check(hub, pushers)
                serving = try await Serving.start(hub.data, ["--listen", "127.0.0.1:\(port)"])
            }
            for pusher in pushers {
                _ = try await pusher.notebook.sync()
                #expect(try pusher.notebook.store.meta().pending == 0)
            }
            let verified = try await hub.run("verify", "--json")
            #expect(try verified.document()["ok"] as? Bool == true, "\(verified.output)")
            #expect(try await serving.end(SIGTERM) == 0)
        }
    }

    private func check(_ hub: KeepersHub, _ pushers: [Pusher]) throws {
        let file = try DatabaseFile(path: hub.data + "/hub.sqlite", format: .hub, creating: false)
        try file.read { db in
            for pusher in pushers {
                let device = try #require(try HubDevice.find(pusher.notebook.store.device, db))
                let acknowledged = try pusher.notebook.store.meta().acknowledged
                #expect(device.head.seq >= acknowledged.seq)
                let digests = try Int.fetchOne(
                    db, sql: "SELECT count(*) FROM log WHERE device = ? AND deviceSeq <= ?",
                    arguments: [
                        Int64(bitPattern: device.id.rawValue), Int64(acknowledged.seq),
                    ])
                #expect(digests == Int(acknowledged.seq))
            }
            let half = try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM log AS part WHERE NOT EXISTS (
                        SELECT 1 FROM log AS last
                        WHERE last.device = part.device AND last.deviceSeq = part.act)
                    """)
            #expect(half == 0)
            #expect(try LogVerification(db: db).problems() == [])
        }
        try file.close()
    }
}
