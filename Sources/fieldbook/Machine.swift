// Where C's `stat` comes from, to the compiler, in a module that has Dispatch too.
import CDispatch
import Glibc
import Terminal

/// Paths as the file system sees them.
enum Paths {
    static func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
        defer { free(folder) }
        return String(cString: folder) + "/" + path
    }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether what is there is a file itself, and no link to one; nil where there is nothing.
    static func isFileItself(_ path: String) -> Bool? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & S_IFMT == S_IFREG : nil
    }

    /// Whether there is a file, and no device or pipe.
    static func isFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    static func isDatabase(_ path: String) -> Bool {
        Input.bytes(of: path, upTo: 16).map { $0 == Array("SQLite format 3\0".utf8) } ?? true
    }

    /// The bytes that a file takes; 0 for one that is not there.
    static func size(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }
}

/// The person who is logged in on this machine.
enum Login {
    /// The full name that the system has for them, or else the name they log in with.
    static var name: String {
        guard let entry = getpwuid(getuid()) else { return "" }
        let full = entry.pointee.pw_gecos.map { String(cString: $0) } ?? ""
        let name = Plain.oneLine(String(full.prefix { $0 != "," }))
        return name.isEmpty ? String(cString: entry.pointee.pw_name) : name
    }

    static var home: String {
        if let home = Shell.variable("HOME") { return home }
        return getpwuid(getuid()).map { String(cString: $0.pointee.pw_dir) } ?? ""
    }
}
