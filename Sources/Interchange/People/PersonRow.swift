import Notebook
import Replication
import Store
import Wording

/// What a list says of one person, whatever its form.
struct PersonRow {
    /// Where it stands in its file.
    let line: Int
    /// Texts and other values of the person's fields.
    var values: [(field: FieldSchema, value: Value)] = []
    var elements: [(field: FieldSchema, value: Value)] = []
    /// Fields that name another record, by its name.
    var references: [(field: FieldSchema, name: String)] = []
    var turf: String?
    /// Whether the list says whose people they are; one without a name there is nobody's.
    var saysWhose = false
    /// What was left out, in words.
    var remarks: [Phrase] = []
    /// What tells the person from all others in the list's own program.
    var source: SourceID?

    struct SourceID {
        /// The heading, folded: two programs may both count from 1.
        let system: String
        let text: String
    }

    init(line: Int) { self.line = line }

    func text(_ field: FieldSchema) -> String? {
        values.first { $0.field.number == field.number }?.value.text
    }

    var name: String { text(Person.name) ?? "" }

    /// Sets a field that has no value yet. Several phone numbers stand one after the other; of other
    /// values the first one counts, and the rest is remarked. Throws `LineProblem` for what the notebook
    /// would not take.
    mutating func put(_ field: FieldSchema, _ value: Value) throws {
        do {
            let value = try TypedValue.checked(value)
            remarks += Person.doubt(of: value.text ?? "", in: field).map { [$0] } ?? []
            if field.isSet {
                elements.append((field, value))
            } else if let index = values.firstIndex(where: { $0.field.number == field.number }) {
                try add(value, to: index)
            } else {
                values.append((field, value))
            }
        } catch let unfit as Unfit {
            throw LineProblem("Its \(field.words) is \(unfit.words). Shorten or correct it.")
        }
    }

    private mutating func add(_ value: Value, to index: Int) throws {
        let (field, old) = values[index]
        guard let one = old.text, let other = value.text, one != other else { return }
        guard field == Person.phone else {
            if field == Person.email {
                remarks.append("Another \(field.words) was left out: a person has one.")
            }
            return
        }
        let known = Folding.phones(one).compactMap(Folding.phone)
        let news = Folding.phones(other).filter {
            Folding.phone($0).map { !known.contains($0) } ?? true
        }
        guard !news.isEmpty else { return }
        values[index].value = try TypedValue.checked(
            .text(([one] + news).joined(separator: " / ")))
    }

    mutating func put(_ field: FieldSchema, _ text: String) throws {
        let text = CSVCells.plain(text)
        if !text.isEmpty { try put(field, .text(text)) }
    }

    /// The id of the record that this row makes, the same each time the list is brought in: out of
    /// what the list's program calls the person, or else out of name, phone number and address.
    var id: RecordID {
        if let source {
            if let id = RecordID(source.text), !Space.isReserved(id) { return id }
            let isCommonWord = ["id", "uid", "recordid", "memberid"].contains(source.system)
            let name = isCommonWord ? Folding.name(self.name) : ""
            return Self.id(["id", source.system, source.text, name])
        }
        let phone = text(Person.phone).flatMap { Folding.phones($0).first }.flatMap(Folding.phone)
        let email = text(Person.email).flatMap(Folding.email)
        let rest =
            phone == nil && email == nil
            ? [text(Person.phone), text(Person.email), text(Person.address)].map { $0 ?? "" } : []
        return Self.id(["row", Folding.name(name), phone ?? "", email ?? ""] + rest)
    }

    private static func id(_ parts: [String]) -> RecordID {
        RecordID(naming: Array((["fbi1"] + parts).joined(separator: "\u{0}").utf8))
    }

    /// What one would know the person again by.
    var forLinkage: LinkagePerson {
        LinkagePerson(
            name: name, given: text(Person.given), family: text(Person.family),
            phones: [text(Person.phone)].compactMap { $0 },
            emails: [text(Person.email)].compactMap { $0 }, address: text(Person.address),
            neighbourhood: text(Person.neighbourhood),
            birthday: text(Person.birthday).flatMap { Birthday($0) })
    }

    /// The id of a body that an import makes by its name.
    static func institution(_ name: String) -> RecordID {
        id(["institution", Folding.name(name)])
    }
}
