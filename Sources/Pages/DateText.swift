import Notebook
import Wording

/// Days in the words of somebody who plans the week.
enum DateText {
    /// `Tuesday 24 November`
    static func whole(_ day: Day) -> Phrase {
        let (_, month, number) = day.civil
        let weekday = Phrase(word: Day.weekdayNames[day.weekday])
        return switch month {
        case 1: "\(weekday) \(number) January"
        case 2: "\(weekday) \(number) February"
        case 3: "\(weekday) \(number) March"
        case 4: "\(weekday) \(number) April"
        case 5: "\(weekday) \(number) May"
        case 6: "\(weekday) \(number) June"
        case 7: "\(weekday) \(number) July"
        case 8: "\(weekday) \(number) August"
        case 9: "\(weekday) \(number) September"
        case 10: "\(weekday) \(number) October"
        case 11: "\(weekday) \(number) November"
        default: "\(weekday) \(number) December"
        }
    }

    /// `Last met 3 weeks ago, Fri 30 Oct`; nil for somebody who was never met, as their state says.
    static func met(_ day: Day?, _ today: Day) -> Phrase? {
        guard let day else { return nil }
        switch today - day {
        case ...0: return "Met today"
        case 1: return "Met yesterday"
        case let days: return "Last met \(span(days)) ago, \(day.short(today: today))"
        }
    }

    /// `by Fri 27 Nov`, `4 days late, Fri 20 Nov`
    static func due(_ day: Day, _ today: Day) -> Phrase {
        switch day - today {
        case 0: "due today"
        case 1: "by tomorrow"
        case 1...: "by \(day.short(today: today))"
        case let days: "\(span(-days)) late, \(day.short(today: today))"
        }
    }

    /// `5 days`, `3 weeks`, `4 months`, `2 years`
    private static func span(_ days: Int64) -> Phrase {
        switch days {
        case ..<14: counted(Int(days), "day", "days")
        case ..<60: counted(Int(days / 7), "week", "weeks")
        case ..<730: counted(Int(days / 30), "month", "months")
        default: counted(Int(days / 365), "year", "years")
        }
    }
}
