import Notebook
import Replication
import Wording

/// One person on the turf list's page.
struct PersonView: Sendable {
    let name: String
    /// Where all about them is, in one's own notebook.
    let page: String?
    /// The style of the state, and its word, so that nobody has to tell colours apart.
    let state: String
    let stateWord: Phrase
    let met: Phrase?
    /// More than one where two people wrote apart: the leader tries both.
    let phones: [Phone]
    let tasks: [Task]
    /// Says that there are more.
    let otherTasks: Phrase?

    struct Phone: Sendable {
        let text: Phrase
        /// What a phone dials; nil for what cannot be dialled. No other name in the template may be
        /// the same: Mustache looks further out for what is nil.
        let dialled: String?
    }

    /// A next step or a promise.
    struct Task: Sendable {
        let label: Phrase
        let what: String
        let due: Due?
        let tick: Tick?
    }

    struct Due: Sendable {
        let late: Bool
        let text: Phrase
    }

    /// The button beside it. Without an address it goes where the form goes.
    struct Tick: Sendable {
        let id: String
        let word: Phrase
        let address: String?
    }

    /// Of the promises those that are to be shown.
    init(_ row: TurfListRow, showing promises: Set<RecordID>, _ today: Day, isOwn: Bool) {
        let owed = row.owed.filter { promises.contains($0.id) }
        name = Shown.line(row.name)
        page = isOwn ? PersonPage.address(of: row.id) : nil
        state = row.state.rawValue
        stateWord = row.state.word
        met = DateText.met(row.lastMet, today)
        phones = Phone.all(row.phones)
        tasks =
            (row.followUp.map { [Task($0, today)] } ?? [])
            + owed.map { Task($0, today, isOwn: isOwn) }
        let others = row.owed.count - owed.count
        otherTasks = others > 0 ? "and \(counted(others, "more promise", "more promises"))" : nil
    }
}

extension PersonView.Phone {
    /// As they were written down, but for what cannot be shown: "612-555-0100", "or 612-555-0199".
    static func all(_ phones: [String]) -> [Self] {
        let written = phones.map { (phone: $0, text: Shown.line($0, upTo: 40)) }
            .filter { !$0.text.isEmpty }
        return written.enumerated().map { index, written in
            Self(
                text: index == 0 ? .verbatim(written.text) : "or \(written.text)",
                dialled: Shown.dialled(written.phone))
        }
    }
}

extension PersonView.Task {
    fileprivate init(_ step: FollowUp, _ today: Day) {
        self.init(step: step.what, of: step.id, due: step.due, today)
    }

    /// The next step after a one-to-one.
    init(step: String, of meeting: RecordID, due day: Day?, _ today: Day) {
        label = "Next:"
        what = Shown.line(step, upTo: Shown.noteLength)
        due = day.map { PersonView.Due($0, today) }
        tick = PersonView.Tick(id: Hex.encode(meeting.bytes), word: "Mark done", address: nil)
    }

    init(_ promise: Commitment, _ today: Day, isOwn: Bool) {
        self.init(
            promise: promise.what, promise.id, isTheirs: promise.direction != "we",
            due: promise.due, today, isOwn: isOwn)
    }

    /// What they promised can be ticked by who hears of it; what we promised, by who did it: in one's
    /// own notebook.
    init(
        promise: String, _ id: RecordID, isTheirs: Bool, due day: Day?, _ today: Day, isOwn: Bool
    ) {
        label = isTheirs ? "They promised:" : "We promised:"
        what = Shown.line(promise, upTo: Shown.noteLength)
        due = day.map { PersonView.Due($0, today) }
        tick =
            isTheirs || isOwn
            ? PersonView.Tick(id: Hex.encode(id.bytes), word: "Kept", address: "/turf/kept")
            : nil
    }
}

extension PersonView.Due {
    fileprivate init(_ day: Day, _ today: Day) {
        late = day < today
        text = DateText.due(day, today)
    }
}

extension TurfState {
    var word: Phrase {
        switch self {
        case .overdue: "Overdue"
        case .due: "Due"
        case .never: "Not met yet"
        case .ok: "In touch"
        }
    }
}
