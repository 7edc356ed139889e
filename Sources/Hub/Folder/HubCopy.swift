import Notebook
import Store

extension Hub {
    /// Copies the hub's files into a folder that has none, while it may go on working.
    func copy(to target: HubFolder) throws {
        try Folder.create(target.path)
        // The notebook first: it may know less than the log in the copy, and never more.
        try own.store.file.backup(to: target.notebook.path)
        try file.backup(to: target.logPath)
        try KeyFile.copy(folder.keyPath, to: target.keyPath)
        try KeyFile.copy(folder.notebook.keyPath, to: target.notebook.keyPath)
    }
}
