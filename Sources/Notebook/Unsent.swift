import Glibc
import Replication
import Store

extension Notebook {
    /// How many entries of another notebook no hub has, and this one lacks: of the first few thousand.
    /// What was erased here is not lacking.
    func lacking(ofUnsentIn other: Notebook) throws -> Int {
        let request = try other.store.request(for: other.me.member)
        let unsent = request.push?.entries.compactMap(\.commit) ?? []
        return try store.read { db in
            try unsent.count { commit in
                guard try Records.state(of: commit.key, db)?.life != .erased else { return false }
                // An entry that was issued anew keeps its stamp.
                return try !History.entries(of: commit.key, db).contains {
                    $0.write.stamp == commit.stamp
                }
            }
        }
    }
}

extension NotebookFile {
    /// How many entries a copy from before a restore holds that no hub has and the notebook lacks; none
    /// for one that cannot be read. The copy stays one file.
    package static func lacking(of copy: String, in notebook: Notebook) -> Int {
        guard let kept = try? NotebookFile(path: copy).open() else { return 0 }
        let lacking = try? notebook.lacking(ofUnsentIn: kept)
        if (try? kept.store.file.close()) != nil {
            for end in ["-wal", "-shm", ".lock"] { unlink(copy + end) }
        }
        return lacking ?? 0
    }
}
