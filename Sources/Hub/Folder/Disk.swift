import Foundation
import Glibc
import Store

/// The disk under a hub's folder.
enum Disk {
    /// What anybody but root may still write where `path` is, in bytes.
    static func free(at path: String) -> UInt64 {
        var status = statvfs()
        // Where nobody can say, writing itself will.
        guard statvfs(path, &status) == 0 else { return .max }
        return UInt64(status.f_bavail) * UInt64(status.f_frsize)
    }

    /// How large a file is; nothing for one that is not there.
    static func size(of path: String) -> UInt64 {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? NSNumber)?.uint64Value ?? 0
    }

    /// Has the names in a folder written to the disk: what was renamed stays so after a power cut.
    static func flush(_ folder: String) throws {
        let file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { throw StoreError.opening(folder, errno) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw StoreError.disk(path: folder) }
    }
}
