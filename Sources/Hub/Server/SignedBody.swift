import HTTPTypes
import Hummingbird
import NIOCore
import Replication
import Sync

/// A request's body: taken in up to a limit, compared with its digest, and inflated only when
/// somebody asks for the message in it.
struct SignedBody {
    private let bytes: [UInt8]
    private let isGzip: Bool
    private let inflatedLimit: Int
    /// Kept as long as the bytes are.
    private let place: BodyRoom.Place

    /// Throws a `Problem`: `.busy` when it has to make way for others' bodies.
    init(
        _ request: Request, _ headers: SignedHeaders, in place: BodyRoom.Place,
        limit: BodyLimit
    ) async throws {
        self.place = place
        inflatedLimit = limit.inflatedBytes
        isGzip = headers.isGzip
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit.bytes {
            throw Problem.tooLarge(limit: limit.bytes)
        }
        let body = request.body
        bytes = try await place.fill { try await Self.collect(body, place, limit: limit.bytes) }
        guard HTTPSignature.contentDigest(bytes) == headers.digest else {
            throw Problem(400, "digest", "The body is not the one that its digest names.")
        }
    }

    private static func collect(
        _ body: RequestBody, _ place: BodyRoom.Place, limit: Int
    ) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            for try await buffer in body {
                guard bytes.count + buffer.readableBytes <= limit else {
                    throw Problem.tooLarge(limit: limit)
                }
                try place.take(buffer.readableBytes)
                bytes.append(contentsOf: buffer.readableBytesView)
            }
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem(400, "truncated", "The body ended too early.")
        }
        return bytes
    }

    /// The message in the body. Throws a `Problem` for what is not one.
    func message<Message: Frame>(_: Message.Type) throws -> Message {
        do {
            let plain = isGzip ? try Gzip.inflate(bytes, limit: inflatedLimit) : bytes
            return try Message(decoding: plain)
        } catch let error as WireError {
            throw Problem(error)
        }
    }
}

extension Problem {
    fileprivate static func tooLarge(limit: Int) -> Problem {
        Problem(
            413, "too-large", "The body is larger than \(limit) bytes. Send less at once.")
    }

    fileprivate init(_ error: WireError) {
        switch error {
        case .overLimit: self.init(413, "limit", error.description)
        case .version: self.init(400, "version", error.description)
        case .truncated, .notCanonical, .malformed, .field:
            self.init(400, "malformed", error.description)
        }
    }
}
