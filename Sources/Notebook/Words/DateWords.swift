/// Days as people say them: `2026-11-20`, `today`, `last friday`, `in 2 weeks`, `nov 20`; and in
/// Spanish: `hoy`, `el viernes pasado`, `en 2 semanas`, `20 de nov`, `1º de mayo`. Both are read whatever
/// the language of the messages is; that and the country decide which part of `5/6/2026` is the month.
package enum DateWords {
    /// Which way a day without a year, or a bare weekday, looks.
    package enum Direction: Sendable {
        case past
        case coming
        /// What is planned or was held: whichever is nearer, and of two as near the one to come.
        case nearest

        /// The day of a month that is nearest, looking this way.
        func nearest(month: Int64, day: Int64, to today: Day) -> Day? {
            let year = today.civil.year
            let candidates = (year - 8...year + 8).compactMap {
                Day(year: $0, month: month, day: day)
            }
            let before = candidates.last { $0 <= today }
            let after = candidates.first { $0 >= today }
            switch self {
            case .past: return before
            case .coming: return after
            case .nearest:
                guard let before, let after else { return before ?? after }
                return after - today <= today - before ? after : before
            }
        }
    }

    /// Reads a day. Throws `NotebookError.notADay` for what is none, or does not exist, and
    /// `.ambiguousDay` for figures of which an English reader may mean either.
    package static func day(_ text: String, today: Day, looking direction: Direction) throws -> Day
    {
        if let day = Day(iso: text) { return day }
        let words = text.lowercased().split { " ,-".contains($0) }.map { word in
            word.allSatisfy(\.isLetter) ? Folding.name(String(word)) : String(word)
        }
        if let figures = DateFigures(text) {
            return try figures.day(text, today: today, looking: direction)
        }
        let found = [DateVocabulary.english, .spanish].lazy.compactMap { vocabulary in
            DateReader(vocabulary: vocabulary, today: today, direction: direction).day(words)
        }.first
        guard let found else { throw NotebookError.notADay(text) }
        return found
    }
}

/// Reads the words for a day in one language.
private struct DateReader {
    let vocabulary: DateVocabulary
    let today: Day
    let direction: DateWords.Direction

    func day(_ words: [String]) -> Day? {
        let words = words.filter { !vocabulary.fillers.contains($0) }
        return relative(words) ?? weekday(words) ?? monthAndDay(words) ?? endOfMonth(words)
    }

    /// `fin de mes`, `end of the month`: the last day of this one.
    private func endOfMonth(_ words: [String]) -> Day? {
        guard vocabulary.endOfMonth.contains(words.joined(separator: " ")) else { return nil }
        let (year, month, _) = today.civil
        return Day(year: month == 12 ? year + 1 : year, month: month % 12 + 1, day: 1).map {
            $0 + -1
        }
    }

    private func relative(_ words: [String]) -> Day? {
        if let days = vocabulary.days[words.joined(separator: " ")] { return today + days }
        guard words.count == 3 else { return nil }
        if vocabulary.ahead.contains(words[0]) {
            return length(words[1], words[2]).map { today + $0 }
        }
        if words[2] == vocabulary.agoAfter { return length(words[0], words[1]).map { today + -$0 } }
        if words[0] == vocabulary.agoBefore {
            return length(words[1], words[2]).map { today + -$0 }
        }
        return nil
    }

    private func length(_ count: String, _ unit: String) -> Int64? {
        guard let number = vocabulary.numbers[count] ?? Int64(count),
            (0...10_000).contains(number), let days = vocabulary.units[unit]
        else { return nil }
        return number * days
    }

    /// `friday` looks the way of the option; `last` and `next` say it. Never today itself, but for a
    /// bare weekday.
    private func weekday(_ words: [String]) -> Day? {
        guard (1...4).contains(words.count),
            let place = words.firstIndex(where: { index(of: $0, in: vocabulary.weekdays) != nil }),
            let wanted = index(of: words[place], in: vocabulary.weekdays)
        else { return nil }
        let ahead = Int64((wanted - today.weekday + 7) % 7)
        guard words.count > 1 else {
            let isToCome =
                switch direction {
                case .coming: true
                case .past: ahead == 0
                case .nearest: ahead < 4
                }
            return today + (isToCome ? ahead : ahead - 7)
        }
        let other = (words[..<place] + words[(place + 1)...]).joined(separator: " ")
        if vocabulary.last.contains(other) { return today + (ahead == 0 ? -7 : ahead - 7) }
        let inNextWeek = today + Int64(7 - today.weekday + wanted)
        if vocabulary.days[other] == 7 { return inNextWeek }
        if vocabulary.next.contains(other) {
            // Who means tomorrow says so.
            return vocabulary.isNextInNextWeek
                ? inNextWeek : today + (ahead < 2 ? ahead + 7 : ahead)
        }
        return vocabulary.this.contains(other) ? today + ahead : nil
    }

