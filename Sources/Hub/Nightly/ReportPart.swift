import Notebook
import Wording

/// A heading of the night's report and the lines under it.
struct ReportPart {
    let heading: Phrase
    let lines: [String]

    /// A volunteer reads them all, or none.
    static let mostLines = 50
    private static let mostOfLine = 1000

    /// People write the lines: none of them may begin another, or command the terminal.
    init(_ heading: Phrase, _ lines: [Phrase]) {
        self.heading = heading
        self.lines = lines.map { Self.plain($0.text.cut(to: Self.mostOfLine)) }
    }

    static func plain(_ line: String) -> String {
        line.unicodeScalars.reduce(into: "") { plain, scalar in
            let isText = !hidden.contains(scalar.properties.generalCategory)
            plain.unicodeScalars.append(isText ? scalar : " ")
        }
    }

    private static let hidden: Set<Unicode.GeneralCategory> = [
        .control, .lineSeparator, .paragraphSeparator,
    ]
}

extension Array {
    /// A line for each of the first, and one that says how many more there are and where they are
    /// seen. `total` counts those that are not even in the array.
    func inReport(
        of total: Int? = nil, more: Phrase, _ line: (Element) throws -> Phrase
    ) rethrows -> [Phrase] {
        let lines = try prefix(ReportPart.mostLines).map(line)
        let rest = (total ?? count) - lines.count
        return rest > 0 ? lines + ["… and \(Count.grouped(rest)) more. \(more)"] : lines
    }
}
