import ArgumentParser
import Glibc
import Notebook
import Store
import Terminal
import Wording

/// The options that every command has.
struct Common: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            said("The notebook's file. Default: FIELDBOOK_NOTEBOOK, or else your own."),
            valueName: "file"),
        completion: .file())
    var notebook: String?

    @Flag(help: .said("Print one JSON document, for scripts."))
    var json = false

    func validate() throws {
        guard notebook != "" else {
            throw ValidationError(said("--notebook is empty. Name the notebook's file."))
        }
    }

    /// Where the notebook is, or would be.
    var file: NotebookFile {
        let path = notebook ?? Shell.variable("FIELDBOOK_NOTEBOOK") ?? Self.defaultPath
        return NotebookFile(path: Paths.absolute(path))
    }

    /// Opens the notebook.
    func open() throws -> Notebook {
        guard !Paths.isFolder(file.path) else { throw isFolder }
        do {
            let notebook = try file.open()
            if notebook.store.file.obstacle != nil { noteObstacle() }
            return notebook
        } catch let error as NotebookFileError {
            // What is no notebook has no key either; that is not what is wrong with it.
            if case .noKey = error { try file.checkIsOurs() }
            throw error
        }
    }

    var isFolder: Complaint {
        Complaint(
            "\"\(file.path)\" is a folder, not a notebook. Name a file with --notebook.")
    }

    private func noteObstacle() {
        Screen.note(
            """
            Nothing can be written to "\(file.path)": its disk is full or read-only, or its folder is \
            not yours. What you see is what was saved.
            """)
    }

    /// Prints the outcome: a JSON document, or a page for people.
    func show(_ document: some Encodable, _ fill: (inout Page) throws -> Void) throws {
        guard !json else { return try JSON.show(document) }
        var page = Page()
        try fill(&page)
        try page.show()
    }

    private static var defaultPath: String {
        let shared = Shell.variable("XDG_DATA_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
        return (shared ?? Login.home + "/.local/share") + "/fieldbook/notebook.sqlite"
    }
}

extension NotebookFile {
    /// Throws for a file that is there and is something else than a notebook, an empty one included.
    func checkIsOurs() throws {
        guard Paths.isDatabase(path) else {
            throw StoreError.foreign(path: path, what: "not a Fieldbook notebook")
        }
        try checkIsNotebook()
    }
}

/// A command that works in an open notebook.
protocol NotebookCommand: ParsableCommand {
    var common: Common { get }
    func run(in notebook: Notebook) throws
}

extension NotebookCommand {
    func run() throws {
        try run(in: try common.open())
    }
}

extension ArgumentHelp {
    /// Help in the reader's language.
    static func said(_ phrase: Phrase) -> ArgumentHelp { ArgumentHelp(phrase.text) }
}
