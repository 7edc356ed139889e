import Glibc

/// A file that is written to its end before it takes its name: what was there before is not lost to
/// an export that is cut off. Without a path it is standard output.
package final class TargetFile {
    private let path: String?
    private let draft: String
    private var descriptor: Int32
    private var buffer: [UInt8] = []
    /// Then nothing is written that a terminal would obey.
    private let isTerminal: Bool
    private static let bufferBytes = 256 << 10

    package init(_ path: String?) throws {
        self.path = path
        draft = (path ?? "") + ".unfinished"
        isTerminal = path == nil && isatty(STDOUT_FILENO) == 1
        descriptor = path == nil ? STDOUT_FILENO : Self.create(draft)
        guard descriptor >= 0 else { throw unwritable }
    }

    /// A file of one's own: what lies there may be somebody else's, who would read along.
    private static func create(_ path: String) -> Int32 {
        unlink(path)
        return open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    }

    deinit {
        guard path != nil, descriptor >= 0 else { return }
        close(descriptor)
        unlink(draft)
    }

    package func write(_ bytes: [UInt8]) throws {
        buffer += bytes
        if buffer.count >= Self.bufferBytes { try flush() }
    }

    package func write(_ text: String) throws { try write(Array(text.utf8)) }

    /// Ends the file, which now has its name.
    package func finish() throws {
        try flush()
        guard let path else { return }
        guard fsync(descriptor) == 0, rename(draft, path) == 0 else { throw unwritable }
        close(descriptor)
        descriptor = -1
    }

    /// Whether another file has just what was written so far.
    func isLike(_ other: String) throws -> Bool {
        try flush()
        let files = try [draft, other].map { try SourceFile($0, spoolingIn: "/tmp") }
        guard files[0].bytes == files[1].bytes else { return false }
        var offset = 0
        while true {
            let chunks = try files.map { try $0.chunk(at: offset) }
            guard chunks[0] == chunks[1] else { return false }
            if chunks[0].isEmpty { return true }
            offset += chunks[0].count
        }
    }

    private func flush() throws {
        var rest = (isTerminal ? Self.harmless(buffer) : buffer)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw unwritable }
            rest = rest.dropFirst(count)
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Without control characters, but for the ends of lines and cells, and without what turns the
    /// direction of what follows.
    private static func harmless(_ bytes: [UInt8]) -> [UInt8] {
        let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars.filter { scalar in
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: true
            case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: false
            default: true
            }
        }
        return Array(String(String.UnicodeScalarView(scalars)).utf8)
    }

    private var unwritable: InterchangeError {
        .unwritable(path: path ?? "standard output", reason: SourceFile.reason(errno))
    }
}
