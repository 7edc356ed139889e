import GRDB
import Notebook
import Replication
import Store
import Testing

@testable import Hub

/// A disk alters what it holds: the hub says so, to whoever keeps it, and goes on.
@Suite("A log that its disk has altered")
struct DamagedLogTests {
    @Test(arguments: [
        "UPDATE log SET effective = stamp + 1 WHERE seq = 2",
        "UPDATE log SET act = 0 WHERE seq = 2", "UPDATE log SET deviceSeq = -7 WHERE seq = 2",
        "UPDATE log SET seq = -seq", "UPDATE log SET mark = mark + 1 WHERE seq = 2",
        "UPDATE place SET weight = 9223372036854775807",
        "UPDATE place SET bytes = 9223372036854775807", "UPDATE place SET weight = weight + 1",
        "UPDATE place SET space = x'00'",
    ])
    func isNoticedAndEndsNothing(change: String) async throws {
        try await Parish.open(isServing: false) { parish in
            let scribe = try await Scribe(parish)
            let first = try scribe.push([scribe.commit(1), scribe.commit(2)])
            _ = try Exchange(hub: parish.hub).answer(first, from: scribe.key.device)
            try parish.hub.write { try $0.execute(sql: change) }
            let next = try scribe.push(
                [scribe.commit(3)],
                after: try parish.hub.read { try HubDevice.find(scribe.key.device, $0)?.head })
            // Whether it can be answered is chance; that the hub goes on is not.
            _ = try? Exchange(hub: parish.hub).answer(next, from: scribe.key.device)
            #expect(try parish.hub.verify().log != [])
        }
    }
}
