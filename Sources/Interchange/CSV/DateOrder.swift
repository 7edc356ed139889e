package import Notebook

/// What a date in figures means, in a file that somebody made elsewhere.
extension DateOrder {
    /// The order that a date can only be in; nil when it can be in both, or is written with the year
    /// first.
    package static func only(in text: String) -> DateOrder? {
        guard let parts = parts(text), !isYearFirst(text) else { return nil }
        if parts[0] > 12 && parts[1] <= 12 { return .dayFirst }
        return parts[1] > 12 && parts[0] <= 12 ? .monthFirst : nil
    }

    /// Whether somebody has to say in which order a date is.
    package static func isAmbiguous(_ text: String) -> Bool {
        guard let parts = parts(text), !isYearFirst(text) else { return false }
        return parts[0] <= 12 && parts[1] <= 12 && parts[0] != parts[1]
    }

    /// The day that a text means; nil for none, and where the order is needed and not known.
    package static func day(_ text: String, _ order: DateOrder?, today: Day) -> Day? {
        if let day = Day(iso: text) { return day }
        guard let parts = parts(text) else { return nil }
        if isYearFirst(text) { return Day(year: parts[0], month: parts[1], day: parts[2]) }
        guard let order = only(in: text) ?? order ?? (isAmbiguous(text) ? nil : .dayFirst) else {
            return nil
        }
        let (day, month) = order == .dayFirst ? (parts[0], parts[1]) : (parts[1], parts[0])
        return Day(year: fullYear(parts[2], today), month: month, day: day)
    }

    /// Two digits mean the year of that ending which is at most ten years ahead.
    private static func fullYear(_ year: Int64, _ today: Day) -> Int64 {
        guard year < 100 else { return year }
        let century = today.civil.year / 100 * 100
        let candidate = century + year
        return candidate > today.civil.year + 10 ? candidate - 100 : candidate
    }

    private static func isYearFirst(_ text: String) -> Bool {
        text.prefix { $0.isASCII && $0.isNumber }.count == 4
    }

    /// Three numbers with the same sign between; a time after them is left out.
    private static func parts(_ text: String) -> [Int64]? {
        let date = text.split { $0 == " " || $0 == "T" }.first ?? ""
        guard let sign = date.first(where: { "/.-".contains($0) }) else { return nil }
        let parts = date.split(separator: sign, omittingEmptySubsequences: false)
        let numbers = parts.compactMap { $0.count <= 4 ? Int64($0) : nil }
        return parts.count == 3 && numbers.count == 3 && numbers.allSatisfy { $0 >= 0 }
            ? numbers : nil
    }
}
