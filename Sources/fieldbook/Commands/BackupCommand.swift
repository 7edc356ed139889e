import ArgumentParser
import Notebook
import Terminal
import Wording

/// Writes a copy of the notebook.
struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: said("Write a copy of the notebook, to restore it from."),
        discussion: said(
            """
            The copy's key is written beside it. Whoever has both can read every note and write \
            in your name: keep them where nobody else comes.

            Example:
              fieldbook backup /media/usb/ana.sqlite
            """))

    @Argument(
        help: ArgumentHelp(said("The file to write. It must not be there yet."), valueName: "file"),
        completion: .file())
    var target: String

    @OptionGroup var common: Common

    func run() throws {
        let path = Paths.absolute(target)
        guard !Paths.isFolder(path) else {
            throw Complaint("\"\(path)\" is a folder. Name a file in it.")
        }
        try common.file.backUp(to: path)
        try common.show(Written(backup: path, key: path + ".key")) { page in
            page.line("Backed up to \"\(path)\", and its key to \"\(path).key\".")
            page.line("To go on with it here or elsewhere: fieldbook restore \(target)", .faint)
        }
    }

    private struct Written: Encodable {
        let backup: String
        let key: String
    }
}
