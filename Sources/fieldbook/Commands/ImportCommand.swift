import ArgumentParser
import Glibc
import Interchange
import Notebook
import Terminal
import Wording

/// Brings a file in; below it, takes one back.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: said("Bring in people and records from a file, or take an import back."),
        usage: """
            fieldbook import <file> [--dry-run] [--map <file>] [<options>]
                   fieldbook import undo [<batch>]
            """,
        discussion: said(
            """
            NDJSON as "fieldbook export" writes it; lists of people as CSV or vCard. Bringing a file \
            in again changes nothing, and a list of people overwrites nothing.

            Try it first with --dry-run, which shows what each column is taken for and what would \
            happen. All options: fieldbook import FILE --help

            Example:
              fieldbook import people.csv --dry-run
            """),
        subcommands: [ImportFileCommand.self, ImportUndoCommand.self],
        defaultSubcommand: ImportFileCommand.self)
}

/// Brings a file in.
struct ImportFileCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "bring-in",
        abstract: said("Bring in people and records from a file."),
        usage: "fieldbook import <file> [<options>]",
        discussion: said(
            """
            The file's ending says what it is: .ndjson, .csv or .vcf. Rows that are rejected go to a \
            file beside it, each with its reason, to be corrected and imported from there.

            What a column holds is guessed by its heading. To correct it, save the guess with \
            --save-map, edit that file, and import with it: it says what a column can hold.

            Example:
              fieldbook import people.csv --dry-run --save-map columns.json
              fieldbook import people.csv --map columns.json
            """),
        shouldDisplay: false)

    @Argument(
        help: ArgumentHelp(
            said("The file; - reads NDJSON from standard input."), valueName: "file"),
        completion: .file())
    var file: String

    @Flag(help: .said("Show what would happen, and change nothing."))
    var dryRun = false

    @Option(
        help: ArgumentHelp(said("What the columns of a list are."), valueName: "file"),
        completion: .file())
    var map: String?

    @Option(
        help: ArgumentHelp(said("Write down what the columns are taken for."), valueName: "file"),
        completion: .file())
    var saveMap: String?

    @Option(help: ArgumentHelp(said("Days first or months first: dmy or mdy."), valueName: "order"))
    var dates: DateOrder?

    @Option(
        help: ArgumentHelp(said("The form, whatever the ending."), valueName: "form"))
    var format: Form?

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        guard !Paths.isFolder(file) else { throw InterchangeError.isFolder(path: file) }
        guard let form = format ?? (file == "-" ? .ndjson : Form(ofFile: file)) else {
            throw InterchangeError.noForm(path: file)
        }
        guard form == .csv || (map == nil && saveMap == nil && dates == nil) else {
            throw ValidationError(said("--map, --save-map and --dates are for CSV files."))
        }
        let source = try SourceFile(file, spoolingIn: Folder.parent(of: common.file.path))
        var settings = ImportSettings(isDryRun: dryRun)
        settings.wishes = try wishes()
        settings.rejectsBeside = file == "-" ? nil : file
        if let saveMap { try save(ColumnMapping.guess(source, settings.wishes), saveMap) }
        let report = try notebook.importFile(source, as: form, settings) { line in
            Screen.progress("Line \(line)…")
        }
        Screen.progress("")
        try common.show(ImportDocument(report)) { ImportPage(report).fill(&$0) }
        // A script is to notice that nothing came in.
        let isAnyGood = report.created + report.updated + report.skipped > 0
        guard isAnyGood || report.rejected == 0 else {
            throw Complaint("Nothing came in: all \(report.rejected) were rejected.")
        }
    }

    private func wishes() throws -> ColumnMapping.Wishes {
        var wishes = ColumnMapping.Wishes()
        if let map { wishes = try .init(Input.file(map), path: map) }
        if let dates { wishes.dates = dates }
        return wishes
    }

    private func save(_ mapping: ColumnMapping, _ path: String) throws {
        // Somebody may have corrected it already.
        guard access(path, F_OK) != 0 else { throw NotebookFileError.alreadyThere(path: path) }
        let target = try TargetFile(path)
        try target.write(mapping.text)
        try target.finish()
        Screen.note(
            """
            Wrote what the columns are taken for to \(path). Correct there what is wrong, then: \
            fieldbook import \(Shell.quoted(file)) --map \(Shell.quoted(path))
            A column can hold \(ColumnMapping.choices.listed("or")); null leaves it out.
            """)
    }
}

extension DateOrder: ExpressibleByArgument {}
