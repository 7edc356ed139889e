import GRDB
import Replication
import Store

/// Collects what a peer wants: commits that it may see, and stubs for those between, each device's
/// pushes to their ends.
struct Relaying {
    let hub: Hub
    let scope: PeerScope
    let db: Database

    /// A relay ends before the push that would bring it over these, unless that is its first.
    private static let pageEntries = Limits.blockCommits / 2
    private static let pageBytes = Limits.peerInflatedBytes / 4

    /// A commit's place in the log, and in the relay: not before what precedes it in its chain, which
    /// may stand later in the log.
    private struct Place {
        let seq: UInt64
        let order: UInt64
        let dot: Dot
        /// It lies in a part of the chain that the peer has.
        let isLoose: Bool
    }

    func relay(_ wanted: [PeerMessage.Runs]) throws -> Relay? {
        var relay = Relay()
        var places = Places(db, at: hub.milliseconds)
        var push: [Entry] = []
        var bytes = 0
        var known: Set<DeviceID> = []
        for place in try self.places(of: wanted) {
            let (entry, size) = try entry(place, &places)
            bytes += size
            if place.isLoose {
                if entry.commit != nil { relay.entries.append(entry) }
            } else {
                push.append(entry)
                guard let signature = try PushSignatures.at(place.dot, db) else { continue }
                let count = relay.entries.count + push.count
                let isOver = count > Self.pageEntries || bytes > Self.pageBytes
                if isOver, !relay.entries.isEmpty { break }
                relay.entries += push
                relay.pushes.append(Relay.SignedHead(dot: place.dot, signature: signature))
                push = []
            }
            if known.insert(place.dot.device).inserted,
                let signer = try Signer.find(place.dot.device, of: hub, db)
            {
                relay.devices.append(
                    Relay.Device(publicKey: signer.publicKey, congregation: signer.congregation))
            }
            if relay.entries.count > Self.pageEntries || bytes > Self.pageBytes { break }
        }
        return relay.entries.isEmpty ? nil : relay
    }

    /// The places of all that is wanted, in the order of the log, as far as one relay may go.
    private func places(of wanted: [PeerMessage.Runs]) throws -> [Place] {
        var places: [Place] = []
        var limit = UInt64.max
        for runs in wanted {
            let chain = try self.chain(of: runs)
            // Nothing that comes later in the log goes before what was cut off here.
            if chain.isCut, let last = chain.places.last { limit = min(limit, last.order) }
            places += chain.places
            places += try loose(runs)
        }
        return places.filter { $0.order <= limit }
            .sorted { ($0.order, $0.dot) < ($1.order, $1.dot) }
    }

    /// What follows the part of a chain that the peer has, to the end of the last push that it wants
    /// something of.
    private func chain(of runs: PeerMessage.Runs) throws -> (places: [Place], isCut: Bool) {
        guard let last = runs.seqs.last, last > runs.head,
            let end = try PushSignatures.end(of: runs.device, from: last, db)
        else { return ([], false) }
        let most = Limits.blockCommits
        var statement = try FastStatement(
            db,
            """
            SELECT seq, deviceSeq FROM log
            WHERE device = ? AND deviceSeq > ? AND deviceSeq <= ? ORDER BY deviceSeq LIMIT \(most)
            """)
        statement.bind(runs.device.rawValue)
        statement.bind(runs.head)
        statement.bind(end)
        var places: [Place] = []
        var order: UInt64 = 0
        while try statement.step() {
            order = max(order, statement.unsigned(0))
            places.append(
                Place(
                    seq: statement.unsigned(0), order: order,
                    dot: Dot(runs.device, try statement.seq(1)), isLoose: false))
        }
        return (places, places.count == most)
    }

    private func loose(_ runs: PeerMessage.Runs) throws -> [Place] {
        var places: [Place] = []
        for range in runs.seqs.ranges where range.lowerBound <= runs.head {
            var statement = try FastStatement(
                db,
                """
                SELECT seq, deviceSeq FROM log
                WHERE device = ? AND deviceSeq >= ? AND deviceSeq <= ? AND payload IS NOT NULL
                """)
            statement.bind(runs.device.rawValue)
            statement.bind(range.lowerBound)
            statement.bind(min(range.upperBound, runs.head))
            while try statement.step() {
                places.append(
                    Place(
                        seq: statement.unsigned(0), order: statement.unsigned(0),
                        dot: Dot(runs.device, try statement.seq(1)), isLoose: true))
            }
        }
        return places
    }

    private func entry(
        _ place: Place, _ places: inout Places
    ) throws -> (entry: Entry, bytes: Int) {
        guard let (row, salt) = try HubLog.salted(at: place.seq, db) else {
            throw UnreadableRow()
        }
        guard let content = row.content, try scope.shows(content, &places) else {
            return (.stub(row.dot, row.digest), 40)
        }
        var commit = content.commit
        commit.salt = salt
        return (.commit(commit), content.bytes)
    }
}
