import Foundation
import GRDB
import Notebook
import Replication
package import Store

extension Hub {
    /// Checks SQLite's structure, every device's chain, every payload against its digest, the
    /// places, and the hub's own notebook. Returns one sentence for each thing that is wrong.
    package func verify() throws -> (log: [String], notebook: Verification) {
        (try read { try LogVerification(db: $0).problems() }, try own.store.verify())
    }
}

/// Checks a hub's file by itself.
struct LogVerification {
    let db: Database

    func problems() throws -> [String] {
        var problems: [String] = []
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
        do {
            problems += try placeProblems()
        } catch is WireError {
            problems.append("An entry of the log cannot be read.")
        }
        return problems
    }

    /// Replays every move, and compares where that leads with where the hub thinks records live.
    private func placeProblems() throws -> [String] {
        let erased = try keys(of: "SELECT kind, record FROM place WHERE erased = 1")
        var places = try places()
        var states: [RecordKey: RecordState] = [:]
        var sizes: [RecordKey: RecordSize] = [:]
        var problems: Set<RecordKey> = []
        var end = LogEnd()
        var isInOrder = true
        try HubLog.forEach(after: 0, db) { row in
            end = end.appending(row.digest)
            isInOrder = isInOrder && end == row.end
            guard let content = row.content, !erased.contains(content.commit.key) else {
                return true
            }
            let key = content.commit.key
            let before = states[key]?.space
            states[key, default: RecordState()].apply(content.commit.movesAlone)
            sizes[key, default: RecordSize()] += RecordSize(
                of: content.commit, bytes: content.payloadBytes)
            let now = states[key]?.space ?? Space.organizers
            let origin = before.flatMap { $0 == now ? nil : $0 }
            if content.space != now || content.origin != origin { problems.insert(key) }
            return true
        }
        for (key, state) in states {
            let place = places.removeValue(forKey: key)
            guard place?.space == state.space, place?.size == sizes[key] else {
                problems.insert(key)
                continue
            }
        }
        problems.formUnion(places.keys.filter { !erased.contains($0) })
        return (isInOrder ? [] : ["The order of the log was altered."])
            + problems.sorted().map { "The place of the record \($0.id) was altered." }
    }

    private func keys(of sql: String) throws -> Set<RecordKey> {
        var statement = try FastStatement(db, sql)
        var keys: Set<RecordKey> = []
        while try statement.step() {
            keys.insert(RecordKey(try statement.number(0), try statement.id(1)))
        }
        return keys
    }

    private func places() throws -> [RecordKey: Places.Place] {
        let places = Places(db, at: 0)
        return try Dictionary(
            uniqueKeysWithValues: keys(of: "SELECT kind, record FROM place").compactMap { key in
                try places.load(key).map { (key, $0) }
            })
    }

    private func chainProblem(_ device: DeviceID, _ known: ChainHead) throws -> String? {
        var statement = try FastStatement(
            db,
            """
            SELECT deviceSeq, digest, salt, payload, stamp, author, kind, record, act FROM log
            WHERE device = ? ORDER BY deviceSeq
            """)
        statement.bind(device.rawValue)
        var head = ChainHead()
        while try statement.step() {
            let seq = statement.unsigned(0)
            guard let digest = Digest(bytes: statement.bytes(1)), seq == head.seq + 1,
                statement.isNull(3) || proves(statement, Dot(device, seq), digest)
            else {
                statement.reset()
                return "Commit \(seq) of the device \(device) was altered."
            }
            head = head.appending(digest)
        }
        return head == known ? nil : "Commits of the device \(device) are missing."
    }

    /// Whether a row's salt, payload and header make its digest.
    private func proves(_ statement: FastStatement, _ dot: Dot, _ digest: Digest) -> Bool {
        guard let salt = Salt(bytes: statement.bytes(2)),
            let author = MemberID(bytes: statement.bytes(5)),
            let record = RecordID(bytes: statement.bytes(7)),
            let kind = Kind(exactly: statement.int(6))
        else { return false }
        let commit = Commit(
            dot: dot, stamp: Stamp(rawValue: statement.unsigned(4)), author: author,
            key: RecordKey(kind, record), transaction: statement.unsigned(8),
            salt: nil, writes: [])
        return commit.digest(salt: salt, payload: statement.bytes(3)) == digest
    }
}
