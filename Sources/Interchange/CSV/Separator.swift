/// What stands between the cells of a file.
enum Separator {
    static let names: [(name: String, byte: UInt8)] = [
        ("comma", UInt8(ascii: ",")), ("semicolon", UInt8(ascii: ";")), ("tab", 0x09),
        ("bar", UInt8(ascii: "|")),
    ]

    static func named(_ name: String) -> UInt8? { names.first { $0.name == name }?.byte }

    /// The one that makes the most cells of the first rows, all of the same number if possible.
    static func guess(_ source: SourceFile, _ encoding: TextEncoding) throws -> UInt8 {
        var best = (score: 0, byte: names[0].byte)
        for (_, byte) in names {
            var reader = CSVReader(TextSource(source, encoding), separator: byte)
            var first = try reader.next()
            while first?.isEmpty ?? false { first = try reader.next() }
            guard let heading = first, heading.problem == nil else { continue }
            if isDeclaration(heading.cells) { return byte }
            var regular = 0
            for _ in 0..<5 {
                guard let row = try reader.next() else { break }
                if row.cells.count == heading.cells.count { regular += 1 }
            }
            let score = heading.cells.count == 1 ? 0 : heading.cells.count * 6 + regular
            if score > best.score { best = (score, byte) }
        }
        return best.byte
    }

    /// `sep=;` as a spreadsheet program puts before the headings.
    static func isDeclaration(_ cells: [String]) -> Bool {
        cells.count == 2 && cells[0].lowercased() == "sep=" && cells[1].isEmpty
    }
}
