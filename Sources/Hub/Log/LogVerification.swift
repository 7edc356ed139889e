import Foundation
import GRDB
import Notebook
import Replication
package import Store
package import Wording

extension Hub {
    /// Checks SQLite's structure, every device's chain, every payload against its digest, the
    /// places, and the hub's own notebook. Returns one sentence for each thing that is wrong.
    package func verify() throws -> (log: [Phrase], notebook: Verification) {
        (try read { try LogVerification(db: $0).problems() }, try own.store.verify())
    }
}

/// Checks a hub's file by itself.
struct LogVerification {
    let db: Database

    func problems() throws -> [Phrase] {
        var problems: [Phrase] = []
        if try String.fetchAll(db, sql: "PRAGMA integrity_check(5)") != ["ok"] {
            problems.append("SQLite's integrity check of the log fails.")
        }
        _ = try Epochs.current(db)
        let chains =
            try HubDevice.all(db).map { ($0.id, $0.head) }
            + ForeignDevice.all(db).map { ($0.id, $0.head) }
        for (device, head) in chains {
            if let problem = try chainProblem(device, head) { problems.append(problem) }
        }
        if try !isInOrder() { problems.append("The order of the log was altered.") }
        do {
            problems += try recordProblems()
        } catch is WireError {
            problems.append("An entry of the log was altered.")
        }
        return problems
    }

    /// Whether the marks are the chain of the log's digests.
    private func isInOrder() throws -> Bool {
        var row = try FastStatement(db, "SELECT seq, mark, digest FROM log ORDER BY seq")
        defer { row.reset() }
        var end = LogEnd()
        while try row.step() {
            guard let digest = Digest(bytes: row.bytes(2)) else { return false }
            end = end.appending(digest)
            guard end == LogEnd(seq: row.unsigned(0), mark: row.unsigned(1)) else { return false }
        }
        return true
    }

    /// Reads every record's commits, from the log and its blocks: each must make its digest, and its
    /// moves must lead to where the hub thinks that the record lives.
    private func recordProblems() throws -> [Phrase] {
        var altered: [Dot] = []
        var misplaced = try keys(
            of: """
                SELECT DISTINCT kind, record FROM log WHERE space IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM place WHERE place.record = log.record AND place.kind = log.kind)
                """)
        let erased = Set(try keys(of: "SELECT kind, record FROM place WHERE erased = 1"))
        let packed = PackedBlocks(db)
        let places = Places(db, at: 0)
        // In this order each block is opened once.
        var isUnreadable = false
        var damaged: [RecordKey] = []
        for key in try keys(of: "SELECT kind, record FROM place ORDER BY block, record, kind") {
            let rows: [(row: HubLog.Row, salt: Salt?)]
            do {
                rows = try HubLog.rows(on: key, packed, db)
            } catch is UnreadableRow {
                isUnreadable = true
                continue
            } catch is WireError {
                damaged.append(key)
                continue
            }
            altered += rows.filter { !proves($0.row, $0.salt) }.map(\.row.dot)
            guard !erased.contains(key), let place = try places.load(key) else { continue }
            if !isPlaced(place, by: rows.compactMap(\.row.content)) { misplaced.append(key) }
        }
        var problems: [Phrase] = isUnreadable ? ["A block of the log cannot be read."] : []
        problems += damaged.map { "The record \($0.id) was altered." }
        problems += altered.sorted().map(Self.altered)
        problems += misplaced.sorted().map { "The place of the record \($0.id) was altered." }
        return problems
    }

    private static func altered(_ dot: Dot) -> Phrase {
        "Commit \(dot.seq) of the device \(dot.device) was altered."
    }

    private func isPlaced(_ place: Places.Place, by contents: [HubLog.Row.Content]) -> Bool {
        var state = RecordState()
        var size = RecordSize()
        for content in contents {
            let before = state.space
            state.apply(content.commit.movesAlone)
            size += RecordSize(of: content.commit, bytes: content.payloadBytes)
            let now = state.space ?? Space.organizers
            let origin = before.flatMap { $0 == now ? nil : $0 }
            guard content.space == now, content.origin == origin else { return false }
        }
        return !contents.isEmpty && place.space == state.space && place.size == size
    }

    /// Whether a commit makes its digest.
    private func proves(_ row: HubLog.Row, _ salt: Salt?) -> Bool {
        guard let commit = row.content?.commit else { return true }
        guard let salt else { return false }
        return commit.digest(salt: salt, payload: Payload.encode(commit.writes)) == row.digest
    }

    private func keys(of sql: String) throws -> [RecordKey] {
        var statement = try FastStatement(db, sql)
        var keys: [RecordKey] = []
        while try statement.step() {
            keys.append(RecordKey(try statement.number(0), try statement.id(1)))
        }
        return keys
    }

    /// What is wrong with a device's chain of digests.
    private func chainProblem(_ device: DeviceID, _ known: ChainHead) throws -> Phrase? {
        var statement = try FastStatement(
            db, "SELECT deviceSeq, digest FROM log WHERE device = ? ORDER BY deviceSeq")
        statement.bind(device.rawValue)
        defer { statement.reset() }
        var head = ChainHead()
        while try statement.step() {
            let seq = statement.unsigned(0)
            guard let digest = Digest(bytes: statement.bytes(1)), seq == head.seq + 1 else {
                return Self.altered(Dot(device, seq))
            }
            head = head.appending(digest)
        }
        return head == known ? nil : "Commits of the device \(device) are missing."
    }
}
