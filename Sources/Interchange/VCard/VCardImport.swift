import Notebook
import Replication
import Store
import Wording

/// Brings in people from cards. Notes and pictures are left out: what is in them was written down
/// for another purpose.
struct VCardImport {
    private let source: SourceFile
    private let run: ImportRun

    init(_ source: SourceFile, _ run: ImportRun) {
        self.source = source
        self.run = run
    }

    func read() throws {
        var entry = try PersonEntry(run)
        var reader = try VCardReader(source)
        while let card = try reader.next() {
            try run.advance(to: card.line)
            do {
                if let problem = card.problem { throw LineProblem(problem) }
                guard try !isNoPerson(card) else { continue }
                try entry.take(PersonRow(card, today: run.notebook.today))
            } catch let problem as LineProblem {
                run.report.reject(card.line, problem.reason)
            }
        }
    }

    private func isNoPerson(_ card: VCardReader.Card) throws -> Bool {
        let kind = card.first("KIND") ?? card.first("X-ADDRESSBOOKSERVER-KIND")
        guard let kind, kind.text.lowercased() != "individual" else { return false }
        run.report.count(.skipped)
        run.report.remark(
            card.line, .skipped, "This card is of a group or a place, not of a person.")
        return true
    }
}

extension PersonRow {
    init(_ card: VCardReader.Card, today: Day) throws {
        self.init(line: card.line)
        try putNames(card)
        for phone in Self.inOrder(card.all("TEL"), "CELL") {
            try put(Person.phone, Self.stripped(phone.text, "tel:"))
        }
        for email in Self.inOrder(card.all("EMAIL"), "HOME") {
            try put(Person.email, Self.stripped(email.text, "mailto:"))
        }
        if let address = Self.preferred(card.all("ADR"), "HOME") {
            try put(Person.address, Self.address(address.parts))
        }
        if let body = card.first("ORG")?.parts.first.map(CSVCells.plain), !body.isEmpty {
            references.append((Person.institution, body))
        }
        if let line = card.first("BDAY") { try putBirthday(line, today: today) }
        for tag in card.all("CATEGORIES").flatMap(\.list) { try put(Person.tags, tag) }
        for interest in card.all("X-FIELDBOOK-INTERESTS").flatMap(\.list) {
            try put(Person.interests, interest)
        }
        if let language = card.first("X-FIELDBOOK-LANGUAGE") ?? card.first("LANG") {
            try put(Person.language, language.text)
        }
        if let uid = card.first("UID")?.text, !uid.isEmpty {
            source = SourceID(system: "vcard", text: Self.stripped(uid, "urn:uuid:"))
        }
    }

    private mutating func putNames(_ card: VCardReader.Card) throws {
        let parts = (card.first("N")?.parts ?? []).map(CSVCells.plain)
        func part(_ index: Int) -> String { index < parts.count ? parts[index] : "" }
        let full = CSVCells.plain(card.first("FN")?.text ?? "")
        let (family, given) = (part(0), part(1))
        // A name that is not known in its parts stands in one of them.
        if given != full && family != full {
            try put(Person.given, Self.name(given))
            try put(Person.family, Self.name(family))
        }
        let pieces = [given, part(2), family, part(4)].filter { !$0.isEmpty }
        try put(Person.name, Self.name(full.isEmpty ? pieces.joined(separator: " ") : full))
    }

    private static func name(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The one that is marked as preferred, or is of this type, or stands first.
    private static func preferred(_ lines: [ContentLine], _ type: String) -> ContentLine? {
        inOrder(lines, type).first
    }

    /// What is preferred first, then what is of a type, then the rest.
    private static func inOrder(_ lines: [ContentLine], _ type: String) -> [ContentLine] {
        let filled = lines.filter { !CSVCells.plain($0.text).isEmpty }
        let preferred = filled.filter { $0.has("PREF") || $0.parameter("PREF") == "1" }
        let others = filled.filter { !$0.has("PREF") && $0.parameter("PREF") != "1" }
        return preferred + others.filter { $0.has(type) } + others.filter { !$0.has(type) }
    }

    private static func stripped(_ text: String, _ scheme: String) -> String {
        text.lowercased().hasPrefix(scheme) ? String(text.dropFirst(scheme.count)) : text
    }

    /// Box, extension, street, city, state, code, country.
    private static func address(_ parts: [String]) -> String {
        let texts = parts.map(CSVCells.plain)
        func part(_ index: Int) -> String { index < texts.count ? texts[index] : "" }
        let place = [part(4), part(5)].filter { !$0.isEmpty }.joined(separator: " ")
        return [part(0), part(2), part(1), part(3), place, part(6)].filter { !$0.isEmpty }
            .joined(separator: ", ")
    }
}
