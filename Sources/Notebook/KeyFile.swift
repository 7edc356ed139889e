import Glibc
package import Replication
import Store

/// A device's private key in a file of its own, for its owner alone.
package enum KeyFile {
    package static func write(_ keys: DeviceKey..., to path: String) throws {
        try write(keys, to: path)
    }

    package static func write(_ keys: [DeviceKey], to path: String) throws {
        try write(text(keys), path)
    }

    /// Copies every key to a file that is not there yet.
    package static func copy(_ source: String, to path: String) throws {
        try write(text(all(source)), path)
    }

    private static func text(_ keys: [DeviceKey]) -> [UInt8] {
        Array(keys.map { Hex.encode($0.bytes) + "\n" }.joined().utf8)
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

    /// Every key in the file, a line each: the earlier ones first.
    package static func all(_ path: String) throws -> [DeviceKey] {
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
        let keys = try String(decoding: text, as: UTF8.self).split(whereSeparator: \.isWhitespace)
            .map { line in
                guard let key = Hex.decode(line).flatMap({ DeviceKey(bytes: $0) }) else {
                    throw NotebookFileError.noKey(path: path)
                }
                return key
            }
        guard !keys.isEmpty else { throw NotebookFileError.noKey(path: path) }
        return keys
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

    /// Adds a key at the end. The file is made when there is none, and replaced whole, so that no
    /// crash leaves half of one, nor takes an earlier key away.
    package static func add(_ key: DeviceKey, _ path: String) throws {
        let earlier = try isEmpty(path) ? [] : all(path)
        let draft = path + ".unfinished"
        unlink(draft)
        try write(text(earlier + [key]), draft)
        try Folder.rename(draft, to: path)
    }
}
