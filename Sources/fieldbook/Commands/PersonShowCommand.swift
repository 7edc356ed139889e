import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
import Wording

/// All that is written about a person.
struct PersonShowCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: said("Show a person with their meetings and promises."),
        discussion: said(
            """
            Example:
              fieldbook person show Rosa
            """))

    @Argument(help: ArgumentHelp(said("The person."), valueName: "who"), completion: .people)
    var who: String

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let id = try People(notebook).one(who, mayAsk: !common.json)
        guard let person = try notebook.person(id) else {
            throw NotebookError.noSuchRecord(id.shortened)
        }
        let memory = try Memories(of: id, notebook)
        let promises = try notebook.commitments(of: id)
        let referrals = try notebook.referrals(of: id)
        let assessments = try notebook.records(
            of: Assessment.kind, naming: id, in: [Assessment.person])
        let ties = try notebook.records(
            of: Relationship.kind, naming: id, in: [Relationship.from, Relationship.to])
        let document = Document(
            person: PersonDocument(person),
            entries: try ([person.id] + person.others.map(\.id)).compactMap(notebook.entry)
                .map(PersonDocument.init), names: person.names, phones: person.phones,
            oneToOnes: memory.meetings.map(OneToOneDocument.init),
            touches: memory.touches.map(TouchDocument.init),
            commitments: promises.map { CommitmentDocument($0, personName: person.name) },
            referredBy: referrals.by.map(\.description), referred: referrals.of.map(\.description),
            assessments: assessments.map(RecordDocument.init),
            relationships: ties.map(RecordDocument.init))
        try common.show(document) { page in
            try describe(person, referrals, notebook, &page)
            for entry in memory.entries {
                page.line()
                switch entry {
                case .meeting(let meeting): try describe(meeting, notebook, &page)
                case .touch(let touch): describe(touch, notebook.today, &page)
                }
            }
            if !promises.isEmpty {
                page.line()
                page.line("Promises", .bold)
                page.table(CommitmentListCommand.table(promises, names: nil, notebook.today))
            }
            // Who named whom stands above.
            let others = ties.filter { tie in
                tie.state.value(of: Relationship.sort.number)?.text != "refers"
            }
            for records in [assessments, others] {
                guard let kind = records.first?.key.kind else { continue }
                page.line()
                page.line(FieldWords.kinds(kind), .bold)
                try RecordList.fill(&page, records, of: kind, notebook)
            }
        }
    }

    private func describe(
        _ person: Person, _ referrals: Referrals, _ notebook: Notebook, _ page: inout Page
    ) throws {
        page.line("\(person.name) (\(person.id.shortened))", .bold)
        for caution in person.cautions { page.line(caution, .red) }
        var facts = try PersonFacts(notebook: notebook).table(of: [person] + person.others)
        for (label, people) in [("Referred by", referrals.by), ("Referred", referrals.of)]
            as [(Phrase, [RecordID])] where !people.isEmpty
        {
            facts.row(label, try people.map(notebook.name).joined(separator: ", "))
        }
        page.table(facts)
        guard let other = person.others.first else { return }
        let entries = ([person] + person.others).map { "\($0.name) (\($0.id.shortened))" }
        page.paragraph(
            "One person in \(entries.count) entries: \(entries.joined(separator: ", ")).")
        page.line(
            "Take one apart: fieldbook person unmerge \(person.id.shortened) \(other.id.shortened)",
            .faint)
    }

    private func describe(
        _ meeting: OneToOne, _ notebook: Notebook, _ page: inout Page
    ) throws {
        let today = notebook.today
        let day = meeting.on?.short(today: today) ?? said("no date")
        let minutes = meeting.minutes.map { counted(Int($0), "minute", "minutes").text }
        // The hour and the organizer are for who has yet to come.
        let at = meeting.isArranged ? meeting.at : nil
        let facts = [day, at, minutes, meeting.place].compactMap { $0 }.joined(separator: ", ")
        let status: Phrase = meeting.status.map { ", \($0)" } ?? ""
        let holder: Phrase =
            meeting.isArranged ? " with \(try notebook.name(of: meeting.organizer))" : ""
        page.line("One-to-one, \(facts)\(status)\(holder) (\(meeting.id.shortened))", .bold)
        if let reason = meeting.reason { page.paragraph("Reason: \(reason)", indent: 2) }
        if let summary = meeting.summary { page.paragraph(summary, indent: 2) }
        if !meeting.heard.isEmpty {
            page.paragraph("Heard: \(meeting.heard.joined(separator: ", "))", indent: 2)
        }
        if let request = meeting.request { page.paragraph(request, indent: 2) }
        if let next = meeting.nextStep(today: today) { page.paragraph(next, indent: 2) }
    }

    private func describe(_ touch: Touch, _ today: Day, _ page: inout Page) {
        let day = touch.on?.short(today: today) ?? said("no date")
        page.line("\(touch.title), \(day) (\(touch.id.shortened))", .bold)
        if let note = touch.note { page.paragraph(note, indent: 2) }
    }

    private struct Document: Encodable {
        let person: PersonDocument
        /// The linked records, each as it is; one for most people.
        let entries: [PersonDocument]
        /// With what two wrote apart.
        let names: [String]
        let phones: [String]
        let oneToOnes: [OneToOneDocument]
        let touches: [TouchDocument]
        let commitments: [CommitmentDocument]
        /// People who named them as worth meeting, and whom they named, by their ids.
        let referredBy: [String]
        let referred: [String]
        let assessments: [RecordDocument]
        let relationships: [RecordDocument]

        enum CodingKeys: CodingKey {
            case entries, names, phones, oneToOnes, touches, commitments, referredBy, referred
            case assessments, relationships
        }

        func encode(to encoder: any Encoder) throws {
            try person.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(entries, forKey: .entries)
            try container.encode(names, forKey: .names)
            try container.encode(phones, forKey: .phones)
            try container.encode(oneToOnes, forKey: .oneToOnes)
            try container.encode(touches, forKey: .touches)
            try container.encode(commitments, forKey: .commitments)
            try container.encode(referredBy, forKey: .referredBy)
            try container.encode(referred, forKey: .referred)
            try container.encode(assessments, forKey: .assessments)
            try container.encode(relationships, forKey: .relationships)
        }
    }
}

