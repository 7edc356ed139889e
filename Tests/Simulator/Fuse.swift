import GRDB
import GRDBSQLite
import Store
import Synchronization

/// Ends a program in the middle of what it does to its file: between two statements, or within
/// one. From then on everything that it asks of the file fails, until it is started anew.
final class Fuse: Sendable {
    /// Steps of SQLite's machine between two questions whether to go on.
    private static let grain: Int32 = 10
    private static let unlit = -1
    private let left = Atomic<Int>(unlit)

    /// The file is asked in the program's every statement from now on.
    func attach(to file: DatabaseFile) throws {
        try file.read { db in
            // What reading the schema takes is not the program's doing, and differs in memory.
            _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master")
            sqlite3_progress_handler(
                db.sqliteConnection, Self.grain,
                { context in
                    guard let context else { return 0 }
                    return Unmanaged<Fuse>.fromOpaque(context).takeUnretainedValue().burn()
                }, Unmanaged.passUnretained(self).toOpaque())
        }
    }

    /// The program ends after so many questions.
    func light(after questions: Int) { left.store(questions, ordering: .relaxed) }

    func putOut() { left.store(Self.unlit, ordering: .relaxed) }

    var isBurnt: Bool { left.load(ordering: .relaxed) == 0 }

    private func burn() -> Int32 {
        let now = left.load(ordering: .relaxed)
        if now > 0 { left.store(now - 1, ordering: .relaxed) }
        return now == 0 || now == 1 ? 1 : 0
    }
}
