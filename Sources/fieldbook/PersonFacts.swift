import Notebook
import Replication
import Store
import Terminal
import Wording

/// What is written about people, line by line.
struct PersonFacts {
    let notebook: Notebook

    /// The facts of linked entries, the first one's first; what another entry says otherwise stands
    /// below it, with that entry's id.
    func table(of entries: [Person]) throws -> Table {
        let columns = try entries.map { ($0, try facts(of: $0)) }
        var table = Table([.fixed(""), .text("")])
        for line in columns[0].1.indices {
            var shown: Set<String> = []
            for (entry, facts) in columns {
                let (label, fact) = facts[line]
                guard let fact, shown.insert(fact).inserted else { continue }
                let origin: Phrase =
                    entry.id == entries[0].id ? "" : " (entry \(entry.id.shortened))"
                table.row(shown.count == 1 ? label : "", "\(fact)\(origin)")
            }
        }
        return table
    }

    /// Two people side by side, what differs marked.
    func comparison(of one: Person, with other: Person) throws -> Table {
        var table = Table([
            .fixed(""), .fixed(""), .text(.verbatim(one.id.shortened)),
            .text(.verbatim(other.id.shortened)),
        ])
        for ((label, a), (_, b)) in zip(try lines(one), try lines(other)) where a ?? b != nil {
            let differs = a != nil && b != nil && a != b
            table.row(.init(differs ? "!" : "", .yellow), .init(label), .init(a), .init(b))
        }
        return table
    }

    private func lines(_ person: Person) throws -> [(label: Phrase, fact: String?)] {
        let meetings = try notebook.oneToOnes(with: person.id).count
        let promises = try notebook.commitments(of: person.id).count
        let name: (label: Phrase, fact: String?) = ("Name", person.name)
        let counts: [(label: Phrase, fact: String?)] = [
            ("Meetings", "\(meetings)"), ("Promises", "\(promises)"),
        ]
        return [name] + (try facts(of: person).dropFirst()) + counts
    }

    /// Always the same labels; a fact that nobody wrote down is nil. The name stands above, so that it
    /// is a fact only where entries differ in it.
    private func facts(of person: Person) throws -> [(label: Phrase, fact: String?)] {
        let title = { (id: RecordID?) in try id.flatMap { try notebook.title(of: $0) } }
        let apart = { (field: Field) in try self.apart(person, field) }
        return [
            ("Name", try apart(Person.name.number)),
            ("Called", try apart(Person.preferred.number) ?? person.preferred),
            ("Phone", try apart(Person.phone.number) ?? person.phone),
            ("Email", try apart(Person.email.number) ?? person.email),
            ("Address", try apart(Person.address.number) ?? person.address),
            (
                "Neighborhood",
                try apart(Person.neighbourhood.number) ?? person.neighbourhood
            ),
            ("Birthday", try apart(Person.birthday.number) ?? person.birthday.map(Self.birthday)),
            ("Language", try apart(Person.language.number) ?? person.language),
            ("Institution", try apart(Person.institution.number) ?? title(person.institution)),
            ("Turf", try apart(CommonField.space) ?? title(person.turf)),
            ("Point person", try apart(Person.organizer.number) ?? title(person.organizer)),
            ("Contact every", person.cadence.map(Self.days)),
            ("Interests", Self.list(person.interests)), ("Tags", Self.list(person.tags)),
        ]
    }

    /// What two wrote differently, the value that lists show first; nil for all other fields.
    private func apart(_ person: Person, _ field: Field) throws -> String? {
        let (words, kind) = (ValueWords(notebook: notebook), Person.kind.number)
        let values = try person.apart[field].map {
            try words.words($0, in: Kinds.fieldName(field, of: kind), of: kind)
        }
        guard !values.isEmpty else { return nil }
        let said = values.map { Phrase.verbatim($0) }.joined(", or ")
        return Wording.said("\(said) (in conflict: fieldbook conflicts)")
    }

    /// "7 days, 14 at most"
    private static func days(_ cadence: String) -> String {
        guard let cadence = try? Cadence(cadence) else { return cadence }
        return said("\(cadence.dueDays) days, \(cadence.overdueDays) at most")
    }

    private static func birthday(_ text: String) -> String {
        Birthday(text)?.words.text ?? text
    }

    private static func list(_ texts: [String]) -> String? {
        texts.isEmpty ? nil : texts.joined(separator: ", ")
    }
}

extension Notebook {
    /// "R. Alvarez (9cd04f1e)": an entry by its own name.
    func entryName(_ id: RecordID) throws -> String {
        "\(try entry(id)?.name ?? said("somebody")) (\(id.shortened))"
    }

    /// Says which entries of the same people were not meant: a verb is about the one it names.
    func note(besides people: [RecordID], _ page: inout Page) throws {
        let same = try samePeople()
        let others = try Set(people.flatMap(same.all)).subtracting(people).sorted()
            .filter { try entry($0) != nil }
        guard !others.isEmpty else { return }
        let names = try others.map(entryName).joined(separator: ", ")
        page.paragraph("Of the same person and unchanged: \(names).")
    }
}
