package import Wording

/// Why a file could not be brought in or written, in a sentence with what to do next.
package enum InterchangeError: Error, Equatable {
    case unreadable(path: String, reason: String)
    case isFolder(path: String)
    case tooLarge(path: String)
    case unwritable(path: String, reason: String)
    /// Nothing says which form the file has.
    case noForm(path: String)
    /// The file is of a form in which data only goes out.
    case outOnly(path: String)
    case empty(path: String)
    case notText(path: String, encoding: String)
    /// A spreadsheet program's own form.
    case spreadsheet(path: String)
    case noHeadings(path: String, seen: [String])
    /// The first line is longer than headings are.
    case headingsTooLong(path: String)
    case badMapping(path: String, problem: Phrase)
    case leadersDoNotImport
    /// The id names something else than an import.
    case notABatch(id: String)
    case batchFromElsewhere(id: String)
    case alreadyUndone(id: String)
}

extension InterchangeError: Explained {
    package var explanation: Phrase {
        switch self {
        case .unreadable(let path, let reason):
            "The file \"\(path)\" cannot be read (\(reason)). Check its name."
        case .isFolder(let path):
            "\"\(path)\" is a folder. Name a file."
        case .tooLarge(let path):
            """
            The file "\(path)" is larger than 1 GiB. Nothing was imported. Split it into smaller \
            files and import one after the other.
            """
        case .unwritable(let path, let reason):
            """
            The file "\(path)" could not be written (\(reason)). Name another place, or make room.
            """
        case .noForm(let path):
            """
            What "\(path)" holds cannot be told from its name. Give it the ending .ndjson, .csv, \
            .vcf or .ics, or say --format.
            """
        case .headingsTooLong(let path):
            """
            The first line of "\(path)" is longer than 100 kB, so it cannot be headings, like Name, \
            Phone, Email. Nothing was imported. Put a line with headings first.
            """
        case .outOnly(let path):
            """
            "\(path)" is a calendar, which Fieldbook writes but does not read. Nothing was imported. It \
            reads .ndjson, .csv and .vcf.
            """
        case .empty(let path):
            "There is nothing in \"\(path)\". Nothing was imported."
        case .notText(let path, let encoding):
            """
            The file "\(path)" is not text in \(encoding). Nothing was imported. Save it as CSV in \
            UTF-8 and import it again.
            """
        case .spreadsheet(let path):
            """
            The file "\(path)" is in a spreadsheet program's own form. Nothing was imported. Open it \
            there, save it as CSV (UTF-8), and import that.
            """
        case .noHeadings(let path, let seen):
            """
            No column of "\(path)" is known to hold a name. The first line should hold headings, \
            like Name, Phone, Email; it has: \(seen.prefix(12).joined(separator: " | ")). Change \
            them, or say what each column is: import with --save-map FILE --dry-run, correct FILE, \
            and import with --map FILE.
            """
        case .badMapping(let path, let problem):
            "The mapping \"\(path)\" cannot be used: \(problem). Nothing was imported."
        case .leadersDoNotImport:
            """
            This notebook is a leader's, and importing makes entries that only organizers may make. \
            Nothing was imported. Give the file to an organizer.
            """
        case .notABatch(let id):
            "\(id) is no import. Nothing was changed. Use the id that \"fieldbook import\" printed."
        case .batchFromElsewhere(let id):
            """
            The import \(id) was made on another laptop, or before this notebook took a new key. \
            Nothing was changed. Take it back on the laptop that imported.
            """
        case .alreadyUndone(let id):
            "The import \(id) was taken back already. Nothing was changed."
        }
    }
}
