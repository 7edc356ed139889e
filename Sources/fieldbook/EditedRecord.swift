import Foundation
import Glibc
import Notebook
import Replication
import Store
import Terminal
import Wording

/// A record that is open in somebody's editor: a file beside the notebook, for its owner alone, that
/// is gone once what it says is saved.
struct EditedRecord {
    private let record: KnownRecord
    private let notebook: Notebook
    private let path: String

    init(_ key: RecordKey, _ notebook: Notebook) throws {
        guard let record = try notebook.readRecord(key) else {
            throw NotebookError.noSuchRecord(key.id.shortened)
        }
        self.record = record
        self.notebook = notebook
        path = (notebook.store.file.path ?? "notebook") + ".edit-\(key.id.shortened).txt"
    }

    /// Opens the editor, and makes the record what was saved there. Returns whether that changed
    /// anything. What cannot be read stays in its file, and is opened the next time.
    func apply() throws -> Bool {
        if access(path, F_OK) != 0 { try write(text()) }
        try openEditor()
        let edited = try Input.file(path)
        guard let text = String(validating: edited, as: UTF8.self) else {
            throw Complaint("What you saved is not text (UTF-8). It is kept in \"\(path)\".")
        }
        do {
            let isChanged = try notebook.edit(record, as: text)
            unlink(path)
            return isChanged
        } catch let error as NotebookError {
            throw Complaint(
                """
                \(error)
                Nothing was changed. Your text is kept in "\(path)"; the same command opens it again.
                """)
        }
    }

    private func text() throws -> String {
        let word = FieldWords.kind(record.key.kind)
        return said(
            """
            # \(record.title) (\(word) \(record.key.id.shortened))
            # Change what you like, save and close. A field that you empty is cleared.
            \(try RecordText.text(of: record, in: notebook))
            """)
    }

    private func write(_ text: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw Complaint("\"\(path)\" cannot be written (\(Screen.reason(errno))).")
        }
        let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
        try handle.write(contentsOf: Data(text.utf8))
    }

    /// The editor may have options: a shell reads its name, as every program does.
    private func openEditor() throws {
        let editor = Shell.variable("VISUAL") ?? Shell.variable("EDITOR") ?? "vi"
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", editor + " \"$1\"", "sh", path]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Complaint(
                """
                The editor "\(editor)" did not end well, so nothing was changed. Your text is kept in \
                "\(path)". Set EDITOR to the editor you use.
                """)
        }
    }
}
