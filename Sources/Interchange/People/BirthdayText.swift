import Notebook
import Wording

/// Birthdays as lists and cards write them.
extension Birthday {
    /// `1956-05-24`, `19560524`, `24.5.56`, `5/24`, `--0524`, `24 de mayo`. Nil for what is no day, and where the
    /// order is needed and not known.
    init?(written text: String, _ order: DateOrder?, today: Day) {
        if let birthday = Birthday(text) ?? Birthday(inFigures: text) {
            self = birthday
            return
        }
        if text.contains(where: \.isLetter) {
            guard let birthday = try? Birthday(said: text, today: today) else { return nil }
            self = birthday
            return
        }
        guard let day = DateOrder.day(Self.withYear(text), order, today: today) else { return nil }
        let (year, month, number) = day.civil
        // Nobody is born yet to come.
        let past = day > today && !text.contains(/\d{4}/) ? year - 100 : year
        self.init(year: Self.lacksYear(text) ? nil : past, month: month, day: number)
    }

    /// Whether somebody has to say in which order a birthday is.
    static func isAmbiguous(_ text: String) -> Bool {
        Birthday(text) == nil && DateOrder.isAmbiguous(withYear(text))
    }

    private static func lacksYear(_ text: String) -> Bool {
        text.count { "/.-".contains($0) } == 1
    }

    /// A day and a month, in a year that has all days.
    static func withYear(_ text: String) -> String {
        let sign = text.first { "/.-".contains($0) } ?? "-"
        return lacksYear(text) ? "\(text)\(sign)2000" : text
    }

    /// Without anything between: `19560524`, and `--0524` of RFC 6350, section 4.3.1.
    private init?(inFigures text: String) {
        let figures = text.filter { $0 != "-" }
        guard figures.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        if text.hasPrefix("--"), figures.count == 4 {
            self.init("\(figures.prefix(2))-\(figures.suffix(2))")
        } else if text.count == 8, figures.count == 8 {
            self.init("\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))")
        } else {
            return nil
        }
    }

    /// As a card's line names it; version 3.0 knows no day without a year, and phones write it so.
    func line(_ version: VCardVersion) -> String {
        "BDAY:" + (year == nil ? "--" : "")
            + (version == .three ? description : description.filter { $0 != "-" })
    }
}

extension PersonRow {
    /// What is no day is left out, and said: for it nobody is kept out.
    mutating func put(_ birthday: Birthday?, written text: String) throws {
        guard let birthday else {
            return remarks.append("The birthday \"\(text.cut)\" is no day, and was left out.")
        }
        try put(Person.birthday, birthday.description)
    }

    mutating func putBirthday(_ line: ContentLine, today: Day) throws {
        let text = CSVCells.plain(line.text)
        guard !text.isEmpty else { return }
        let day = text.prefix { $0 != "T" }
        let birthday = Birthday(written: String(day), nil, today: today)
        // Phones that must write a year mark it as none.
        let isMarked = line.parameter("X-APPLE-OMIT-YEAR") == birthday?.year.map { "\($0)" }
        let known = birthday.flatMap {
            isMarked ? Birthday(month: $0.month, day: $0.day) : $0
        }
        try put(known, written: text)
    }
}
