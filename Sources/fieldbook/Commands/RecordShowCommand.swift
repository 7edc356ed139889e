import ArgumentParser
import Notebook
import Wording

/// All that a record says.
struct RecordShowCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: said("Show a record with all its fields."),
        discussion: said(
            """
            Example:
              fieldbook record show 3f2a91c0
            """))

    @Argument(
        help: ArgumentHelp(
            said("An id, the end of one, or what it is called."), valueName: "record"),
        completion: .people)
    var record: String

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let page = try RecordPage(common.record(record, notebook), notebook)
        try common.show(page.document) { try page.fill(&$0) }
    }
}
