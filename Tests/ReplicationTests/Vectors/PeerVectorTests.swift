import Histories
import Replication
import Testing

@Suite("The vectors of what hubs say")
struct PeerVectorTests {
    @Test func theFileHoldsTheseMessages() throws {
        try VectorFile.check("peers.json", try PeerFile())
    }

    @Test func everyMessageIsReadAsItWasWritten() throws {
        for (_, message) in try PeerFile.messages() {
            #expect(try PeerMessage(decoding: message.encoded()) == message)
        }
    }

    @Test(arguments: [
        [0, 1], [1, 0], [1], [1, 1, 1, 1], [5, 1, 1, 2], [1 << 48, 1], [1, 1 << 48],
        [1, UInt64(Limits.offeredCommits) + 1], [.max, .max],
    ])
    func runsThatAreNoneAreRefused(numbers: [UInt64]) {
        #expect(throws: WireError.self) { try SeqRuns(numbers: numbers) }
    }

    @Test(arguments: [[], [1], [1, 2, 3], [4, 5, 9], [1, 3, 5, 100, 101]] as [[Seq]])
    func runsHoldTheirSeqs(seqs: [Seq]) throws {
        let runs = try SeqRuns(decoding: SeqRuns(seqs.reversed() + seqs).encoded())
        #expect(Array(runs.seqs) == seqs)
        #expect(runs.count == seqs.count)
        #expect((0...102).filter { runs.contains($0) } == seqs)
        #expect(Array(runs.prefix(2).seqs) == Array(seqs.prefix(2)))
        #expect(runs.subtracting(runs.prefix(2)) == SeqRuns(seqs.dropFirst(2)))
        let coarse = runs.coarsened(to: 2)
        #expect(coarse.ranges.count <= 2 && seqs.allSatisfy(coarse.contains))
    }
}

private struct PeerFile: Encodable {
    let about = [
        "What one hub says to another: each frame is a PeerMessage, before compression. In runs the",
        "seqs are written out. The device signs the chain's hash after each push, for its congregation.",
    ]
    let messages: [Sample]

    struct Sample: Encodable {
        let name: String
        let frame: String
        let fields: PeerMessageJSON
    }

    init() throws {
        messages = try Self.messages().map { name, message in
            Sample(
                name: name, frame: Hex.encode(try message.encoded()),
                fields: PeerMessageJSON(message))
        }
    }

    static func messages() throws -> [(String, PeerMessage)] {
        let spaces: Set = [Space.commons, Frames.turf]
        let idle = PeerMessage(
            spaces: spaces, taken: Frames.cursor, since: Frames.cursor, offered: Frames.cursor)
        let runs = PeerMessage.Runs(device: .b, seqs: SeqRuns([1, 2, 3, 9, 11]))
        let wanted = PeerMessage.Runs(device: .b, head: 2, seqs: SeqRuns([3, 9]))
        return [
            ("nothing new", idle),
            (
                "an offer, from the beginning",
                PeerMessage(
                    spaces: [Space.commons], taken: nil, since: nil, offered: Frames.cursor,
                    offer: [runs], more: true)
            ),
            (
                "what is wanted",
                PeerMessage(
                    spaces: spaces, taken: Frames.cursor, since: nil, offered: Frames.cursor,
                    wanted: [wanted])
            ),
            (
                "a relay of two pushes, the first of which is not for the reader",
                PeerMessage(
                    spaces: spaces, taken: Frames.cursor, since: Frames.cursor,
                    offered: Frames.cursor, relay: try relay())
            ),
        ]
    }

    private static func relay() throws -> Relay {
        let key = try #require(DeviceKey(bytes: [UInt8](1...32)))
        let dot = Dot(key.device, 2)
        let commit = Commit(
            dot: dot, stamp: Stamp(milliseconds: 1_700_000_000_000), author: Frames.congregation,
            key: .sample, transaction: 2,
            salt: Frames.secret?.salt(for: dot), writes: [.text(16, "Fairview School")])
        let stub = SpoiledBlocks.digest(0x22)
        let first = ChainHead().appending(stub)
        let second = first.appending(try #require(commit.digest))
        return Relay(
            entries: [.stub(Dot(key.device, 1), stub), .commit(commit)],
            devices: [
                Relay.Device(publicKey: key.publicKey, congregation: Frames.congregation)
            ],
            pushes: try [first, second].map { head in
                let message = Push.signed(
                    head, of: key.device, congregation: Frames.congregation)
                return Relay.SignedHead(
                    dot: Dot(key.device, head.seq), signature: try key.sign(message))
            })
    }
}

private struct PeerMessageJSON: Encodable {
    let version = protocolVersion
    let spaces: [String]
    let taken: CursorJSON?
    let since: CursorJSON?
    let offered: CursorJSON
    let offer: [RunsJSON]
    let more: Bool
    let wanted: [RunsJSON]
    let relay: RelayJSON?

    init(_ message: PeerMessage) {
        spaces = message.spaces.sorted().map(\.description)
        taken = message.taken.map { CursorJSON($0) }
        since = message.since.map { CursorJSON($0) }
        offered = CursorJSON(message.offered)
        offer = message.offer.map { RunsJSON($0) }
        more = message.more
        wanted = message.wanted.map { RunsJSON($0) }
        relay = message.relay.map { RelayJSON($0) }
    }
}

private struct RunsJSON: Encodable {
    let device: String
    let head: Seq
    let seqs: [Seq]

    init(_ runs: PeerMessage.Runs) {
        device = runs.device.description
        head = runs.head
        seqs = Array(runs.seqs.seqs)
    }
}

private struct RelayJSON: Encodable {
    struct Device: Encodable {
        let publicKey: String
        let congregation: String
    }

    struct SignedHead: Encodable {
        let device: String
        let seq: Seq
        let signature: String
    }

    let block: [EntryJSON]
    let devices: [Device]
    let pushes: [SignedHead]

    init(_ relay: Relay) {
        block = relay.entries.map { EntryJSON($0) }
        devices = relay.devices.map {
            Device(
                publicKey: Hex.encode($0.publicKey.bytes),
                congregation: $0.congregation.description)
        }
        pushes = relay.pushes.map {
            SignedHead(
                device: $0.dot.device.description, seq: $0.dot.seq,
                signature: Hex.encode($0.signature))
        }
    }
}
