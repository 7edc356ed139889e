import Notebook
import Replication
import Terminal
import Wording

/// How many people a turf has, and with how many something is overdue.
struct Count: Encodable {
    let people: Int
    let overdue: Int

    init(_ rows: [TurfListRow]) {
        people = rows.count
        overdue = rows.count { $0.state == .overdue }
    }

    var words: Phrase { "\(counted(people, "person", "people")), \(overdue) overdue" }
}

/// All turfs, as JSON has them.
struct TurfsDocument: Encodable {
    let turfs: [TurfSummary]
    let unassigned: Count
}

struct TurfSummary: Encodable {
    let id: String
    let name: String
    @OrNull var leader: String?
    let people: Int
    let overdue: Int

    init(_ turf: Turf, _ count: Count) {
        id = turf.id.description
        name = turf.name
        leader = turf.leader?.description
        people = count.people
        overdue = count.overdue
    }
}

/// One turf, as JSON has it.
struct TurfDocument: Encodable {
    @OrNull var turf: TurfHead?
    let people: [TurfPersonDocument]
}

struct TurfHead: Encodable {
    let id: String
    let name: String
    @OrNull var leader: String?
    @OrNull var backup: String?
    @OrNull var handover: String?

    init(_ turf: Turf, _ notebook: Notebook) throws {
        id = turf.id.description
        name = turf.name
        leader = turf.leader?.description
        backup = turf.backup?.description
        handover = try notebook.handover(of: turf.id)
    }
}

struct TurfPersonDocument: Encodable {
    let id: String
    let name: String
    @OrNull var phone: String?
    let phones: [String]
    @OrNull var lastMet: String?
    @OrNull var nextStep: String?
    @OrNull var due: String?
    let state: String
    let owed: [Owed]

    struct Owed: Encodable {
        let id: String
        let what: String
        @OrNull var due: String?
        let direction: String
    }

    init(_ row: TurfListRow) {
        id = row.id.description
        name = row.name
        phone = row.phone
        phones = row.phones
        lastMet = row.lastMet?.description
        nextStep = row.followUp?.what
        due = row.followUp?.due?.description
        state = row.state.rawValue
        owed = row.owed.map {
            Owed(
                id: $0.id.description, what: $0.what, due: $0.due?.description,
                direction: $0.direction)
        }
    }
}