/// A one-to-one, as JSON has it.
struct OneToOneDocument: Encodable {
    let id: String
    @OrNull var organizer: String?
    @OrNull var on: String?
    /// The time for which it was arranged.
    @OrNull var at: String?
    /// Whether it has yet to be held.
    let arranged: Bool
    @OrNull var minutes: Int64?
    @OrNull var place: String?
    @OrNull var summary: String?
    let heard: [String]
    @OrNull var next: String?
    @OrNull var due: String?
    @OrNull var done: String?
    /// Why it was cancelled.
    @OrNull var reason: String?
    @OrNull var ask: String?
    @OrNull var answer: String?

    init(_ meeting: OneToOne) {
        id = meeting.id.description
        organizer = meeting.organizer?.description
        on = meeting.on?.description
        at = meeting.at
        arranged = meeting.isArranged
        minutes = meeting.minutes
        place = meeting.place
        summary = meeting.summary
        heard = meeting.heard
        next = meeting.next
        due = meeting.due?.description
        done = meeting.done?.description
        reason = meeting.reason
        ask = meeting.ask
        answer = meeting.answer
    }
}

/// A contact, as JSON has it.
struct TouchDocument: Encodable {
    let id: String
    @OrNull var organizer: String?
    @OrNull var on: String?
    @OrNull var by: String?
    @OrNull var note: String?

    init(_ touch: Touch) {
        id = touch.id.description
        organizer = touch.organizer?.description
        on = touch.on?.description
        by = touch.sort
        note = touch.note
    }
}
