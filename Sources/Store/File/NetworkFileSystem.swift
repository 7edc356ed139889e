import CLinux

/// File systems on which SQLite's write-ahead log is not safe.
package enum NetworkFileSystem {
    /// The name of the network file system with this `statfs` type; nil for one that is local.
    package static func name(ofType type: Int) -> String? {
        switch type {
        case 0x6969: "NFS"
        case 0xFF53_4D42, 0xFE53_4D42, 0x517B: "CIFS"
        case 0x6573_5546: "FUSE"
        case 0x0102_1997: "9p"
        case 0x5346_414F: "AFS"
        case 0x00C3_6400: "Ceph"
        default: nil
        }
    }

    /// The same for the file system that holds `path`.
    static func name(at path: String) -> String? {
        var status = CLinux.statfs()
        guard statfs(path, &status) == 0 else { return nil }
        return name(ofType: Int(status.f_type))
    }
}
