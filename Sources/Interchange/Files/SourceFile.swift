import Glibc
import Wording

/// A file to be read from its beginning to its end, more than once, a piece at a time.
package final class SourceFile {
    /// As the person named it; `standard input` for what was piped in.
    package let name: String
    package let bytes: Int
    private let descriptor: Int32
    package static let mostBytes = 1 << 30
    private static let chunkBytes = 256 << 10

    /// Opens a file; `-` is standard input. What cannot be read twice, like a pipe, is first copied
    /// into `folder`, where nobody sees it. Throws `InterchangeError`.
    package init(_ path: String, spoolingIn folder: String) throws {
        name = path == "-" ? "standard input" : path
        let opened = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { throw Self.unreadable(name) }
        var status = stat()
        guard fstat(opened, &status) == 0 else {
            close(opened)
            throw Self.unreadable(name)
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            descriptor = opened
        case S_IFDIR:
            close(opened)
            throw InterchangeError.isFolder(path: name)
        default:
            defer { close(opened) }
            descriptor = try Self.spool(opened, name, in: folder)
        }
        guard fstat(descriptor, &status) == 0, status.st_size <= Self.mostBytes else {
            close(descriptor)
            throw InterchangeError.tooLarge(path: name)
        }
        bytes = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// The next piece from a place in the file; empty at its end.
    func chunk(at offset: Int, upTo count: Int = chunkBytes) throws -> [UInt8] {
        var chunk = [UInt8](repeating: 0, count: count)
        while true {
            let read = pread(descriptor, &chunk, count, off_t(offset))
            if read < 0 && errno == EINTR { continue }
            guard read >= 0 else { throw Self.unreadable(name) }
            return read == count ? chunk : Array(chunk[..<read])
        }
    }

    /// Copies everything into a file that has no name.
    private static func spool(_ source: Int32, _ name: String, in folder: String) throws -> Int32 {
        var path = Array("\(folder)/.import-XXXXXX".utf8CString)
        let copy = mkstemp(&path)
        guard copy >= 0 else {
            throw InterchangeError.unwritable(path: folder, reason: reason(errno))
        }
        unlink(path)
        do {
            try fill(copy, from: source, name, folder)
            return copy
        } catch {
            close(copy)
            throw error
        }
    }

    private static func fill(
        _ copy: Int32, from source: Int32, _ name: String, _ folder: String
    ) throws {
        var chunk = [UInt8](repeating: 0, count: chunkBytes)
        var total = 0
        while true {
            let count = read(source, &chunk, chunk.count)
            if count == 0 { return }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw unreadable(name) }
            total += count
            guard total <= mostBytes else { throw InterchangeError.tooLarge(path: name) }
            guard write(copy, chunk, count) == count else {
                throw InterchangeError.unwritable(path: folder, reason: reason(errno))
            }
        }
    }

    private static func unreadable(_ name: String) -> InterchangeError {
        .unreadable(path: name, reason: reason(errno))
    }

    static func reason(_ code: Int32) -> String {
        SystemWords.reason(code).text
    }
}
