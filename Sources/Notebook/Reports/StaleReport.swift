import Replication
import Store
import Wording

extension Report {
    static let stale = Report(
        "stale", "Whom we are losing touch with, the most urgent first.", .moment,
        namesPeople: true,
        formula: """
            For each person: days = --to (else today) minus the day of the last held one-to-one, or of \
            the last other touch (a call, a word after church) where that is later. ok up to \
            \(Cadence.standard.dueDays) days, due up to \(Cadence.standard.overdueDays), then overdue, \
            unless a cadence is written down for them, or for their tier; never without a held one-to-one. Urgency = \
            days / the days after which it is due. Ranked by weight × urgency, weight = \
            \(Cadence.standard.dueDays) / those days: whom one means to meet twice as often weighs \
            twice as much. Those never met come after, and then those with whom all is well. Who is \
            not to be contacted, has moved, died or asked to be removed is left out.
            """,
        columns: """
            Columns: name = the person; point person = who looks after them; last met = the day of \
            the last held one-to-one; touch = that of the last other touch.
            """
    ) { scope in
        let roster = try Roster(scope)
        let met = try Meetings(scope, roster)
        let last = met.lastMet(roster, by: scope.to)
        let touched = try Self.lastTouched(scope, roster)
        let (tiers, cadences) = (try roster.texts(Person.tier, scope), try Cadences(scope.db))
        let own = try roster.texts(Person.cadence, scope)
        let people = try scope.reachable(roster).map { number in
            let contact = last[number].map { max($0, touched[number] ?? $0) }
            return StaleRow(
                roster[number], tier: tiers[number],
                cadence: cadences.of(tiers[number], own: own[number]),
                lastMet: last[number], lastContact: contact, days: contact.map { scope.to - $0 })
        }
        return try table(people.sorted(by: StaleRow.precedes), met.organizers)
    }

    /// The day of each person's last contact that was no one-to-one.
    private static func lastTouched(_ scope: ReportScope, _ roster: Roster) throws -> [Day?] {
        var last = [Day?](repeating: nil, count: roster.count)
        var row = try FastStatement(
            scope.db,
            """
            SELECT person, max("on") FROM touch
            WHERE person IS NOT NULL AND "on" <= ? GROUP BY person
            """)
        row.bind(scope.to.number)
        while try row.step() {
            guard let number = roster.number(of: try row.id(0)), let day = row.day(1) else {
                continue
            }
            last[number] = max(last[number] ?? day, day)
        }
        return last
    }

    private static func table(
        _ people: [StaleRow], _ organizers: Organizers
    ) throws -> ReportTable {
        var table = ReportTable(
            [
                .init("state", ""), .init("name", "Name", .name), .id("person"),
                .init("pointPerson", "Point person", .name), .init("lastMet", "Last met"),
                .init("lastTouch", "Touch"), .init("days", "Days"), .init("urgency", "Urgency"),
                .init("tier", "Tier"),
            ], nothing: "Nobody is here yet.")
        var names: [RecordID: String] = [:]
        var organizers = organizers
        for person in people {
            let organizer = person.person.organizer.map { organizers.canonical(of: $0) }
            if let organizer, names[organizer] == nil {
                names[organizer] = try organizers.name(of: organizer)
            }
            table.row(
                .said(Phrase(word: person.state.rawValue)), .text(person.person.name),
                .id(person.person.id),
                ReportValue(organizer.flatMap { names[$0] }), ReportValue(person.lastMet),
                ReportValue(person.lastTouch), ReportValue(days: person.days),
                ReportValue(number: person.urgency), .choice(person.tier))
        }
        for state in TurfState.allCases {
            let count = people.count { $0.state == state }
            table.figure(state.rawValue, Phrase(word: state.rawValue), .count(count))
        }
        return table
    }
}

/// A person, and how long ago we were in contact.
private struct StaleRow {
    let person: Roster.Person
    let tier: String?
    let lastMet: Day?
    /// The last other contact, where that was later: it is what counts.
    let lastTouch: Day?
    let days: Int64?
    let state: TurfState
    /// How many times the agreed interval has passed.
    let urgency: Double?
    private let rank: Double
    private let folded: String

    init(
        _ person: Roster.Person, tier: String?, cadence: Cadence, lastMet: Day?,
        lastContact: Day?, days: Int64?
    ) {
        self.person = person
        self.tier = tier
        self.lastMet = lastMet
        lastTouch = lastContact == lastMet ? nil : lastContact
        self.days = days
        folded = Folding.name(person.name)
        state = days.map(cadence.state) ?? .never
        urgency = days.map { Double($0) / Double(cadence.dueDays) }
        rank = (urgency ?? 0) * cadence.weight
    }

    private var group: Int {
        switch state {
        case .overdue, .due: 0
        case .never: 1
        case .ok: 2
        }
    }

    static func precedes(_ a: StaleRow, _ b: StaleRow) -> Bool {
        if a.group != b.group { return a.group < b.group }
        if a.rank != b.rank { return a.rank > b.rank }
        return a.folded != b.folded ? a.folded < b.folded : a.person.id < b.person.id
    }
}
