import Notebook
import Replication
import Wording

/// What the turf list's template shows: each field that is here, and no other, reaches a phone.
struct TurfView: Sendable {
    let heading: Phrase
    let today: Phrase
    let visitor: String
    let token: String
    let hasReport: Bool
    let notice: Phrase?
    let emptiness: Phrase?
    let contents: Contents?
    let sections: [Section]

    struct Contents: Sendable {
        let entries: [Section]
    }

    struct Section: Sendable {
        let number: Int
        let name: String
        let count: Int
        let summary: Phrase
        let people: [PersonView]
        /// Say that there are more people, and more promises.
        let rest: Phrase?
        let otherPromises: Phrase?
    }

    /// What a phone can show of a turf, and a leader can read.
    fileprivate static let mostPeople = 200
    fileprivate static let mostPromises = 100

    init(
        visitor: Visitor, lists: [VisibleTurf], today: Day, notice: Phrase?, isOwn: Bool = false
    ) {
        self.visitor = Shown.line(visitor.name)
        self.today = DateText.whole(today)
        self.notice = notice
        token = visitor.formToken
        hasReport = visitor.isOrganizer && !isOwn
        heading = visitor.isOrganizer ? "All turf lists" : "Your turf list"
        sections = lists.enumerated().map { Section(number: $0 + 1, $1, today, isOwn: isOwn) }
        contents = sections.count > 1 ? Contents(entries: sections) : nil
        emptiness = sections.isEmpty ? Self.emptiness(visitor, isOwn: isOwn) : nil
    }

    private static func emptiness(_ visitor: Visitor, isOwn: Bool) -> Phrase {
        guard !isOwn else { return "Nobody is here yet. Add somebody: fieldbook person add" }
        return visitor.isOrganizer
            ? """
            There is no turf yet, and nobody to be in one. Add them on a laptop, and they appear \
            here after its next sync.
            """
            : """
            You have no turf here yet. Once your organizer gives you one, its people are listed \
            here. You need not sign in again.
            """
    }
}

extension TurfView.Section {
    fileprivate init(number: Int, _ turf: VisibleTurf, _ today: Day, isOwn: Bool) {
        self.number = number
        name = Shown.line(turf.name)
        count = turf.rows.count
        summary = Self.summary(turf.rows)
        let shown = turf.rows.prefix(TurfView.mostPeople)
        let promises = shown.flatMap(\.owed)
        let urgent = Set(promises.mostUrgent(TurfView.mostPromises).map(\.id))
        people = shown.map { PersonView($0, showing: urgent, today, isOwn: isOwn) }
        rest =
            turf.rows.count > TurfView.mostPeople
            ? """
            These are the first \(TurfView.mostPeople) of \(turf.rows.count). The others are on your \
            organizer’s laptop.
            """ : nil
        otherPromises =
            promises.count > urgent.count
            ? """
            Of \(promises.count) open promises these are the \(urgent.count) that are due first. The \
            others are on your organizer’s laptop.
            """ : nil
    }

    /// `12 people · 3 overdue · 1 not met yet`
    private static func summary(_ rows: [TurfListRow]) -> Phrase {
        guard !rows.isEmpty else { return "Nobody is in this turf yet." }
        let states = [TurfState.overdue, .due, .never].compactMap { state -> Phrase? in
            let count = rows.count { $0.state == state }
            return count == 0 ? nil : "\(count) \(state.word.text.lowercased())"
        }
        return ([counted(rows.count, "person", "people")] + states).joined(" · ")
    }
}

extension [Commitment] {
    /// So many of those that are due first; last what has no date.
    fileprivate func mostUrgent(_ count: Int) -> some Sequence<Commitment> {
        func order(_ promise: Commitment) -> (Int64, RecordID) {
            (promise.due?.number ?? .max, promise.id)
        }
        return sorted { order($0) < order($1) }.prefix(count)
    }
}
