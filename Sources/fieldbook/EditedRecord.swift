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
        path = Drafts(beside: notebook.store.file.path ?? "notebook").path(of: key)
    }

    /// Opens the editor, and makes the record what was saved there. Returns whether that changed
    /// anything. What cannot be read stays in its file, and is opened the next time, unless the record
    /// was changed meanwhile: the text would take that back.
    func apply() throws -> Bool {
        let original = Array(try text().utf8)
        if try !isBegun(original) { try write(original) }
        guard try runEditor() else { throw failure(wasUntouched: try isUntouched(original)) }
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
        let text = said(
            """
            # \(record.title) (\(word) \(record.key.id.shortened))
            # Change what you like, save and close. A field that you empty is cleared.
            \(try RecordText.text(of: record, in: notebook))
            """)
        return text + "\n# \(try version)\n"
    }

    /// What the record is now: a draft says at its end what it was begun from.
    private var version: String {
        get throws {
            let state = try notebook.store.read { try Records.state(of: record.key, $0) }
            return Fingerprint(of: record.key, state ?? RecordState()).description
        }
    }

    /// Whether there is a draft of the record as it stands. Throws for one of the record as it was.
    private func isBegun(_ original: [UInt8]) throws -> Bool {
        guard let isFile = Paths.isFileItself(path) else { return false }
        guard isFile else {
            throw Complaint("\"\(path)\" is in the way: it is no file. Remove it.")
        }
        let mark = String(decoding: original, as: UTF8.self).split(separator: "\n").last ?? ""
        let draft = String(decoding: try Input.file(path), as: UTF8.self)
        guard draft.split(whereSeparator: \.isNewline).contains(mark) else {
            throw Complaint(
                """
                \(record.title) was changed since you began to edit. Your text is kept in \
                "\(path)". Take from it what you need, remove that file, and edit again.
                """)
        }
        return true
    }

    private func write(_ text: [UInt8]) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw Complaint("\"\(path)\" cannot be written (\(Screen.reason(errno))).")
        }
        let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
        try handle.write(contentsOf: Data(text))
    }

    private var editor: String {
        Shell.variable("VISUAL") ?? Shell.variable("EDITOR") ?? "vi"
    }

    /// The editor may have options: a shell reads its name, as every program does. Returns whether it
    /// ended well.
    private func runEditor() throws -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", editor + " \"$1\"", "sh", path]
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    /// Whether nobody wrote anything; then no draft stays.
    private func isUntouched(_ original: [UInt8]) throws -> Bool {
        guard try Input.file(path) == original else { return false }
        unlink(path)
        return true
    }

    private func failure(wasUntouched: Bool) -> Complaint {
        wasUntouched
            ? Complaint(
                """
                The editor "\(editor)" did not end well, so nothing was changed. Set EDITOR to the \
                editor you use.
                """)
            : Complaint(
                """
                The editor "\(editor)" did not end well, so nothing was changed. Your text is kept in \
                "\(path)". Set EDITOR to the editor you use.
                """)
    }
}
