import FoundationEssentials
import SwiftProtobuf

/// What one hub says to another. Who asks and who answers say the same things: how far they have
/// taken the other's log, what they offer of their own, what they want of the last offer, and what
/// the other wanted.
package struct PeerMessage: Frame, Hashable {
    /// What the sender agrees to share. Only what both agree to is shared.
    package var spaces: Set<SpaceID>
    /// How far the sender has taken the receiver's log, as the receiver gave it; nil at first.
    package var taken: Cursor?
    /// From where on the sender's log is offered: how far the receiver has taken it, as the sender
    /// knows; nil for its beginning.
    package var since: Cursor?
    /// Where the sender's log ends, as far as it is offered.
    package var offered: Cursor
    /// What the receiver may have of the sender's log up to there.
    package var offer: [Runs]
    /// The sender's log goes on after what is offered.
    package var more: Bool
    /// Of the receiver's last offer.
    package var wanted: [Runs]
    /// What the receiver wanted.
    package var relay: Relay?

    /// Commits of one device.
    package struct Runs: Hashable, Sendable {
        package let device: DeviceID
        /// In what is wanted: the end of the device's chain as the asking hub has it.
        package let head: Seq
        package let seqs: SeqRuns

        package init(device: DeviceID, head: Seq = 0, seqs: SeqRuns) {
            self.device = device
            self.head = head
            self.seqs = seqs
        }
    }

    package init(
        spaces: Set<SpaceID>, taken: Cursor?, since: Cursor?, offered: Cursor, offer: [Runs] = [],
        more: Bool = false, wanted: [Runs] = [], relay: Relay? = nil
    ) {
        self.spaces = spaces
        self.taken = taken
        self.since = since
        self.offered = offered
        self.offer = offer
        self.more = more
        self.wanted = wanted
        self.relay = relay
    }

    package init(decoding bytes: [UInt8]) throws {
        let frame = try Fieldbook_V1_PeerMessage(frame: bytes)
        try checkVersion(frame.version)
        spaces = Set(
            try frame.spaces.map { try $0.sized("PeerMessage.spaces") { SpaceID(bytes: $0) } })
        taken = frame.hasTaken ? try Cursor(frame.taken) : nil
        since = frame.hasSince ? try Cursor(frame.since) : nil
        offered = try Cursor(frame.offered)
        offer = try [Runs](frame.offer)
        more = frame.more
        wanted = try [Runs](frame.wanted)
        relay = frame.hasRelay ? try Relay(frame.relay) : nil
    }

    package func encoded() throws -> [UInt8] {
        try Fieldbook_V1_PeerMessage.with {
            $0.version = protocolVersion
            $0.spaces = spaces.sorted().map { Data($0.bytes) }
            if let taken { $0.taken = taken.frame }
            if let since { $0.since = since.frame }
            $0.offered = offered.frame
            $0.offer = offer.map(\.frame)
            $0.more = more
            $0.wanted = wanted.map(\.frame)
            if let relay { $0.relay = relay.frame }
        }.frameBytes()
    }
}

extension [PeerMessage.Runs] {
    fileprivate init(_ frames: [Fieldbook_V1_Runs]) throws(WireError) {
        self = []
        var count = 0
        for frame in frames {
            let runs = try PeerMessage.Runs(frame)
            guard last.map({ $0.device < runs.device }) ?? true else {
                throw .notCanonical("devices out of order")
            }
            count += runs.seqs.count
            guard count <= Limits.offeredCommits else { throw .overLimit("an offer") }
            append(runs)
        }
    }
}

extension PeerMessage.Runs {
    fileprivate init(_ frame: Fieldbook_V1_Runs) throws(WireError) {
        self.init(
            device: try frame.device.sized("Runs.device") { DeviceID(bytes: $0) },
            head: try checkedSeq(frame.head), seqs: try SeqRuns(numbers: frame.runs))
    }

    fileprivate var frame: Fieldbook_V1_Runs {
        .with {
            $0.device = Data(device.bytes)
            $0.head = head
            $0.runs = seqs.numbers
        }
    }
}
