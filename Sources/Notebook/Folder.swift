import Glibc
import Store

/// Folders for their owner alone.
package enum Folder {
    package static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Makes a folder and those above it. One that is there stays as it is.
    package static func create(_ path: String) throws {
        if path.isEmpty || access(path, F_OK) == 0 { return }
        try create(parent(of: path))
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw StoreError.opening(path, errno)
        }
    }

    /// How large a file is; nothing for one that is not there.
    package static func size(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// Has the names in a folder written to the disk: what was renamed stays so after a power cut.
    package static func flush(_ path: String) throws {
        let file = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { throw StoreError.opening(path, errno) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw StoreError.disk(path: path) }
    }

    /// Runs `body` while nobody else makes anything in the folder. Throws `StoreError.busy` when
    /// somebody does for too long.
    package static func alone<Result>(
        in path: String, _ body: () throws -> Result
    ) throws -> Result {
        let file = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { throw StoreError.opening(path, errno) }
        defer { AdvisoryLock.end(file) }
        try AdvisoryLock.wait(for: file, of: path, patienceMilliseconds: 5000)
        return try body()
    }

    /// The path, or with a number after it where something is there already: "copy", "copy-2".
    package static func free(_ path: String) -> String {
        let paths = [path] + (2...99).map { "\(path)-\($0)" }
        return paths.first { access($0, F_OK) != 0 } ?? path
    }

    /// Gives a file another name, in the place of whatever bears it.
    package static func rename(_ old: String, to new: String) throws {
        guard Glibc.rename(old, new) == 0 else { throw StoreError.opening(new, errno) }
    }
}
