import GRDB
import Hub
import Replication

/// Every change of one byte of a push, at the hub's own door.
struct Mutations {
    let hub: Hub
    let golden: SyncRequest
    let device: DeviceID

    /// What became of them.
    struct Tally {
        /// No message, in the decoder's eyes.
        var undecodable = 0
        /// Refused by the door, by the rule that it names.
        var refused: [String: Int] = [:]
        /// The push's field itself became another one, which nobody reads.
        var withoutPush = 0
        /// The device signed exactly this: the byte is none of those that say what it wrote.
        var sameCommits = 0

        var total: Int {
            undecodable + refused.values.reduce(0, +) + withoutPush + sameCommits
        }
    }

    /// A changed push that the hub took in.
    struct Taken: Error, CustomStringConvertible {
        let index: Int
        let byte: UInt8

        var description: String {
            "The hub takes a push whose byte \(index) was changed to \(byte)."
        }
    }

    /// Gives each byte some other values, and then hands in the push as it was. Throws `Taken`.
    func run(_ values: (UInt8) -> [UInt8], _ tally: inout Tally) throws {
        let bytes = try golden.encoded()
        let end = try hub.logEnd
        var body = bytes
        for index in bytes.indices {
            for byte in values(bytes[index]) where byte != bytes[index] {
                body[index] = byte
                try handIn(body, &tally) { Taken(index: index, byte: byte) }
            }
            body[index] = bytes[index]
        }
        guard try hub.logEnd == end else { throw Taken(index: -1, byte: 0) }
        _ = try Exchange(hub: hub).answer(golden, from: device)
        let pushed = UInt64(golden.push?.entries.count ?? 0)
        guard try hub.logEnd == end + pushed else { throw RubbishError.goldenRefused }
    }

    private func handIn(
        _ body: [UInt8], _ tally: inout Tally, _ taken: () -> Taken
    ) throws {
        guard let request = try? SyncRequest(decoding: body) else {
            tally.undecodable += 1
            return
        }
        guard let push = request.push else {
            tally.withoutPush += 1
            return
        }
        guard push.signedParts != golden.push?.signedParts else {
            tally.sameCommits += 1
            return
        }
        do {
            _ = try Exchange(hub: hub).answer(request, from: device)
        } catch let problem as Problem {
            tally.refused[problem.rule, default: 0] += 1
            return
        }
        throw taken()
    }
}

/// What is wrong with the rig itself.
enum RubbishError: Error {
    /// The hub refused the push as it was, so that refusing a changed one says nothing.
    case goldenRefused
    case noKey
}

extension Push {
    /// All that the device's signature says, the signature too.
    fileprivate var signedParts: [[UInt8]] {
        [previous.bytes, signature]
            + entries.map { entry in
                guard let commit = entry.commit else { return [] }
                guard let salt = commit.salt ?? salt(for: commit.dot) else { return [0] }
                return commit.digest(salt: salt, payload: Payload.encode(commit.writes)).bytes
            }
    }
}

extension Hub {
    fileprivate var logEnd: UInt64 {
        get throws {
            try read { db in
                try UInt64.fetchOne(db, sql: "SELECT coalesce(max(seq), 0) FROM log") ?? 0
            }
        }
    }
}
