import ArgumentParser
import Notebook
import Replication
import Store
import Terminal

/// All that is written about a person.
struct PersonShowCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a person with their meetings and promises.",
        discussion: """
            Example:
              fieldbook person show Rosa
            """)

    @Argument(help: ArgumentHelp("The person.", valueName: "who"))
    var who: String

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let id = try notebook.findPerson(who)
        guard let person = try notebook.person(id) else {
            throw NotebookError.noSuchRecord(id.shortened)
        }
        let meetings = try notebook.oneToOnes(with: id)
        let promises = try notebook.commitments(of: id)
        let document = Document(
            person: PersonDocument(person), names: person.names, phones: person.phones,
            oneToOnes: meetings.map(OneToOneDocument.init),
            commitments: promises.map { CommitmentDocument($0, personName: person.name) })
        try common.show(document) { page in
            try describe(person, notebook, &page)
            for meeting in meetings { describe(meeting, notebook.today, &page) }
            if !promises.isEmpty {
                page.line()
                page.line("Promises", .bold)
                page.table(CommitmentListCommand.table(promises, names: nil, notebook.today))
            }
        }
    }

    private func describe(_ person: Person, _ notebook: Notebook, _ page: inout Page) throws {
        page.line("\(person.name) (\(person.id.shortened))", .bold)
        let title = { (id: RecordID?) in try id.flatMap { try notebook.title(of: $0) } }
        let apart = { (field: Field) -> String? in
            try self.apart(person, field, notebook)
        }
        let facts: [(String, String?)] = [
            ("Name", try apart(Person.name.number)),
            ("Phone", try apart(Person.phone.number) ?? person.phone),
            ("Email", try apart(Person.email.number) ?? person.email),
            ("Address", try apart(Person.address.number) ?? person.address),
            ("Language", try apart(Person.language.number) ?? person.language),
            ("Institution", try apart(Person.institution.number) ?? title(person.institution)),
            ("Turf", try apart(CommonField.space) ?? title(person.turf)),
            ("Point person", try apart(Person.organizer.number) ?? title(person.organizer)),
            ("Interests", Self.list(person.interests)), ("Tags", Self.list(person.tags)),
        ]
        var table = Table([.fixed(""), .text("")])
        for case (let label, let fact?) in facts { table.row(label, fact) }
        page.table(table)
    }

    /// What two wrote differently, the value that lists show first; nil for all other fields.
    private func apart(
        _ person: Person, _ field: Field, _ notebook: Notebook
    ) throws -> String? {
        let (words, kind) = (ValueWords(notebook: notebook), Person.kind.number)
        let values = try person.apart[field].map {
            try words.words($0, in: Kinds.fieldName(field, of: kind), of: kind)
        }
        guard !values.isEmpty else { return nil }
        return values.joined(separator: ", or ") + " (in conflict: fieldbook conflicts)"
    }

    private static func list(_ texts: [String]) -> String? {
        texts.isEmpty ? nil : texts.joined(separator: ", ")
    }

    private func describe(_ meeting: OneToOne, _ today: Day, _ page: inout Page) {
        page.line()
        let day = meeting.on?.short(today: today) ?? "no date"
        let minutes = meeting.minutes.map { counted(Int($0), "minute", "minutes") }
        let facts = [day, minutes, meeting.place].compactMap { $0 }.joined(separator: ", ")
        page.line("One-to-one, \(facts) (\(meeting.id.shortened))", .bold)
        if let summary = meeting.summary { page.paragraph(summary, indent: 2) }
        if !meeting.heard.isEmpty {
            page.paragraph("Heard: " + meeting.heard.joined(separator: ", "), indent: 2)
        }
        if let next = meeting.next {
            let due = meeting.due.map { ", due \($0.short(today: today))" } ?? ""
            let done = meeting.done.map { ", done \($0.short(today: today))" }
            page.paragraph("Next: \(next)\(done ?? due)", indent: 2)
        }
    }

    private struct Document: Encodable {
        let person: PersonDocument
        /// With what two wrote apart.
        let names: [String]
        let phones: [String]
        let oneToOnes: [OneToOneDocument]
        let commitments: [CommitmentDocument]

        enum CodingKeys: CodingKey {
            case names, phones, oneToOnes, commitments
        }

        func encode(to encoder: any Encoder) throws {
            try person.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(names, forKey: .names)
            try container.encode(phones, forKey: .phones)
            try container.encode(oneToOnes, forKey: .oneToOnes)
            try container.encode(commitments, forKey: .commitments)
        }
    }
}

/// A one-to-one, as JSON has it.
struct OneToOneDocument: Encodable {
    let id: String
    @OrNull var organizer: String?
    @OrNull var on: String?
    @OrNull var minutes: Int64?
    @OrNull var place: String?
    @OrNull var summary: String?
    let heard: [String]
    @OrNull var next: String?
    @OrNull var due: String?
    @OrNull var done: String?

    init(_ meeting: OneToOne) {
        id = meeting.id.description
        organizer = meeting.organizer?.description
        on = meeting.on?.description
        minutes = meeting.minutes
        place = meeting.place
        summary = meeting.summary
        heard = meeting.heard
        next = meeting.next
        due = meeting.due?.description
        done = meeting.done?.description
    }
}
