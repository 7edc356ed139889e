import Notebook
import Replication
import Terminal
import Wording

/// Those who are here already and may be the person whom somebody is about to add.
struct Namesakes {
    private let notebook: Notebook

    init(_ notebook: Notebook) {
        self.notebook = notebook
    }

    /// Asks in a terminal whether somebody who is here is meant by whom one is about to add. Nil when
    /// nobody is, or nobody may be asked: Return alone adds whom they named. Throws
    /// `NotebookError.several`.
    func ask(about person: LinkagePerson, mayAsk: Bool) throws -> RecordID? {
        try People(notebook).checkIsOne(person.name)
        guard mayAsk, Asking.isInTerminal else { return nil }
        return try meant(among: notebook.lookalikes(of: person, wholly: true)) {
            try Input.agree($0, givenReturn: false)
        }
    }

    /// The one of those who may be the person to whom `isMeant` says yes.
    func meant(
        among known: [Acquaintance], _ isMeant: (_ question: Phrase) throws -> Bool
    ) throws -> RecordID? {
        for one in known {
            let person = try notebook.person(one.id)
            let detail = person?.phone ?? person?.email ?? person?.address
            let reasons = (one.reasons + (detail.map { [.verbatim($0)] } ?? [])).joined(", ")
            let question: Phrase =
                "Do you mean \(one.name) (\(one.id.shortened)), who is here? (\(reasons))"
            if try isMeant(question) { return one.id }
        }
        return nil
    }

    /// Says of somebody who was just written down who has the same name, who else may be the same
    /// person, and what to do if they are.
    func warn(about id: RecordID) throws {
        guard let person = try notebook.entry(id)?.forLinkage else { return }
        if person.name.contains(",") {
            Screen.note(
                """
                "\(person.name)" is one person here. If they are several, take it back with \
                "fieldbook undo", and name each by itself.
                """)
        }
        let namesakes = try notebook.namesakes(of: id, called: person.name)
        warn(about: id, called: person.name, namesakes.map(\.shortened))
        let same = try notebook.samePeople()
        let told = Set(namesakes.map(same.canonical))
        for known in try notebook.lookalikes(of: person, besides: id, wholly: true)
        where !told.contains(known.id) {
            Screen.note(
                """
                \(known.name) (\(known.id.shortened)) may be the same person \
                (\(known.reasons.joined(", "))). If so, an organizer can link the two:
                  fieldbook person merge \(id.shortened) \(known.id.shortened)
                """)
        }
    }

    private func warn(about id: RecordID, called name: String, _ others: [String]) {
        guard let first = others.first else { return }
        guard others.count > 1 else {
            return Screen.note(
                """
                There is somebody called "\(name)" already (\(first)), besides \(id.shortened). Name \
                them by these ids from now on. If it is the same person, an organizer can link the two:
                  fieldbook person merge \(id.shortened) \(first)
                """)
        }
        Screen.note(
            """
            There are \(others.count) people called "\(name)" already \
            (\(others.joined(separator: ", "))), besides \(id.shortened). Name them by these ids from \
            now on. If it is the same person, an organizer can link the two:
              fieldbook person merge \(id.shortened) ID
            """)
    }
}
