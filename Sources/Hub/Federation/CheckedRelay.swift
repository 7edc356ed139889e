import Replication

/// A relay whose commits have been hashed: the slow part of checking it, which needs no turn at
/// writing.
struct CheckedRelay {
    /// Each device's, in the order of the sender's log.
    let entries: [DeviceID: [CheckedEntry]]
    /// All of them, in that order.
    let order: [(device: DeviceID, index: Int)]
    let devices: [DeviceID: Relay.Device]
    let signatures: [Dot: [UInt8]]
    /// Devices of which something came that is no commit of theirs.
    let malformed: Set<DeviceID>

    init(_ relay: Relay) {
        var entries: [DeviceID: [CheckedEntry]] = [:]
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

    /// Nil for what no hub takes of its own devices.
    private static func checked(_ entry: Entry) -> CheckedEntry? {
        switch entry {
        case .stub(let dot, let digest):
            return CheckedEntry(stub: dot, digest, act: dot.seq)
        case .commit(let commit):
            guard let salt = commit.salt, commit.transaction >= commit.dot.seq else { return nil }
            let entry = CheckedEntry(commit, salt: salt, act: commit.transaction)
            return entry.payload.count <= Limits.actBytes ? entry : nil
        }
    }
}
