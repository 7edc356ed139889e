import Glibc
import Notebook
import Store
import Synchronization

extension Disk {
    /// What stays free of laptops' entries, so that the keeper can still act and others read: 64 MiB,
    /// and on a small disk a fiftieth.
    static func floor(at path: String) -> UInt64 {
        min(64 << 20, total(at: path) / 50)
    }
}

/// Whether a hub's disk has come down to its floor.
final class DiskGauge: Sendable {
    /// A closure that lay in the mutex by itself would be wrapped once more at each look.
    private struct Reading: Sendable {
        let free: @Sendable (String) -> UInt64
    }

    private let reading: Mutex<Reading>

    init(free: @escaping @Sendable (String) -> UInt64 = Disk.free) {
        reading = Mutex(Reading(free: free))
    }

    func isLow(at path: String) -> Bool {
        reading.withLock { $0 }.free(path) < Disk.floor(at: path)
    }

    /// Has somebody else say how much is free.
    func read(_ free: @escaping @Sendable (String) -> UInt64) {
        reading.withLock { $0 = Reading(free: free) }
    }
}

/// A file of a few megabytes that holds nothing: what the keeper can throw overboard when the disk
/// is so full that nobody's access could be ended.
struct Ballast {
    let folder: String

    private var path: String { folder + "/hub.ballast" }

    /// Takes it on board, where there is room and none yet.
    func load() {
        let bytes = min(4 << 20, Disk.total(at: folder) / 10)
        guard access(path, F_OK) != 0, Disk.free(at: folder) > Disk.floor(at: folder) + bytes else {
            return
        }
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        defer { close(file) }
        if posix_fallocate(file, 0, off_t(bytes)) != 0 { unlink(path) }
    }

    /// Runs `body`, and again with less and less ballast while the disk is full. Others may fill the
    /// room that one act leaves; the next one finds more.
    func spending<Result>(_ body: () throws -> Result) throws -> Result {
        while true {
            do {
                return try body()
            } catch let error as StoreError where error.isOfDisk && shrink() {
                continue
            }
        }
    }

    private static let partBytes = 128 << 10

    /// Throws a part of it overboard; false when there is none.
    private func shrink() -> Bool {
        let left = Folder.size(of: path) - Self.partBytes
        return left > 0 ? truncate(path, off_t(left)) == 0 : unlink(path) == 0
    }
}

extension StoreError {
    /// Whether the disk is why nothing could be written.
    var isOfDisk: Bool {
        switch self {
        case .diskFull, .disk, .notWritable: true
        default: false
        }
    }
}
