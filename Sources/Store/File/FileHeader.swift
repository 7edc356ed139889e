import GRDBSQLite
import Glibc

/// The first bytes of a database's file, as they are on disk.
///
/// They are read through SQLite, which asks for no lock and writes nothing yet. A process that closes
/// a file by itself ends the locks of all its connections to it, and another program would take
/// itself for the last and remove a log that is in use; SQLite closes it when nobody needs them.
enum FileHeader {
    static let size = 100

    /// Fewer bytes where the file has fewer, zeros for those that cannot be read.
    static func read(_ path: String) throws -> [UInt8] {
        var connection: OpaquePointer?
        defer { sqlite3_close(connection) }
        guard sqlite3_open_v2(path, &connection, SQLITE_OPEN_READONLY, nil) == SQLITE_OK else {
            throw StoreError.opening(path, sqlite3_system_errno(connection))
        }
        var file: UnsafeMutablePointer<sqlite3_file>?
        sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, &file)
        var length: sqlite3_int64 = 0
        guard let file, let methods = file.pointee.pMethods?.pointee,
            methods.xFileSize(file, &length) == SQLITE_OK
        else { return [] }
        var header = [UInt8](repeating: 0, count: min(size, Int(length)))
        _ = methods.xRead(file, &header, Int32(header.count), 0)
        return header
    }
}
