import Notebook
import Store

/// A file of rows below headings, and how it is read.
struct CSVTable {
    let source: SourceFile
    let headings: [String]
    private(set) var mapping: ColumnMapping
    private let encoding: TextEncoding
    private let separator: UInt8
    /// Whether an import wrote the file, with its reasons before the columns of the list.
    private let hasReasons: Bool

    /// More than any program writes.
    private static let mostHeadingBytes = 100_000

    /// Throws also `InterchangeError.headingsTooLong`, before anything is guessed of what would take long.
    init(_ source: SourceFile, _ wishes: ColumnMapping.Wishes) throws {
        self.source = source
        let start = try source.chunk(at: 0, upTo: Self.mostHeadingBytes)
        guard start.count < Self.mostHeadingBytes || start.contains(where: Self.endsLine) else {
            throw InterchangeError.headingsTooLong(path: source.name)
        }
        encoding = try wishes.encoding ?? TextEncoding.guess(source)
        separator = try wishes.separator ?? Separator.guess(source, encoding)
        var reader = CSVReader(TextSource(source, encoding), separator: separator)
        let found = try Self.headings(&reader)
        hasReasons =
            RejectedRows.isOne(source.name)
            && found.first.map { RejectedRows.reasons.contains($0) && wishes.columns[$0] == nil }
                ?? false
        headings = hasReasons ? Array(found.dropFirst()) : found
        guard !headings.isEmpty else { throw InterchangeError.empty(path: source.name) }
        mapping = try ColumnMapping(headings, wishes, encoding: encoding, separator: separator)
        if mapping.dates == nil { try guessDates() }
    }

    private static func endsLine(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    /// Throws `InterchangeError.noHeadings` when no column holds names.
    func checkHasNames() throws {
        guard !mapping.hasName else { return }
        throw InterchangeError.noHeadings(path: source.name, seen: headings.map(\.cut))
    }

    /// The rows below the headings, but for empty ones.
    func forEachRow(_ body: (CSVReader.Row) throws -> Void) throws {
        var reader = CSVReader(TextSource(source, encoding), separator: separator)
        _ = try Self.headings(&reader)
        while let row = try reader.next() {
            let row = hasReasons ? RejectedRows.rejected(row, below: headings.count) : row
            if !row.isEmpty { try body(row) }
        }
    }

    /// The first row that is not empty, after what a spreadsheet program puts before it.
    private static func headings(_ reader: inout CSVReader) throws -> [String] {
        while let row = try reader.next() {
            guard row.problem == nil else { return row.cells }
            if row.isEmpty || Separator.isDeclaration(row.cells) { continue }
            return row.cells.map(CSVCells.plain)
        }
        return []
    }

    /// The order of dates in figures: the one that one of them can only be in, if none can only be in the
    /// other; where each can be in both, the reader's. What was rejected of a list is a part of it, which
    /// may be in both where the list is not.
    private mutating func guessDates() throws {
        let days = mapping.held.enumerated().compactMap { index, column in
            guard case .field(let field)? = column, field.type == .day || field == Person.birthday
            else { return nil as (index: Int, isBirthday: Bool)? }
            return (index, field == Person.birthday)
        }
        guard !days.isEmpty else { return }
        var orders: Set<DateOrder> = []
        var ambiguous: String?
        try forEachRow { row in
            for (index, isBirthday) in days where index < row.cells.count {
                let cell = CSVCells.plain(row.cells[index])
                let text = isBirthday ? Birthday.withYear(cell) : cell
                if let order = DateOrder.only(in: text) { orders.insert(order) }
                if ambiguous == nil, DateOrder.isAmbiguous(text) { ambiguous = cell }
            }
        }
        if orders.count == 1 {
            mapping.dates = orders.first
        } else if orders.isEmpty, !hasReasons, let ambiguous, let usual = DateOrder.readers {
            mapping.dates = usual
            mapping.presumed = ambiguous
        }
    }
}
