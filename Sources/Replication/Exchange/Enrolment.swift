import FoundationEssentials
import SwiftProtobuf

/// A device asks to be enrolled: it names its key and its member, and either an invitation's code
/// or the device in whose place it comes.
package struct EnrolRequest: Frame, Hashable {
    /// 16 bytes; none for a successor.
    package var code: [UInt8]
    package var publicKey: PublicKey
    package var member: MemberID
    /// The devices in whose place this one comes, the last one first: each has signed that the one
    /// before it in this list, or this one, comes in its place.
    package var predecessors: [Predecessor]
    /// Whether the notebook belongs to this congregation already, and the key is none that it has just
    /// made: a hub may have commits of it.
    package var isUsed: Bool

    /// A device in whose place another one comes, and its signature over `signed(…)`.
    package struct Predecessor: Hashable, Sendable {
        package let publicKey: PublicKey
        package let consent: [UInt8]

        package init(publicKey: PublicKey, consent: [UInt8]) {
            self.publicKey = publicKey
            self.consent = consent
        }

        /// What the predecessor signs: who comes in its place, in one congregation.
        package static func signed(
            _ successor: PublicKey, after predecessor: DeviceID, congregation: RecordID
        ) -> [UInt8] {
            var writer = ByteWriter(reserving: 60)
            writer.raw("fbs1".utf8)
            writer.fixed(congregation.rawValue)
            writer.fixed(predecessor.rawValue)
            writer.raw(successor.bytes)
            return writer.bytes
        }
    }

    package init(
        code: [UInt8], publicKey: PublicKey, member: MemberID, predecessors: [Predecessor] = [],
        isUsed: Bool = false
    ) {
        self.code = code
        self.publicKey = publicKey
        self.member = member
        self.predecessors = predecessors
        self.isUsed = isUsed
    }

    /// Whether each predecessor has consented to the device that comes in its place.
    package func isConsented(in congregation: RecordID) -> Bool {
        zip([publicKey] + predecessors.map(\.publicKey), predecessors).allSatisfy {
            let message = Predecessor.signed(
                $0, after: $1.publicKey.device, congregation: congregation)
            return $1.publicKey.verifies($1.consent, of: message)
        }
    }

    package init(decoding bytes: [UInt8]) throws {
        let frame = try Fieldbook_V1_EnrolRequest(frame: bytes)
        try checkVersion(frame.version)
        guard frame.predecessors.count <= Limits.predecessors else {
            throw WireError.overLimit("predecessors")
        }
        predecessors = try frame.predecessors.map {
            Predecessor(
                publicKey: try $0.publicKey.sized("Predecessor.public_key") {
                    PublicKey(bytes: $0)
                },
                consent: Array($0.consent))
        }
        let mayLackCode = !predecessors.isEmpty
        code = try frame.code.sized("EnrolRequest.code") {
            $0.count == 16 || ($0.isEmpty && mayLackCode) ? $0 : nil
        }
        publicKey = try frame.publicKey.sized("EnrolRequest.public_key") { PublicKey(bytes: $0) }
        member = try frame.member.sized("EnrolRequest.member") { MemberID(bytes: $0) }
        isUsed = frame.used
    }

    package func encoded() throws -> [UInt8] {
        try Fieldbook_V1_EnrolRequest.with {
            $0.version = protocolVersion
            $0.code = Data(code)
            $0.publicKey = Data(publicKey.bytes)
            $0.member = Data(member.bytes)
            $0.predecessors = predecessors.map { predecessor in
                .with {
                    $0.publicKey = Data(predecessor.publicKey.bytes)
                    $0.consent = Data(predecessor.consent)
                }
            }
            $0.used = isUsed
        }.frameBytes()
    }
}

/// The hub's answer: who it is, and what the new device may do.
package struct EnrolAnswer: Frame, Hashable {
    package var hub: DeviceID
    package var epoch: Epoch
    package var congregation: RecordID
    package var congregationName: String
    /// The member's name as the invitation gave it.
    package var name: String
    /// The person record that is the member, when the invitation named one.
    package var person: RecordID?
    package var roles: [String]
    package var scope: Scope

    package init(
        hub: DeviceID, epoch: Epoch, congregation: RecordID, congregationName: String, name: String,
        person: RecordID?, roles: [String], scope: Scope
    ) {
        self.hub = hub
        self.epoch = epoch
        self.congregation = congregation
        self.congregationName = congregationName
        self.name = name
        self.person = person
        self.roles = roles
        self.scope = scope
    }

    package init(decoding bytes: [UInt8]) throws {
        let frame = try Fieldbook_V1_EnrolAnswer(frame: bytes)
        try checkVersion(frame.version)
        hub = try frame.hub.sized("EnrolAnswer.hub") { DeviceID(bytes: $0) }
        epoch = try frame.epoch.sized("EnrolAnswer.epoch") { Epoch(bytes: $0) }
        congregation = try frame.congregation.sized("EnrolAnswer.congregation") {
            RecordID(bytes: $0)
        }
        congregationName = frame.congregationName
        name = frame.name
        person =
            frame.person.isEmpty
            ? nil : try frame.person.sized("EnrolAnswer.person") { RecordID(bytes: $0) }
        roles = frame.roles
        scope = Scope(
            ids: try frame.scope.map { try $0.sized("EnrolAnswer.scope") { SpaceID(bytes: $0) } })
    }

    package func encoded() throws -> [UInt8] {
        try Fieldbook_V1_EnrolAnswer.with {
            $0.version = protocolVersion
            $0.hub = Data(hub.bytes)
            $0.epoch = Data(epoch.bytes)
            $0.congregation = Data(congregation.bytes)
            $0.congregationName = congregationName
            $0.name = name
            $0.person = person.map { Data($0.bytes) } ?? Data()
            $0.roles = roles
            $0.scope = scope.ids.map { Data($0.bytes) }
            $0.limits = .published
        }.frameBytes()
    }
}
