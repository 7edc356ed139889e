import ArgumentParser
import Notebook
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
        let former = try common.file.restore(from: path)
        let notebook = try common.open()
        let restored = Restored(notebook: common.file.path, name: notebook.me.name, kept: former)
        try common.show(restored) { page in
            page.line("Restored \(notebook.me.name)'s notebook: \"\(restored.notebook)\"")
            if let former { page.line("What was there is kept: \"\(former)\"") }
        }
    }

    private struct Restored: Encodable {
        let notebook: String
        let name: String
        @OrNull var kept: String?
    }
}
