import Notebook
import Replication
import Terminal
import Wording

extension ReportValue {
    var isShare: Bool { if case .ratio = self { true } else { false } }

    /// As a page has it: `83 %`, `0.42`, `Fri 20 Nov`.
    func words(today: Day) -> String {
        switch self {
        case .none: ""
        case .text(let text): text
        case .said(let phrase): Self.apart(phrase.text)
        case .count(let count): "\(count)"
        case .number(let number): Self.rounded(number)
        case .ratio(let share): "\(Int((share * 100).rounded()))%"
        case .day(let day): day.short(today: today)
        case .week(let week): Wording.said("of \(week.monday.inMonth(today: today))")
        case .id(let id): id.shortened
        case .trend(let numbers): Bars.sparkline(numbers)
        case .few: Self.fewPeople
        }
    }

    /// As JSON has it. A group that is kept back is a text where others are numbers: it is neither
    /// nobody nor unknown.
    var tree: Tree {
        switch self {
        case .none: .null
        case .text(let text): .text(text)
        case .said(let phrase): .text(phrase.forScripts)
        case .count(let count): .number(Int64(count))
        case .number(let number), .ratio(let number): .decimal(number)
        case .day(let day): .text(day.description)
        case .week(let week): .text(week.description)
        case .id(let id): .text(id.description)
        case .trend(let numbers): .list(numbers.map { .number(Int64($0)) })
        case .few: .text(Self.fewPeople)
        }
    }

    /// As a spreadsheet takes it.
    var cell: CSV.Cell {
        switch self {
        case .none: .plain("")
        case .text(let text): .text(text)
        case .said(let phrase): .text(phrase.forScripts)
        case .count(let count): .plain("\(count)")
        case .number(let number), .ratio(let number): .plain("\(number)")
        case .day(let day): .plain(day.description)
        case .week(let week): .plain(week.description)
        case .id(let id): .plain(id.description)
        case .trend(let numbers): .plain(numbers.map(String.init).joined(separator: " "))
        case .few: .plain(Self.fewPeople)
        }
    }

    /// What a bar is as long as.
    var length: Double? {
        switch self {
        case .count(let count): Double(count)
        case .number(let number), .ratio(let number): number
        default: nil
        }
    }

    /// Whether it stands on the right of its column.
    var isNumber: Bool {
        switch self {
        case .count, .number, .ratio, .few: true
        default: false
        }
    }

    /// A word that programs write together, "noShow", as people write it.
    private static func apart(_ word: String) -> String {
        word.wholeMatch(of: /[a-z]+([A-Z][a-z]+)+/) == nil ? word : FieldWords.choice(word).text
    }

    private static let fewPeople = "<\(SmallCells.least)"

    /// Two decimals; more where nothing would be left of a number.
    private static func rounded(_ number: Double) -> String {
        let places = number != 0 && abs(number) < 0.005 ? 4 : 2
        let scale = places == 4 ? 10_000.0 : 100.0
        let whole = Int((abs(number) * scale).rounded())
        let digits = "\(whole % Int(scale))"
        let zeros = String(repeating: "0", count: places - digits.count)
        return "\(number < 0 ? "-" : "")\(whole / Int(scale)).\(zeros)\(digits)"
    }
}
