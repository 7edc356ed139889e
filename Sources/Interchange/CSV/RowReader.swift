import Foundation
import Notebook
import Replication
import Store
import Wording

/// Reads what a row of a list says of a person.
struct RowReader {
    private let columns: [Column?]
    private let systems: [String]
    private let dates: DateOrder?
    private let today: Day
    private let saysWhose: Bool

    init(_ table: CSVTable, today: Day) {
        columns = table.mapping.held
        systems = table.headings.map(ColumnGuess.key)
        dates = table.mapping.dates
        self.today = today
        saysWhose = columns.contains {
            if case .field(Person.organizer)? = $0 { true } else { false }
        }
    }

    /// Throws `LineProblem` for a row that nobody can take in.
    func person(_ row: CSVReader.Row) throws -> PersonRow {
        if let problem = row.problem { throw LineProblem(problem) }
        let extra = row.cells.dropFirst(columns.count)
        guard extra.allSatisfy({ CSVCells.plain($0).isEmpty }) else {
            throw LineProblem(
                """
                It has \(row.cells.count) cells below \(columns.count) headings: probably a cell with \
                a separator in it that is not in quotation marks.
                """)
        }
        var person = PersonRow(line: row.line)
        person.saysWhose = saysWhose
        var pieces = Pieces()
        for (index, cell) in zip(columns.indices, row.cells) {
            let text = CSVCells.plain(cell)
            guard let column = columns[index], !text.isEmpty else { continue }
            switch column {
            case .field(let field): try put(field, text, in: &person)
            case .turf: person.turf = person.turf ?? text
            case .sourceID:
                person.source = person.source ?? .init(system: systems[index], text: text)
            case .part(let part): pieces.add(part, text)
            }
        }
        try pieces.finish(&person)
        try person.turnNameAround()
        return person
    }

    private func put(_ field: FieldSchema, _ text: String, in person: inout PersonRow) throws {
        switch field.type {
        case .text where field == Person.birthday:
            if dates == nil, Birthday.isAmbiguous(text) {
                throw LineProblem(Self.askForOrder(text, field))
            }
            try person.put(Birthday(written: text, dates, today: today), written: text)
        case .text where !field.choices.isEmpty:
            guard let choice = Notebook.choice(text, of: field.choices) else {
                return person.remarks.append(
                    "\"\(text.cut)\" is no \(field.words) that the notebook knows, and was left out."
                )
            }
            try person.put(field, .text(choice))
        case .text:
            let isSeveral = field.isSet || text.contains(CSVCells.googles)
            let texts = isSeveral ? CSVCells.elements(text) : [text]
            for text in texts { try person.put(field, .text(Self.tidy(text, field))) }
        case .int:
            guard let number = Int64(text) else {
                throw LineProblem("\"\(text.cut)\" is no whole number for \(field.words).")
            }
            try person.put(field, .int(number))
        case .day:
            try person.put(field, .day(day(text, field).number))
        case .id:
            person.references.append((field, text))
        }
    }

    private func day(_ text: String, _ field: FieldSchema) throws -> Day {
        if let day = DateOrder.day(text, dates, today: today) {
            return day
        }
        throw LineProblem(
            DateOrder.isAmbiguous(text)
                ? Self.askForOrder(text, field)
                : "\"\(text.cut)\" is no day for \(field.words). Write it like 2026-11-20.")
    }

    private static func askForOrder(_ text: String, _ field: FieldSchema) -> Phrase {
        """
        "\(text.cut)" is no day for \(field.words). Say in which order days and months are: --dates dmy or \
        --dates mdy.
        """
    }

    /// A name has no line breaks and no two spaces, or nobody would find it.
    private static func tidy(_ text: String, _ field: FieldSchema) -> String {
        let names = [Person.name, Person.given, Person.family].map(\.number)
        guard names.contains(field.number) else { return text }
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension PersonRow {
    /// "O'Brien, Mary", as lists are sorted: her name is Mary O'Brien. "Ruiz, Jr." has no more than one.
    fileprivate mutating func turnNameAround() throws {
        let parts = name.split(separator: ",", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        let isOwn = source.map { RecordID($0.text) != nil } ?? false
        guard parts.count == 2, parts.allSatisfy(Self.isPartOfName), !isOwn,
            text(Person.given) == nil, text(Person.family) == nil,
            !Self.suffixes.contains(Folding.letters(parts[1]))
        else { return }
        values.removeAll { $0.field == Person.name }
        try put(Person.name, "\(parts[1]) \(parts[0])")
        try put(Person.given, parts[1])
        try put(Person.family, parts[0])
    }

    /// Letters, and what stands between them in a name.
    private static func isPartOfName(_ text: String) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isLetter || " -.'\u{2019}".contains($0) }
    }

    private static let suffixes: Set = [
        "jr", "sr", "ii", "iii", "iv", "md", "phd", "dds", "esq", "rn",
    ]
}

/// Pieces of a name and an address, put together when all are there.
private struct Pieces {
    private var texts: [Column.Part: String] = [:]

    mutating func add(_ part: Column.Part, _ text: String) {
        if texts[part] == nil { texts[part] = text }
    }

    func finish(_ person: inout PersonRow) throws {
        if let second = texts[.secondFamily] {
            let family = [person.text(Person.family), second].compactMap { $0 }
            person.values.removeAll { $0.field.number == Person.family.number }
            try person.put(Person.family, family.joined(separator: " "))
        }
        let name = [
            person.text(Person.given), texts[.middle], person.text(Person.family), texts[.suffix],
        ].compactMap { $0 }
        if name.count > 0 { try person.put(Person.name, name.joined(separator: " ")) }
        try finishAddress(&person)
    }

    /// A column of whole addresses may have the street alone, or all that other columns have, too.
    private func finishAddress(_ person: inout PersonRow) throws {
        let place = [texts[.state], texts[.postcode]].compactMap { $0 }.joined(separator: " ")
        let rest = [texts[.street2], texts[.city], place.isEmpty ? nil : place, texts[.country]]
            .compactMap { $0 }
        if let whole = person.text(Person.address), isWithin(whole, texts[.street]) {
            let missing = rest.filter { !isWithin(whole, $0) }
            person.values.removeAll { $0.field.number == Person.address.number }
            try person.put(Person.address, ([whole] + missing).joined(separator: ", "))
        } else if texts[.street] != nil || texts[.city] != nil || texts[.postcode] != nil {
            let all = [texts[.street]].compactMap { $0 } + rest
            try person.put(Person.address, all.joined(separator: ", "))
        }
    }

    /// Word by word: there is no "IL" in "Hill St".
    private func isWithin(_ whole: String, _ part: String?) -> Bool {
        part.map { " \(Folding.name(whole)) ".contains(" \(Folding.name($0)) ") } ?? true
    }
}
