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
            if person.contact == .doNotContact {
                Screen.note("Mind: \(person.name) does not want to be contacted.")
            }
            guard person.status?.isGone ?? false else { continue }
            let fact: Phrase =
                person.status == .deceased
                ? "\(person.name) has died." : "\(person.name) has asked to be removed."
            switch try confirm("\(fact) Go on all the same?") {
            case true?: continue
            case false?: throw Complaint("Nothing was saved.")
            case nil:
                throw Complaint("\(fact) Nothing was saved. If it is meant all the same: --anyway")
            }
        }
    }

    /// The same, asking in a terminal; nobody is asked where the command has been told to go on.
    func check(_ people: [RecordID], anyway: Bool, _ common: Common) throws {
        try check(people) { question in
            anyway ? true : common.json ? nil : Asking.confirm(question)
        }
    }

    /// A one-to-one that is there already, of the same day.
    struct Twin {
        let question: Phrase
        /// What to say to whom nobody could ask that it has been saved all the same.
        let note: Phrase
        fileprivate let id: RecordID

        /// What to do about it for who says that they are one.
        var advice: Phrase {
            "To correct the one that is there: fieldbook edit \(id.shortened)"
        }
    }

    /// What was written down already of these notes, in the same words; nil for most.
    func twin(of notes: OneToOneNotes, with person: RecordID) throws -> Twin? {
        guard notes.hasWords,
            let before = try notebook.oneToOnes(with: person, on: notes.on)
                .first(where: notes.isSame(as:))
        else { return nil }
        let name = try notebook.name(of: person)
        let day = notes.on.short(today: notebook.today)
        let fact: Phrase =
            "This one-to-one with \(name), \(day), is written down already (\(before.id.shortened))."
        return Twin(
            question: "\(fact) Log it once more?",
            note: """
                \(fact) Now it is there twice. If it was one meeting: fieldbook record delete \
                \(before.id.shortened)
                """, id: before.id)
    }

    /// What the member has logged already of a day with somebody, in whatever words; nil for most.
    func earlier(on day: Day, with person: RecordID) throws -> Twin? {
        let same = try notebook.samePeople()
        let mine = Set(notebook.me.ids.flatMap(same.all))
        let before = try notebook.oneToOnes(with: person, on: day).first { meeting in
            meeting.status == nil && meeting.organizer.map(mine.contains) ?? false
        }
        guard let before else { return nil }
        let name = try notebook.name(of: person)
        let when: Phrase =
            day == notebook.today ? "today" : .verbatim(day.short(today: notebook.today))
        let fact: Phrase =
            "You already logged a one-to-one with \(name), \(when) (\(before.id.shortened))."
        return Twin(
            question: "\(fact) Log another?",
            note: """
                \(fact) Now there are two. If it was one meeting, take this one back with \
                "fieldbook undo", and correct the other: fieldbook edit \(before.id.shortened)
                """, id: before.id)
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

extension OneToOneNotes {
    fileprivate var hasWords: Bool { summary != nil || !heard.isEmpty || next != nil }

    /// Whether a meeting that was held that day has the same words.
    fileprivate func isSame(as meeting: OneToOne) -> Bool {
        meeting.status == nil && meeting.on == on && meeting.summary == summary
            && Set(meeting.heard) == Set(heard) && meeting.next == next
    }
}
