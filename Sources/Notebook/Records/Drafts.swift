import Foundation
import Glibc
package import Replication
import Store

/// The texts of records that somebody has open in an editor, or could not save: files beside the
/// notebook, for its owner alone. They go with what they are about.
package struct Drafts {
    /// The notebook's file.
    private let path: String

    package init(beside path: String) {
        self.path = path
    }

    package func path(of record: RecordKey) -> String {
        path + ".edit-\(record.id.shortened).txt"
    }

    /// Something was erased, or the notebook's content is gone: any draft may speak of it.
    package func removeAll() {
        let start = name(of: path) + ".edit-"
        let names = try? FileManager.default.contentsOfDirectory(atPath: Folder.parent(of: path))
        for name in names ?? [] where name.hasPrefix(start) && name.hasSuffix(".txt") {
            unlink(Folder.parent(of: path) + "/" + name)
        }
    }

    private func name(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }
}

extension Notebook {
    /// Removes the drafts beside this notebook, of records and of what was to be restored; there are
    /// none of one in memory.
    package func removeDrafts() {
        guard let path = store.file.path else { return }
        Drafts(beside: path).removeAll()
        NotebookFile(path: path).removeRestoreDraft()
    }
}
