import Replication

/// A relay whose commits have been hashed: the slow part of checking it, which needs no turn at
/// writing.
struct CheckedRelay {
    struct Entry {
        /// Nil for a stub.
        let commit: Commit?
        let dot: Dot
        /// The seq of its act's last commit; that of its own where that is hidden.
        let act: Seq
        let payload: [UInt8]
        let digest: Digest
    }

    /// Each device's, in the order of the sender's log.
    let entries: [DeviceID: [Entry]]
    /// All of them, in that order.
    let order: [(device: DeviceID, index: Int)]
    let devices: [DeviceID: Relay.Device]
    let signatures: [Dot: [UInt8]]
    /// Devices of which something came that is no commit of theirs.
    let malformed: Set<DeviceID>

    init(_ relay: Relay) {
        var entries: [DeviceID: [Entry]] = [:]
        var order: [(device: DeviceID, index: Int)] = []
        var malformed: Set<DeviceID> = []
        for entry in relay.entries {
            let device = entry.dot.device
            guard let checked = Self.checked(entry) else {
                malformed.insert(device)
                continue
            }
            order.append((device, entries[device]?.count ?? 0))
            entries[device, default: []].append(checked)
        }
        self.entries = entries
        self.order = order
        self.malformed = malformed
        devices = Dictionary(
            relay.devices.map { ($0.publicKey.device, $0) }, uniquingKeysWith: { first, _ in first }
        )
        signatures = Dictionary(
            relay.pushes.map { ($0.dot, $0.signature) }, uniquingKeysWith: { first, _ in first })
    }

    private static func checked(_ entry: Replication.Entry) -> Entry? {
        switch entry {
        case .stub(let dot, let digest):
            return Entry(commit: nil, dot: dot, act: dot.seq, payload: [], digest: digest)
        case .commit(let commit):
            guard let salt = commit.salt, commit.transaction >= commit.dot.seq else { return nil }
            let payload = Payload.encode(commit.writes)
            // No hub takes that of its own devices.
            guard payload.count <= Limits.actBytes else { return nil }
            return Entry(
                commit: commit, dot: commit.dot, act: commit.transaction, payload: payload,
                digest: commit.digest(salt: salt, payload: payload))
        }
    }
}
