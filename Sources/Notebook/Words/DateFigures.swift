import Wording

/// A day in figures with signs between: `24/05/2026`, `24.5.2026`, `24/5`. Which comes first the reader's
/// language and country say, where the figures do not.
struct DateFigures {
    private let first: Int64
    private let second: Int64
    private let year: Int64?

    /// Nil for anything else.
    init?(_ text: String) {
        guard let sign = text.first(where: { "/.".contains($0) }) else { return nil }
        let parts = text.split(separator: sign, omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
            part.allSatisfy { $0.isASCII && $0.isNumber } ? Int64(part) : nil
        }
        guard (2...3).contains(parts.count), numbers.count == parts.count,
            parts.prefix(2).allSatisfy({ $0.count <= 2 }), parts.count == 2 || parts[2].count == 4
        else { return nil }
        (first, second, year) = (numbers[0], numbers[1], parts.count == 3 ? numbers[2] : nil)
    }

    /// Throws `NotebookError.notADay` for a day that does not exist, and `.ambiguousDay`.
    func day(
        _ text: String, today: Day, looking direction: DateWords.Direction
    ) throws -> Day {
        let (day, month) = try order(of: text) == .dayFirst ? (first, second) : (second, first)
        let found =
            year.map { Day(year: $0, month: month, day: day) }
            ?? direction.nearest(month: month, day: day, to: today)
        guard let found else { throw NotebookError.notADay(text) }
        return found
    }

    private func order(of text: String) throws -> DateOrder {
        if second > 12 { return .monthFirst }
        if first > 12 || first == second { return .dayFirst }
        guard let readers = DateOrder.readers else { throw NotebookError.ambiguousDay(text) }
        return readers
    }
}