    /// `nov 20`, `20 nov`, `november 20 2025`, `20 de noviembre de 2025`.
    private func monthAndDay(_ words: [String]) -> Day? {
        guard (2...3).contains(words.count) else { return nil }
        let isMonthFirst = number(words[0]) == nil
        guard let month = month(words[isMonthFirst ? 0 : 1]),
            let day = number(words[isMonthFirst ? 1 : 0])
        else { return nil }
        if words.count == 3 {
            return Int64(words[2]).flatMap { Day(year: $0, month: Int64(month + 1), day: day) }
        }
        return direction.nearest(month: Int64(month + 1), day: day, to: today)
    }

    /// `20`, `1º`, `1ro`, `21st`, `primero`.
    private func number(_ word: String) -> Int64? {
        if word == vocabulary.first { return 1 }
        let figures = word.prefix { $0.isASCII && $0.isNumber }
        let ending = String(word.dropFirst(figures.count))
        return ending.isEmpty || vocabulary.endings.contains(ending) ? Int64(figures) : nil
    }

    private func month(_ word: String) -> Int? {
        index(of: word, in: vocabulary.months)
            ?? (word.count >= 3
                ? vocabulary.otherMonths.first { $0.key.hasPrefix(word) }?.value : nil)
    }

    /// A name, or its first three letters or more.
    private func index(of word: String, in names: [String]) -> Int? {
        guard word.count >= 3 else { return nil }
        return names.firstIndex { $0.hasPrefix(word) }
    }
}

/// The words of a language for days, folded.
private struct DateVocabulary {
    /// Days from today.
    let days: [String: Int64]
    let numbers: [String: Int64]
    /// How many days a unit has.
    let units: [String: Int64]
    /// "in" 2 weeks
    let ahead: Set<String>
    /// 2 weeks "ago"
    var agoAfter: String?
    /// "hace" 2 semanas
    var agoBefore: String?
    let last: Set<String>
    let next: Set<String>
    /// Whether "next friday" is the Friday of next week; else it is the nearest one, but for tomorrow.
    let isNextInNextWeek: Bool
    let this: Set<String>
    /// Words that say nothing: "el", "de".
    let fillers: Set<String>
    let weekdays: [String]
    let months: [String]
    /// Other spellings of some, by their place.
    var otherMonths: [String: Int] = [:]
    /// What may follow the figures of a day: "21st", "1º".
    let endings: Set<String>
    /// "primero" de mayo
    let first: String
    let endOfMonth: Set<String>

    static let english = DateVocabulary(
        days: [
            "today": 0, "yesterday": -1, "tomorrow": 1, "last week": -7, "next week": 7,
            "of next week": 7,
        ],
        numbers: ["a": 1, "one": 1, "two": 2, "three": 3, "four": 4],
        units: ["day": 1, "days": 1, "week": 7, "weeks": 7, "month": 30, "months": 30],
        ahead: ["in"], agoAfter: "ago", last: ["last"], next: ["next"],
        isNextInNextWeek: true, this: ["this"],
        fillers: [], weekdays: Day.weekdayNames.map { $0.lowercased() },
        months: Day.monthNames.map { $0.lowercased() }, endings: ["st", "nd", "rd", "th"],
        first: "first", endOfMonth: ["end of month", "end of the month", "month end"])

    static let spanish = DateVocabulary(
        days: [
            "hoy": 0, "ayer": -1, "anteayer": -2, "antier": -2, "manana": 1, "pasado manana": 2,
            "semana pasada": -7, "proxima semana": 7, "semana proxima": 7, "semana viene": 7,
        ],
        numbers: ["un": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4],
        units: ["dia": 1, "dias": 1, "semana": 7, "semanas": 7, "mes": 30, "meses": 30],
        ahead: ["en", "dentro"], agoBefore: "hace", last: ["pasado"],
        next: ["proximo", "viene"], isNextInNextWeek: false, this: ["este"],
        fillers: ["el", "la", "de", "del", "que"],
        weekdays: ["lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"],
        months: [
            "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
            "octubre", "noviembre", "diciembre",
        ], otherMonths: ["setiembre": 8], endings: ["º", "°", "o", "ro", "ero", "er"],
        first: "primero", endOfMonth: ["fin mes", "fines mes", "final mes"])
}
