import Foundation
import Histories
import Replication
import Store
import Testing

@Suite("A process that is killed")
struct CrashTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    // The times are seeded; where in a write the blow falls is chance, and must not matter.
    @Test func everyAcknowledgedEntrySurvives() throws {
        var random = SplitMix64(seed: 1)
        var saved: [Seq] = []
        for _ in 0..<10 {
            let probe = try OtherProcess.probe(folder.file(), count: 100_000)
            let acknowledged = Int.random(in: 0...20, using: &random)
            var lines: [String] = []
            while lines.saved.count < acknowledged, let line = probe.line() { lines.append(line) }
            usleep(UInt32.random(in: 0...3000, using: &random))
            probe.kill()
            saved += (lines + probe.lines()).saved
            guard FileManager.default.fileExists(atPath: folder.file()) else { continue }
            let store = try Store.open(7, at: folder.file(), schema: ProbeNotebook.schema)
            let found = try ProbeNotebook.seqs(store)
            #expect(Set(saved).subtracting(found) == [])
            #expect(try store.verify().problems == [])
        }
        #expect(!saved.isEmpty)
    }

    // Killed within its first milliseconds, while it makes the file or opens it after a crash.
    @Test func aHalfMadeFileCanBeOpenedAgain() throws {
        var random = SplitMix64(seed: 2)
        for round in 0..<12 {
            let path = folder.file("\(round)")
            for _ in 0..<3 {
                let probe = try OtherProcess.probe(path, count: 3)
                usleep(UInt32.random(in: 5000...25_000, using: &random))
                probe.kill()
            }
            let store = try Store.open(7, at: path, schema: ProbeNotebook.schema)
            #expect(try store.verify().problems == [])
        }
    }
}
