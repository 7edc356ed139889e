import Glibc

/// The disk under a hub's folder.
enum Disk {
    /// What anybody but root may still write where `path` is, in bytes.
    static func free(at path: String) -> UInt64 {
        var status = statvfs()
        // Where nobody can say, writing itself will.
        guard statvfs(path, &status) == 0 else { return .max }
        return UInt64(status.f_bavail) * UInt64(status.f_frsize)
    }
}
