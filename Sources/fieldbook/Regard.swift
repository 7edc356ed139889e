import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// What is said, and asked, before one is in contact with somebody who does not want it, or is gone.
struct Regard {
    let notebook: Notebook

    /// Says who does not want to be contacted: it may be they who called. Of who has died or asked to be
    /// removed it asks whether to go on; `confirm` answers nil where nobody can be asked.
    func check(_ people: [RecordID], _ confirm: (_ question: Phrase) throws -> Bool?) throws {
        for person in try people.compactMap(notebook.person) {
            noteContact(person)
            guard let fact = Self.fact(person) else { continue }
            switch try confirm("\(fact) Go on all the same?") {
            case true?: continue
            case false?: throw Complaint("Nothing was saved.")
            case nil:
                throw Complaint("\(fact) Nothing was saved. If it is meant all the same: --anyway")
            }
        }
    }

    /// Says of whom something is asked who does not want it, or is gone; what was written stays.
    func mind(_ people: [RecordID]) throws {
        for person in try people.compactMap(notebook.person) {
            noteContact(person)
            if let fact = Self.fact(person) { Screen.note("Mind: \(fact)") }
        }
    }

    private func noteContact(_ person: Person) {
        guard person.contact == .doNotContact else { return }
        Screen.note("Mind: \(person.name) does not want to be contacted.")
    }

    /// Why nobody is to be in contact with somebody; nil for everybody else.
    private static func fact(_ person: Person) -> Phrase? {
        switch person.status {
        case .deceased: "\(person.name) has died."
        case .requestedRemoval: "\(person.name) has asked to be removed."
        default: nil
        }
    }

    /// The same, asking in a terminal; nobody is asked where the command has been told to go on.
    func check(_ people: [RecordID], anyway: Bool, _ common: Common) throws {
        try check(people) { question in
            anyway ? true : common.json ? nil : Asking.confirm(question)
        }
    }

    /// Says of a day by which something is to be done that it has passed.
    func note(past day: Day?, of what: Phrase) {
        guard let day, day < notebook.today else { return }
        let words = day.short(today: notebook.today)
        Screen.note("\(words) has passed: \(what) is overdue from the start.")
    }
}

/// Lets one go on without being asked.
struct AnywayOption: ParsableArguments {
    @Flag(help: .said("Go on, even if they have died or asked to be removed."))
    var anyway = false

    func check(_ people: [RecordID], _ notebook: Notebook, _ common: Common) throws {
        try Regard(notebook: notebook).check(people, anyway: anyway, common)
    }
}

extension Twin {
    /// What to do about it for who says that they are one.
    var advice: Phrase {
        "To correct the one that is there: fieldbook edit \(id.shortened)"
    }

    /// What to say to whom nobody could ask that it has been saved all the same.
    var note: Phrase {
        isSame
            ? """
            \(fact) Now it is there twice. If it was one meeting: fieldbook record delete \
            \(id.shortened)
            """
            : """
            \(fact) Now there are two. If it was one meeting, take this one back with \
            "fieldbook undo", and correct the other: fieldbook edit \(id.shortened)
            """
    }
}
