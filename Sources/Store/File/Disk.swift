import Glibc

/// The disk under a path.
package enum Disk {
    /// What anybody but root may still write there, in bytes.
    package static func free(at path: String) -> UInt64 {
        // Where nobody can say, writing itself will.
        status(at: path).map { UInt64($0.f_bavail) * UInt64($0.f_frsize) } ?? .max
    }

    /// How large it is, in bytes; 0 where nobody can say.
    package static func total(at path: String) -> UInt64 {
        status(at: path).map { UInt64($0.f_blocks) * UInt64($0.f_frsize) } ?? 0
    }

    private static func status(at path: String) -> statvfs? {
        var status = statvfs()
        return statvfs(path, &status) == 0 ? status : nil
    }
}
