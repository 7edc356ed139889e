import Notebook

/// Days in the words of somebody who plans the week.
enum DateText {
    /// `Tuesday 24 November`
    static func whole(_ day: Day) -> String {
        let (_, month, number) = day.civil
        return "\(Day.weekdayNames[day.weekday]) \(number) \(Day.monthNames[Int(month) - 1])"
    }

    /// `Last met 3 weeks ago, Fri 30 Oct`; nil for somebody who was never met, as their state says.
    static func met(_ day: Day?, _ today: Day) -> String? {
        guard let day else { return nil }
        switch today - day {
        case ...0: return "Met today"
        case 1: return "Met yesterday"
        case let days: return "Last met \(span(days)) ago, \(day.short(today: today))"
        }
    }

    /// `by Fri 27 Nov`, `4 days late, Fri 20 Nov`
    static func due(_ day: Day, _ today: Day) -> String {
        switch day - today {
        case 0: "due today"
        case 1: "by tomorrow"
        case 1...: "by \(day.short(today: today))"
        case let days: "\(span(-days)) late, \(day.short(today: today))"
        }
    }

    /// `5 days`, `3 weeks`, `4 months`, `2 years`
    private static func span(_ days: Int64) -> String {
        switch days {
        case ..<14: count(days, "day")
        case ..<60: count(days / 7, "week")
        case ..<730: count(days / 30, "month")
        default: count(days / 365, "year")
        }
    }

    private static func count(_ number: Int64, _ unit: String) -> String {
        number == 1 ? "1 \(unit)" : "\(number) \(unit)s"
    }
}
