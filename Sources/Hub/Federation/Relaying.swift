import GRDB
import Replication
import Store

/// Collects what a peer wants: commits that it may see, and stubs for those between, each device's
/// pushes to their ends.
struct Relaying {
    let hub: Hub
    let scope: PeerScope
    let db: Database

    /// A relay ends before the push that would bring it over these, unless that is its first. What
    /// cannot be compressed has to fit into a body too.
    private static let pageEntries = Limits.blockCommits / 2
    private static let pageBytes = Limits.peerBodyBytes / 2

    /// Rows that are read together: what is packed lies in blocks.
    private static let rowsAtOnce = 1024

    /// A commit's place in the log, and in the relay: not before what precedes it in its chain, which
    /// may stand later in the log.
    private struct Place {
        let seq: UInt64
        let order: UInt64
        let dot: Dot
        /// It lies in a part of the chain that the peer has.
        let isLoose: Bool
    }

    /// Nil when nothing is wanted; without entries when nothing of it can be given.
    func relay(_ wanted: [PeerMessage.Runs]) throws -> Relay? {
        guard !wanted.isEmpty else { return nil }
        var page = Page()
        var places = Places(db, at: hub.milliseconds)
        let packed = PackedBlocks(db)
        var rows: [UInt64: (row: HubLog.Row, salt: Salt?)] = [:]
        let wantedPlaces = try self.places(of: wanted)
        for (index, place) in wantedPlaces.enumerated() {
            if index % Self.rowsAtOnce == 0 {
                let some = wantedPlaces[index...].prefix(Self.rowsAtOnce).map(\.seq)
                rows = try HubLog.salted(at: some, packed, db)
            }
            guard let (row, salt) = rows[place.seq] else { throw UnreadableRow() }
            let (entry, size) = try entry(row, salt, &places)
            let device = place.dot.device
            if place.isLoose {
                // The rest of them goes with the next.
                guard page.looseCount < Self.pageEntries / 2 else { continue }
                if entry.commit != nil { page.append(loose: entry, size) }
            } else {
                page.begin(entry, size)
                guard let signature = try PushSignatures.at(place.dot, db) else { continue }
                if !page.relay.entries.isEmpty,
                    page.count(with: device) > Self.pageEntries
                        || page.bytes(with: device) > Self.pageBytes
                {
                    break
                }
                page.end(with: Relay.SignedHead(dot: place.dot, signature: signature))
            }
            if page.relay.entries.count > Self.pageEntries || page.bytes > Self.pageBytes { break }
        }
        for device in Set(page.relay.entries.map(\.dot.device)).sorted() {
            guard let signer = try Signer.find(device, of: hub, db) else { continue }
            page.relay.devices.append(
                Relay.Device(publicKey: signer.publicKey, congregation: signer.congregation))
        }
        return page.relay
    }

    /// A relay as it fills: each device's push goes in when it is whole.
    private struct Page {
        var relay = Relay()
        private(set) var bytes = 0
        private(set) var looseCount = 0
        private var begun: [DeviceID: (entries: [Entry], bytes: Int)] = [:]

        func count(with device: DeviceID) -> Int {
            relay.entries.count + (begun[device]?.entries.count ?? 0)
        }

        func bytes(with device: DeviceID) -> Int { bytes + (begun[device]?.bytes ?? 0) }

        mutating func append(loose entry: Entry, _ size: Int) {
            relay.entries.append(entry)
            bytes += size
            looseCount += 1
        }

        mutating func begin(_ entry: Entry, _ size: Int) {
            begun[entry.dot.device, default: ([], 0)].entries.append(entry)
            begun[entry.dot.device, default: ([], 0)].bytes += size
        }

        mutating func end(with head: Relay.SignedHead) {
            guard let push = begun.removeValue(forKey: head.dot.device) else { return }
            relay.entries += push.entries
            relay.pushes.append(head)
            bytes += push.bytes
        }
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
                WHERE device = ? AND deviceSeq >= ? AND deviceSeq <= ? AND space IS NOT NULL
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
        _ row: HubLog.Row, _ salt: Salt?, _ places: inout Places
    ) throws -> (entry: Entry, bytes: Int) {
        guard let content = row.content, try scope.shows(content, &places) else {
            return (.stub(row.dot, row.digest), 40)
        }
        var commit = content.commit
        commit.salt = salt
        return (.commit(commit), content.bytes)
    }
}
