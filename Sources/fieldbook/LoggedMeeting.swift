import Notebook
import Replication
import Terminal
import Wording

/// A one-to-one that was just written down, and what there is to say of it.
struct LoggedMeeting: Encodable {
    let id: String
    let person: String
    let isNew: Bool
    private let notes: OneToOneNotes
    private let meeting: RecordID
    private let who: RecordID
    private let notebook: Notebook

    enum CodingKeys: String, CodingKey {
        case id, person
        case isNew = "new"
    }

    /// Logs a meeting with somebody who is known, or else with somebody new of this name.
    init(
        _ notes: OneToOneNotes, with known: RecordID?, called name: String, _ notebook: Notebook
    ) throws {
        if let known {
            (meeting, who) = (try notebook.log(notes, with: known), known)
        } else {
            let details = PersonDetails(name: Plain.name(name))
            (meeting, who) = try notebook.log(notes, withNew: details)
            try Namesakes(notebook).warn(about: who)
        }
        id = meeting.description
        person = who.description
        isNew = known == nil
        self.notes = notes
        self.notebook = notebook
        let regard = Regard(notebook: notebook)
        for due in Set(notes.promises.compactMap(\.due)).sorted() {
            regard.note(past: due, of: "the promise")
        }
        regard.note(past: notes.due, of: "the next step")
    }

    func describe(on page: inout Page) throws {
        let name = try notebook.name(of: who)
        if isNew { page.line("Added \(name) (\(who.shortened)).") }
        page.line("Logged: \(sentence(name)) (\(meeting.shortened)).")
        for promise in notes.promises {
            let whose: Phrase = promise.isTheirs ? "They promised" : "You promised"
            page.line("\(whose): \(Plain.withoutStop(promise.what))\(day(promise.due)).")
        }
        for referral in notes.referrals {
            guard case .new(let name) = referral else { continue }
            page.line("Added \(name), whom they named.")
        }
        if let next = notes.next { page.line("Next: \(Plain.withoutStop(next))\(day(notes.due)).") }
    }

    private func day(_ due: Day?) -> Phrase {
        due.map { ", due \($0.short(today: notebook.today))" } ?? ""
    }

    private func sentence(_ name: String) -> Phrase {
        let minutes: Phrase =
            notes.minutes.map { ", \(counted(Int($0), "minute", "minutes"))" } ?? ""
        let day: Phrase =
            notes.on == notebook.today ? "today" : .verbatim(notes.on.short(today: notebook.today))
        return "one-to-one with \(name), \(day)\(minutes)"
    }
}
