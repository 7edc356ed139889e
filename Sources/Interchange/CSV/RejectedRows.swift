import Glibc
import Wording

/// The rows that could not be brought in, in a file beside theirs, each with its reason: to be
/// corrected there and brought in from there.
final class RejectedRows {
    /// The heading of the column before those of the list.
    private static let reason: Phrase = "reason"
    /// The same in every language: somebody else may bring the file in.
    static let reasons = Language.allCases.map { reason.text(in: $0) }
    private let path: String?
    /// Files of rejected rows that are there already.
    private let earlier: [String]
    private let headings: [String]
    private var file: TargetFile?

    /// Without a path nothing is written.
    init(beside path: String?, _ headings: [String]) {
        let names = path.map(Self.names) ?? []
        self.path = names.last
        earlier = names.dropLast()
        self.headings = headings
    }

    /// A torn line stands beside the columns: it is in none of them.
    func add(_ row: CSVReader.Row, _ reason: String) throws {
        guard let path else { return }
        if file == nil {
            file = try TargetFile(path)
            try file?.write(CSVCells.row([Self.reason.text] + headings))
        }
        let indent = row.problem == nil ? [] : headings.map { _ in "" }
        try file?.write(CSVCells.row([reason] + indent + row.cells))
    }

    /// What `add` wrote, as it was read before: without the reason, and torn if it still is.
    static func rejected(_ row: CSVReader.Row, below columns: Int) -> CSVReader.Row {
        guard row.problem == nil else { return row }
        let cells = Array(row.cells.dropFirst())
        guard cells.count > columns, cells[..<columns].allSatisfy(\.isEmpty) else {
            return CSVReader.Row(line: row.line, cells: cells)
        }
        let text = cells[columns...].joined(separator: " ")
        return CSVCells.plain(text).isEmpty
            ? CSVReader.Row(line: row.line, cells: [])
            : .torn(text, line: row.line, quote: row.line)
    }

    /// Ends the file. Returns its path; nil when nothing was rejected.
    func finish() throws -> String? {
        guard let file else { return nil }
        if let same = try earlier.first(where: file.isLike) { return same }
        try file.finish()
        return path
    }

    /// The names up to the first one that is free: somebody may be correcting what an earlier import
    /// rejected, which is not written over.
    private static func names(beside path: String) -> [String] {
        let path = original(path)
        var names: [String] = []
        for number in 1...1000 {
            names.append(path + ".rejected\(number == 1 ? "" : "-\(number)").csv")
            if access(names[number - 1], F_OK) != 0 { break }
        }
        return names
    }

    /// Whether a file is called like one of rejected rows.
    static func isOne(_ path: String) -> Bool { original(path) != path }

    /// Of a file of rejected rows, the list that they were in first.
    private static func original(_ path: String) -> String {
        path.replacing(/(\.rejected(-\d+)?\.csv)+$/, with: "")
    }
}
