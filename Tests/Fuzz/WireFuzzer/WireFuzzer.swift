import Glibc
import Replication
import Sync

/// Hands the decoders to libFuzzer, which reads the arguments.
@main
enum WireFuzzer {
    static func main() {
        var count = CommandLine.argc
        var arguments = Optional(CommandLine.unsafeArgv)
        exit(runFuzzer(&count, &arguments, fuzzOne))
    }
}

/// <https://llvm.org/docs/LibFuzzer.html#using-libfuzzer-as-a-library>
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ fuzzOne: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// Every decoder that reads what came from elsewhere.
///
/// The first byte chooses the decoder, the rest is its input. A decoder may refuse, but never trap,
/// hang or grow without limit; and what it accepts as canonical must encode to the same bytes.
private func fuzzOne(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    guard let start, count > 0 else { return 0 }
    decode(Array(UnsafeBufferPointer(start: start + 1, count: count - 1)), as: start[0])
    return 0
}

private func decode(_ input: [UInt8], as decoder: UInt8) {
    switch decoder % 14 {
    case 0: expectCanonicalBlock(input)
    case 1: expectCanonicalPayload(input)
    case 2: expectRoundTrip(SyncRequest.self, input)
    case 3: expectRoundTrip(SyncAnswer.self, input)
    case 4: expectRoundTrip(EnrolRequest.self, input)
    case 5: expectRoundTrip(EnrolAnswer.self, input)
    case 6: expectStateRoundTrip(input)
    case 7: expectBoundedInflation(input)
    case 8: expectOneReading(ofHeader: String(decoding: input, as: UTF8.self))
    case 9: expectOneReading(ofLink: String(decoding: input, as: UTF8.self))
    case 10: expectRoundTrip(PeerMessage.self, input)
    case 11: expectOneReading(ofPeerLink: String(decoding: input, as: UTF8.self))
    case 12: expectSnapshotRoundTrip(input)
    default: expectBoundedBlock(input)
    }
}

private func expectCanonicalBlock(_ input: [UInt8]) {
    guard let entries = try? CommitBlock.decode(input) else { return }
    let hasSalts = entries.contains { $0.commit?.salt != nil }
    precondition(CommitBlock.encode(entries, withSalts: hasSalts) == input, "a second encoding")
    var state = RecordState()
    for commit in entries.compactMap(\.commit) { state.apply(commit) }
    precondition((try? RecordState(encoded: state.encoded())) == state, "a state that is not kept")
}

private func expectCanonicalPayload(_ input: [UInt8]) {
    guard let writes = try? Payload.decode(input) else { return }
    precondition(Payload.encode(writes) == input, "a second encoding")
}

private func expectRoundTrip<Message: Frame & Equatable>(_: Message.Type, _ input: [UInt8]) {
    guard let message = try? Message(decoding: input) else { return }
    guard let bytes = try? message.encoded(), let again = try? Message(decoding: bytes) else {
        preconditionFailure("a message that cannot be sent on")
    }
    precondition(again == message, "a message that changes on its way")
}

private func expectStateRoundTrip(_ input: [UInt8]) {
    guard let state = try? RecordState(encoded: input) else { return }
    _ = state.life
    _ = state.conflicts
    _ = try? RecordState(encoded: state.encoded())
}

private func expectSnapshotRoundTrip(_ input: [UInt8]) {
    guard let snapshot = try? Snapshot(decoding: input) else { return }
    guard let bytes = try? snapshot.encoded(), let again = try? Snapshot(decoding: bytes) else {
        preconditionFailure("a snapshot that cannot be kept")
    }
    precondition(again == snapshot, "a snapshot that changes when it is kept")
}

/// Read as a block of one commit, as it travels.
private func expectBoundedBlock(_ input: [UInt8]) {
    let block = Snapshot.Block(hash: .empty, bytes: input.count, commits: 1)
    guard let commits = try? block.commits(in: input) else { return }
    precondition(commits.count == 1, "another number of commits")
    let (made, bytes) = Snapshot.Block.make(commits)
    precondition((try? made.commits(in: bytes)) == commits, "a block that changes on its way")
}

private func expectBoundedInflation(_ input: [UInt8]) {
    guard let plain = try? Gzip.inflate(input, limit: 1 << 20) else { return }
    precondition(plain.count <= 1 << 20, "more than the limit")
}

/// What a hub reads from the headers of a request before it knows who sends it.
private func expectOneReading(ofHeader header: String) {
    if let bytes = HTTPSignature.labelled(header).flatMap(HTTPSignature.bytes) {
        precondition(
            HTTPSignature.bytes(HTTPSignature.byteSequence(bytes)) == bytes, "another signature")
    }
    guard let input = HTTPSignature.labelled(header),
        let device = HTTPSignature.parameter("keyid", in: input).flatMap({ DeviceID($0) }),
        let nonce = HTTPSignature.parameter("nonce", in: input)
    else { return }
    let request = HTTPSignature.Request(
        method: "POST", path: "/v1/sync", contentDigest: HTTPSignature.contentDigest([]),
        nonce: nonce, device: device)
    // Only these very words are ever compared with a signature.
    precondition(
        HTTPSignature.parameter("nonce", in: request.parameters) == nonce
            && HTTPSignature.parameter("keyid", in: request.parameters) == device.description,
        "other parameters")
}

/// What a laptop reads from a link that somebody pasted.
private func expectOneReading(ofLink link: String) {
    guard let invitation = try? Invitation(link) else { return }
    precondition((try? Invitation(invitation.link)) == invitation, "another invitation")
}

/// What a keeper pastes to name another hub.
private func expectOneReading(ofPeerLink link: String) {
    guard let peer = try? PeerLink(link) else { return }
    precondition((try? PeerLink(peer.link)) == peer, "another hub")
}
