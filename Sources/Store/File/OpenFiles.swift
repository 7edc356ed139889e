import Glibc

extension StoreError {
    /// Why a file could not be opened or made, by what the system said.
    package static func opening(_ path: String, _ code: Int32) -> StoreError {
        switch code {
        case EMFILE, ENFILE, ENOMEM: .tooManyOpen(path: path)
        case ENOSPC, EDQUOT: .diskFull(path: path)
        default: .notWritable(path: path)
        }
    }

    /// Why a file that is open could not be written, by what the system said.
    package static func writing(_ path: String, _ code: Int32) -> StoreError {
        code == EIO ? .disk(path: path) : opening(path, code)
    }
}

/// How many files this process may have open.
package enum OpenFiles {
    private static let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)

    /// What SQLite may want open beside a database: its logs, its journal, their folder.
    private static let fewBesideADatabase = 6

    /// Whether the few files that a database needs cannot be opened: SQLite does not tell this from
    /// a file that it may not write.
    static var areExhausted: Bool {
        var files: [Int32] = []
        defer { for file in files { close(file) } }
        while files.count < fewBesideADatabase {
            let file = open("/dev/null", O_RDONLY | O_CLOEXEC)
            guard file >= 0 else { return [EMFILE, ENFILE, ENOMEM].contains(errno) }
            files.append(file)
        }
        return false
    }

    /// Raises the limit as far as the system lets this process, and no further than `most`.
    package static func allow(_ most: UInt) {
        var limit = rlimit()
        guard getrlimit(kind, &limit) == 0 else { return }
        let wanted = min(rlim_t(most), limit.rlim_max)
        guard wanted > limit.rlim_cur else { return }
        limit.rlim_cur = wanted
        _ = setrlimit(kind, &limit)
    }

    /// How many this process may open now.
    package static var limit: Int {
        var limit = rlimit()
        guard getrlimit(kind, &limit) == 0 else { return 1024 }
        return Int(clamping: limit.rlim_cur)
    }
}
