/// Days as people say them: `2026-11-20`, `today`, `last friday`, `in 2 weeks`, `nov 20`.
package enum DateWords {
    /// Which way a day without a year, or a bare weekday, looks.
    package enum Direction: Sendable {
        case past
        case coming
    }

    /// Reads a day. Throws `NotebookError.notADay` for what is none, or does not exist.
    package static func day(_ text: String, today: Day, looking direction: Direction) throws -> Day
    {
        let words = text.lowercased().split { $0 == " " || $0 == "," }.map(String.init)
        let found =
            Day(iso: text) ?? relative(words, today) ?? weekday(words, today, direction)
            ?? monthAndDay(words, today, direction)
        guard let found else { throw NotebookError.notADay(text) }
        return found
    }

    private static func relative(_ words: [String], _ today: Day) -> Day? {
        switch words.count {
        case 1:
            return ["today": 0, "yesterday": -1, "tomorrow": 1][words[0]].map { today + $0 }
        case 3 where words[0] == "in":
            return length(words[1], words[2]).map { today + $0 }
        case 3 where words[2] == "ago":
            return length(words[0], words[1]).map { today + -$0 }
        case 2 where words[1] == "week":
            return ["last": -7, "next": 7][words[0]].map { today + $0 }
        default:
            return nil
        }
    }

    private static func length(_ count: String, _ unit: String) -> Int64? {
        let number = ["a": 1, "one": 1, "two": 2, "three": 3, "four": 4][count] ?? Int64(count)
        guard let number, (0...10_000).contains(number) else { return nil }
        let singular = unit.hasSuffix("s") ? String(unit.dropLast()) : unit
        return ["day": 1, "week": 7, "month": 30][singular].map { number * $0 }
    }

    /// `friday` looks the way of the option; `last` and `next` say it. Never today itself, but for a
    /// bare weekday.
    private static func weekday(_ words: [String], _ today: Day, _ direction: Direction) -> Day? {
        guard let name = words.last, (1...2).contains(words.count),
            let wanted = index(of: name, in: Day.weekdayNames, atLeast: 3)
        else { return nil }
        let ahead = Int64((wanted - today.weekday + 7) % 7)
        switch words.count == 2 ? words[0] : "" {
        case "last": return today + (ahead == 0 ? -7 : ahead - 7)
        case "next": return today + (ahead == 0 ? 7 : ahead)
        case "this": return today + ahead
        case "": return today + (direction == .coming || ahead == 0 ? ahead : ahead - 7)
        default: return nil
        }
    }

    /// `nov 20`, `20 nov`, `november 20 2025`.
    private static func monthAndDay(
        _ words: [String], _ today: Day, _ direction: Direction
    ) -> Day? {
        guard (2...3).contains(words.count) else { return nil }
        let isMonthFirst = Int64(words[0]) == nil
        guard let month = index(of: words[isMonthFirst ? 0 : 1], in: Day.monthNames, atLeast: 3),
            let day = Int64(words[isMonthFirst ? 1 : 0])
        else { return nil }
        if words.count == 3 {
            return Int64(words[2]).flatMap { Day(year: $0, month: Int64(month + 1), day: day) }
        }
        let year = today.civil.year
        let candidates = (year - 8...year + 8).compactMap {
            Day(year: $0, month: Int64(month + 1), day: day)
        }
        return direction == .past
            ? candidates.last { $0 <= today } : candidates.first { $0 >= today }
    }

    private static func index(of word: String, in names: [String], atLeast: Int) -> Int? {
        guard word.count >= atLeast else { return nil }
        return names.firstIndex { $0.lowercased().hasPrefix(word) }
    }
}
