import ArgumentParser
import Notebook
import Store
import Sync
import Terminal
import Wording

/// Puts a backup in the notebook's place.
struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: said("Put a backup in the notebook's place."),
        discussion: said(
            """
            The notebook that was there is kept beside it. With a hub, the next sync brings back \
            what was sent since the backup was made.

            Example:
              fieldbook restore /media/usb/ana.sqlite
            """))

    @Argument(
        help: ArgumentHelp(said("What \"fieldbook backup\" wrote."), valueName: "file"),
        completion: .file())
    var source: String

    @Flag(help: .said("Do it without asking, also when there are entries that were never sent."))
    var yes = false

    @OptionGroup var common: Common

    func run() throws {
        let path = Paths.absolute(source)
        guard !Paths.isFolder(path) else {
            throw Complaint("\"\(path)\" is a folder. Name the backup's file.")
        }
        guard Paths.isFile(path) else { throw NotebookFileError.noBackup(path: path) }
        guard !Paths.isFolder(common.file.path) else { throw common.isFolder }
        guard path != common.file.path else {
            throw Complaint("\"\(path)\" is the notebook itself. Name a backup of it.")
        }
        // What is no notebook has no key either; that is not what is wrong with it.
        try NotebookFile(path: path).checkIsOurs()
        guard isMeant else { throw Complaint("Nothing was restored.") }
        let hub = Self.hub(of: common.file)
        let former = try common.file.restore(from: path)
        let notebook = try common.open()
        let isCutOff = try hub != nil && Membership(of: notebook.store) == nil
        let restored = Restored(notebook: common.file.path, name: notebook.me.name, kept: former)
        try common.show(restored) { page in
            page.line("Restored \(notebook.me.name)'s notebook: \"\(restored.notebook)\"")
            if let former { page.line("What was there is kept: \"\(former)\"") }
            if let hub, isCutOff {
                page.paragraph(
                    """
                    The backup is from before you joined the hub of \(hub). What was written and erased \
                    since comes back once you are invited, and join, again.
                    """)
            }
        }
    }

    /// The congregation to whose hub the notebook belongs that is there; nil for none.
    private static func hub(of file: NotebookFile) -> String? {
        guard let there = try? file.open() else { return nil }
        defer { try? there.store.file.close() }
        return (try? Membership(of: there.store))?.congregationName
    }

    /// Asks in a terminal before the place is taken of what no hub has.
    private var isMeant: Bool {
        guard !yes, !common.json, Asking.isInTerminal, let there = try? common.file.open() else {
            return true
        }
        defer { try? there.store.file.close() }
        let unsent = Int((try? there.store.meta().pending) ?? 0)
        guard unsent > 0 else { return true }
        let entries = counted(unsent, "entry", "entries")
        return Asking.confirm(
            """
            The notebook that is there holds \(entries) that no hub has. What of them the backup lacks \
            will be in the copy alone that is kept beside it. Put the backup in its place?
            """) ?? true
    }

    private struct Restored: Encodable {
        let notebook: String
        let name: String
        @OrNull var kept: String?
    }
}
