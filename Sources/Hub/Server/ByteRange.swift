/// The part of a block that a request asks for (RFC 9110, section 14): all, or from a byte on.
struct ByteRange {
    let bytes: [UInt8]
    /// The value of `Content-Range`; nil for the whole.
    let contentRange: String?

    var isWhole: Bool { contentRange == nil }

    /// `header` is the request's `Range`. One of another form than `bytes=N-` is not looked at, as the
    /// RFC allows. Throws a `Problem` when there is nothing from that byte on.
    init(_ header: String?, of content: [UInt8]) throws {
        guard let start = header.flatMap(Self.start) else {
            bytes = content
            contentRange = nil
            return
        }
        guard start < content.count else {
            throw Problem(416, "range", "The block ends before that byte.")
        }
        bytes = Array(content[start...])
        contentRange = "bytes \(start)-\(content.count - 1)/\(content.count)"
    }

    private static func start(_ header: String) -> Int? {
        guard header.hasPrefix("bytes="), header.hasSuffix("-") else { return nil }
        let digits = header.dropFirst("bytes=".count).dropLast()
        guard digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return Int(digits)
    }
}
