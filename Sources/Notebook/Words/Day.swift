package import Wording

/// A day people mean, as days since 1970-01-01 in the proleptic Gregorian calendar.
package struct Day: Hashable, Comparable, Sendable {
    package let number: Int64

    /// A day outside the years 1 to 9999, which only a program that is not ours can have written, is
    /// read as the nearest one inside.
    package init(number: Int64) {
        self.number = min(max(number, -719_162), 2_932_896)
    }

    /// A day of the calendar; nil for one that does not exist.
    package init?(year: Int64, month: Int64, day: Int64) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        self.init(number: Self.days(year, month, day))
        guard (year, month, day) == civil else { return nil }
    }

    /// Reads `2026-11-20`; nil for anything else, and for a day that does not exist.
    package init?(iso text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }),
            let year = Int64(parts[0]), let month = Int64(parts[1]), let day = Int64(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    package static func < (a: Day, b: Day) -> Bool { a.number < b.number }

    package static func + (day: Day, days: Int64) -> Day {
        Day(number: day.number.addingReportingOverflow(days).partialValue)
    }

    /// Days from one to the other.
    package static func - (a: Day, b: Day) -> Int64 { a.number - b.number }

    /// Monday is 0.
    package var weekday: Int { Int(((number + 3) % 7 + 7) % 7) }

    package var civil: (year: Int64, month: Int64, day: Int64) {
        // Days to civil date, after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}

extension Day: CustomStringConvertible {
    /// `2026-11-20`
    package var description: String {
        let (year, month, day) = civil
        return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    package static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]

    package static let weekdayNames = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]

    /// `Fri 20 Nov`, with the year when it is not that of `today`.
    package func short(today: Day?) -> String {
        "\(Self.abbreviation(of: Self.weekdayNames[weekday])) \(inMonth(today: today))"
    }

    /// `Fri 20 Nov 2026`
    fileprivate var whole: String { short(today: nil) }

    /// `20 Nov`, with the year when it is not that of `today`.
    package func inMonth(today: Day?) -> String {
        let (year, month, day) = civil
        let text = "\(day) \(Self.abbreviation(of: Self.monthNames[Int(month) - 1]))"
        return year == today?.civil.year ? text : text + " \(year)"
    }

    /// "Fri", and "vie" for who reads Spanish.
    private static func abbreviation(of name: String) -> Phrase {
        Phrase(word: String(name.prefix(3)))
    }
}

extension Phrase.StringInterpolation {
    /// A day that is said: to people like `Fri 20 Nov 2026`, to scripts like `2026-11-20`.
    package mutating func appendInterpolation(_ day: Day) {
        appendInterpolation(Phrase.verbatim(day.whole, forScripts: day.description))
    }

    /// The same, to people without the year when it is that of `today`.
    package mutating func appendInterpolation(_ day: Day, today: Day) {
        appendInterpolation(
            Phrase.verbatim(day.short(today: today), forScripts: day.description))
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isWholeNumber }
}
