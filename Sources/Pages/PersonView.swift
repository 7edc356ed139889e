import Notebook
import Replication

/// One person on the turf list's page.
struct PersonView: Sendable {
    let name: String
    /// The style of the state, and its word, so that nobody has to tell colours apart.
    let state: String
    let stateWord: String
    let met: String?
    /// A number that can be dialled.
    let call: Call?
    /// A number that cannot, as it was written down.
    let phone: String?
    let tasks: [Task]

    struct Call: Sendable {
        let number: String
        let text: String
    }

    /// A next step or a promise.
    struct Task: Sendable {
        let label: String
        let what: String
        let due: Due?
        let tick: Tick?
    }

    struct Due: Sendable {
        let late: Bool
        let text: String
    }

    /// The button beside it. Without an address it goes where the form goes.
    struct Tick: Sendable {
        let id: String
        let word: String
        let address: String?
    }

    init(_ row: TurfListRow, _ today: Day) {
        name = Shown.line(row.name)
        state = row.state.rawValue
        stateWord = row.state.word
        met = DateText.met(row.lastMet, today)
        let written = row.phone.map { Shown.line($0, upTo: 40) }.flatMap { $0.isEmpty ? nil : $0 }
        let number = row.phone.flatMap(Shown.dialled)
        call = number.flatMap { number in written.map { Call(number: number, text: $0) } }
        phone = number == nil ? written : nil
        tasks = (row.followUp.map { [Task($0, today)] } ?? []) + row.owed.map { Task($0, today) }
    }
}

extension PersonView.Task {
    fileprivate init(_ step: FollowUp, _ today: Day) {
        label = "Next:"
        what = Shown.line(step.what, upTo: Shown.noteLength)
        due = step.due.map { PersonView.Due($0, today) }
        tick = PersonView.Tick(id: Hex.encode(step.id.bytes), word: "Done", address: nil)
    }

    fileprivate init(_ promise: Commitment, _ today: Day) {
        let isTheirs = promise.direction != "we"
        label = isTheirs ? "They promised:" : "We promised:"
        what = Shown.line(promise.what, upTo: Shown.noteLength)
        due = promise.due.map { PersonView.Due($0, today) }
        tick =
            isTheirs
            ? PersonView.Tick(id: Hex.encode(promise.id.bytes), word: "Kept", address: "/turf/kept")
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
    var word: String {
        switch self {
        case .overdue: "Overdue"
        case .due: "Due"
        case .never: "Not met yet"
        case .ok: "In touch"
        }
    }
}
