import FoundationEssentials
import SwiftProtobuf

/// Commits of several devices that one hub hands to another, as its log has them: in the order of
/// that log, with salts, and with stubs for what the other may not see. Each device's push is there
/// to its end, with the device's signature over it, so that the other hub need not trust this one.
package struct Relay: Hashable, Sendable {
    package var entries: [Entry]
    package var devices: [Device]
    package var pushes: [SignedHead]

    /// Who signs.
    package struct Device: Hashable, Sendable {
        package let publicKey: PublicKey
        /// For which the device signs.
        package let congregation: RecordID

        package init(publicKey: PublicKey, congregation: RecordID) {
            self.publicKey = publicKey
            self.congregation = congregation
        }
    }

    /// A device's signature over its chain up to one of its commits.
    package struct SignedHead: Hashable, Sendable {
        package let dot: Dot
        package let signature: [UInt8]

        package init(dot: Dot, signature: [UInt8]) {
            self.dot = dot
            self.signature = signature
        }
    }

    package init(
        entries: [Entry] = [], devices: [Device] = [], pushes: [SignedHead] = []
    ) {
        self.entries = entries
        self.devices = devices
        self.pushes = pushes
    }
}

extension Relay {
    init(_ frame: Fieldbook_V1_Relay) throws(WireError) {
        guard !frame.block.isEmpty else { throw .field("Relay.block") }
        entries = try CommitBlock.decode(Array(frame.block))
        devices = []
        for device in frame.devices {
            devices.append(
                Device(
                    publicKey: try device.publicKey.sized("RelayedDevice.public_key") {
                        PublicKey(bytes: $0)
                    },
                    congregation: try device.congregation.sized("RelayedDevice.congregation") {
                        RecordID(bytes: $0)
                    }))
        }
        pushes = []
        for push in frame.pushes {
            let device = try push.device.sized("RelayedPush.device") { DeviceID(bytes: $0) }
            pushes.append(
                SignedHead(
                    dot: Dot(device, try checkedSeq(push.seq)), signature: Array(push.signature)))
        }
        guard devices.count <= Limits.blockCommits, pushes.count <= Limits.blockCommits else {
            throw .overLimit("a relay")
        }
    }

    var frame: Fieldbook_V1_Relay {
        .with {
            $0.block = Data(CommitBlock.encode(entries, withSalts: true))
            $0.devices = devices.map { device in
                .with {
                    $0.publicKey = Data(device.publicKey.bytes)
                    $0.congregation = Data(device.congregation.bytes)
                }
            }
            $0.pushes = pushes.map { push in
                .with {
                    $0.device = Data(push.dot.device.bytes)
                    $0.seq = push.dot.seq
                    $0.signature = Data(push.signature)
                }
            }
        }
    }
}
