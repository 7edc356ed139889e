import Glibc
package import Replication
import Store

/// A device's private key in a file of its own, for its owner alone.
package enum KeyFile {
    /// A key on a line of its own; one that nobody writes with yet begins with "+".
    private struct Line {
        let key: DeviceKey
        var isWaiting = false

        var text: String { (isWaiting ? "+" : "") + Hex.encode(key.bytes) + "\n" }
    }

    package static func write(_ keys: DeviceKey..., to path: String) throws {
        try write(keys, to: path)
    }

    package static func write(_ keys: [DeviceKey], to path: String) throws {
        try write(text(keys.map { Line(key: $0) }), path)
    }

    /// Copies every key to a file that is not there yet.
    package static func copy(_ source: String, to path: String) throws {
        try write(text(lines(source)), path)
    }

    private static func text(_ lines: [Line]) -> [UInt8] {
        Array(lines.map(\.text).joined().utf8)
    }

    private static func write(_ text: [UInt8], _ path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw errno == EEXIST
                ? NotebookFileError.exists(path: path) : StoreError.opening(path, errno)
        }
        defer { close(file) }
        let written = Glibc.write(file, text, text.count)
        guard written == text.count || written < 0 else { throw StoreError.diskFull(path: path) }
        guard written >= 0, fsync(file) == 0 else { throw StoreError.writing(path, errno) }
    }

    /// The last key in the file.
    package static func read(_ path: String) throws -> DeviceKey {
        guard let key = try all(path).last else { throw NotebookFileError.noKey(path: path) }
        return key
    }

    /// Whether both hold the same keys.
    static func isSame(_ one: String, _ other: String) throws -> Bool {
        try all(one).map(\.bytes) == (try? all(other))?.map(\.bytes)
    }

    /// Every key in the file: the earlier ones first.
    package static func all(_ path: String) throws -> [DeviceKey] { try lines(path).map(\.key) }

    /// The last key, if nobody writes with it yet.
    static func waiting(_ path: String) throws -> DeviceKey? {
        try lines(path).last.flatMap { $0.isWaiting ? $0.key : nil }
    }

    private static func lines(_ path: String) throws -> [Line] {
        // A pipe with nobody at its other end would be waited for.
        let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { throw NotebookFileError.noKey(path: path) }
        defer { close(file) }
        guard isClosed(file) else { throw NotebookFileError.openKey(path: path) }
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = Glibc.read(file, &buffer, buffer.count), count > 0 {
            text += buffer[..<count]
            guard text.count < 1 << 20 else { throw NotebookFileError.noKey(path: path) }
        }
        let lines = try String(decoding: text, as: UTF8.self).split(whereSeparator: \.isWhitespace)
            .map { line in
                let isWaiting = line.hasPrefix("+")
                let digits = isWaiting ? line.dropFirst() : line
                guard let key = Hex.decode(digits).flatMap({ DeviceKey(bytes: $0) }) else {
                    throw NotebookFileError.noKey(path: path)
                }
                return Line(key: key, isWaiting: isWaiting)
            }
        guard !lines.isEmpty else { throw NotebookFileError.noKey(path: path) }
        return lines
    }

    /// Whether nobody but its owner may read or write a file.
    private static func isClosed(_ file: Int32) -> Bool {
        var status = stat()
        return fstat(file, &status) == 0 && status.st_mode & 0o077 == 0
    }

    /// Whether there is no key in the file, nor anything else.
    private static func isEmpty(_ path: String) -> Bool {
        access(path, F_OK) != 0 ? errno == ENOENT : Folder.size(of: path) == 0
    }

    /// Adds a key at the end, for whoever is alone in the folder: else another program takes it away with
    /// one of its own. The file is made when there is none.
    package static func add(
        _ key: DeviceKey, isWaiting: Bool = false, _ path: String
    ) throws {
        let earlier = try isEmpty(path) ? [] : lines(path)
        try replace(path, by: earlier + [Line(key: key, isWaiting: isWaiting)])
    }

    /// Notes that somebody writes with every key in the file. For whoever is alone in the folder.
    static func take(_ path: String) throws {
        try replace(path, by: all(path).map { Line(key: $0) })
    }

    /// Whole, so that no crash leaves half a file, nor takes an earlier key away.
    private static func replace(_ path: String, by lines: [Line]) throws {
        let draft = path + ".unfinished"
        unlink(draft)
        try write(text(lines), draft)
        try Folder.rename(draft, to: path)
    }
}
