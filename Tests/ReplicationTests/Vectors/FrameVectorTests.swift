import Histories
import Replication
import Testing

@Suite("The vectors of frames")
struct FrameVectorTests {
    @Test func theFileHoldsTheseFrames() throws {
        try VectorFile.check("frames.json", try FrameFile())
    }
}

private struct FrameFile: Encodable {
    let about = [
        "Each frame is the protobuf message of exchange.proto, before compression. fields shows it:",
        "bytes in hexadecimal digits, ids as UUIDs, blocks as their entries. A push has either salts",
        "in its block or secrets that make them.",
    ]
    let frames: [Sample]

    struct Sample: Encodable {
        let message: String
        let name: String
        let frame: String
        let fields: FrameJSON
    }

    init() throws {
        let key = try #require(Frames.publicKey)
        let enrol = Frames.enrolRequest(key)
        frames =
            try [
                ("the first request of a device", Frames.firstRequest),
                ("a push with a secret", Frames.request),
                ("a push with salts", Frames.saltedRequest),
                ("a push again", Frames.again),
                ("where our chains are one", Frames.points),
                ("the sums of spaces", Frames.comparisons[0]),
                ("the sums of buckets", Frames.comparisons[1]),
                ("the records of two buckets", Frames.comparisons[2]),
                ("takes a snapshot", Frames.takesSnapshot),
            ].map { try Self.sample("SyncRequest", $0, $1, FrameJSON($1)) }
            + [
                ("a page", Frames.answer), ("nothing new", Frames.idleAnswer),
                ("sums", Frames.sums), ("a snapshot", Frames.offer),
                ("up to there they are one", Frames.common),
            ]
            .map { try Self.sample("SyncAnswer", $0, $1, FrameJSON($1)) }
            + [
                ("an invitation taken", enrol), ("in the place of another", Frames.succession(key)),
                ("once more, after its access had ended", Frames.usedEnrolRequest(key)),
            ]
            .map { try Self.sample("EnrolRequest", $0, $1, FrameJSON($1)) }
            + [("a leader", Frames.enrolAnswer), ("the first organizer", Frames.adminAnswer)]
            .map { try Self.sample("EnrolAnswer", $0, $1, FrameJSON($1)) }
    }

    private static func sample(
        _ message: String, _ name: String, _ frame: some Frame, _ fields: FrameJSON
    ) throws -> Sample {
        Sample(message: message, name: name, frame: Hex.encode(try frame.encoded()), fields: fields)
    }
}
