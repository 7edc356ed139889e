/// An ISO 8601 week: from Monday to Sunday, in the year to which its Thursday belongs.
package struct Week: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let monday: Day

    package init(of day: Day) {
        monday = day + Int64(-day.weekday)
    }

    package static func < (a: Week, b: Week) -> Bool { a.monday < b.monday }

    package static func + (week: Week, weeks: Int64) -> Week { Week(of: week.monday + 7 * weeks) }

    /// Weeks from one to the other.
    package static func - (a: Week, b: Week) -> Int { Int((a.monday - b.monday) / 7) }

    package var sunday: Day { monday + 6 }

    /// `2026-W09`
    package var description: String {
        let thursday = monday + 3
        let year = thursday.civil.year
        let newYear = Day(year: year, month: 1, day: 1) ?? thursday
        let number = (thursday - newYear) / 7 + 1
        return "\(year)-W\(number < 10 ? "0" : "")\(number)"
    }

    /// The weeks in which these days are.
    package static func all(in days: ClosedRange<Day>) -> [Week] {
        let first = Week(of: days.lowerBound)
        return (0...(Week(of: days.upperBound) - first)).map { first + Int64($0) }
    }
}
