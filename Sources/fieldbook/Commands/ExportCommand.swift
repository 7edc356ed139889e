import ArgumentParser
import Glibc
import Interchange
import Notebook
import Terminal
import Wording

/// Writes everything out.
struct ExportCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: said("Write out everything that you may read."),
        usage: "fieldbook export [<file>] [--format <form>] [<options>]",
        discussion: said(
            """
            As NDJSON, one record a line with all that is known of it, which "fieldbook import" takes \
            in again; people alone as CSV or vCard; what is due as iCalendar (ics). Without a file it \
            goes to standard output. What people told you is in it: keep it safe.

            Example:
              fieldbook export everything.ndjson
              fieldbook export people.csv
            """))

    @Argument(
        help: ArgumentHelp(
            said("The file; its ending says the form: .ndjson, .csv, .vcf or .ics."),
            valueName: "file"),
        completion: .file())
    var file: String?

    @Option(help: ArgumentHelp(said("The form, whatever the ending."), valueName: "form"))
    var format: Form?

    @Option(
        help: ArgumentHelp(said("The version of vCards."), valueName: "version")
    )
    var vcardVersion = VCardVersion.three

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        // As everywhere, - stands for what comes and goes without a file.
        let file = file == "-" ? nil : file
        if let file, Paths.isFolder(file) {
            throw Complaint("\"\(file)\" is a folder. Name a file in it.")
        }
        try checkMayReplace(file)
        let form = try format ?? file.map(Self.form) ?? .ndjson
        let count = try notebook.export(
            as: form, to: try TargetFile(file), cards: vcardVersion)
        guard let file else { return }
        let document = Document(file: file, format: form.rawValue, count: count)
        try common.show(document) { page in
            page.line("Wrote \(counted(count, form.words.0, form.words.1)) to \(file).")
        }
    }

    /// Somebody at a terminal may have named a list of their own by mistake; a script writes again what
    /// it wrote yesterday.
    private func checkMayReplace(_ file: String?) throws {
        guard let file, access(file, F_OK) == 0,
            Asking.confirm("\"\(file)\" is there already. Write over it?") == false
        else { return }
        throw NotebookFileError.alreadyThere(path: file)
    }

    private static func form(of file: String) throws -> Form {
        guard let form = Form(ofFile: file) else { throw InterchangeError.noForm(path: file) }
        return form
    }

    private struct Document: Encodable {
        let file: String
        let format: String
        let count: Int
    }
}

extension VCardVersion: ExpressibleByArgument {}

extension Form: ExpressibleByArgument {
    /// One and many of what a file of this form holds.
    fileprivate var words: (Phrase, Phrase) {
        switch self {
        case .ndjson: ("record", "records")
        case .csv, .vcard: ("person", "people")
        case .ics: ("date", "dates")
        }
    }
}
