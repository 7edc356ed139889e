import Replication
import Store
import Wording

extension Report {
    /// The shares of one's time that leaders of the inner, middle and outer ring should have.
    private static let shares: [(ring: Phrase, planned: Double)] = [
        ("inner", 0.80), ("middle", 0.15), ("outer", 0.05),
    ]

    static let turnoutBoard = Report(
        "turnout-board", "Whether our time goes to the leaders who bring others.", .days(28),
        formula: """
            Contacts = held one-to-ones and other touches of these days. Rings, by a person's tier, or \
            that of their latest assessment: primary (core, 1) is inner, secondary (activist, 2) middle, \
            tertiary (supporter, 3) outer; other tiers are outer too. Without a tier, by the level of \
            the latest assessment: 4 or more inner, 3 middle, less outer. Planned = 80, 15 and 5 of 100 \
            contacts with people of a ring; share = contacts of the ring / those of all three; each = \
            contacts / people. People in no ring stand beside it. With --shared, groups of 1 to 4 are \
            shown as <5.
            """
    ) { scope in
        let roster = try Roster(scope)
        let rings = try Self.rings(scope, roster)
        let contacts = try Self.contacts(scope, roster)
        var table = ReportTable(
            [
                .init("ring", "Ring"), .init("people", "People"), .init("planned", "Planned"),
                .init("share", "Share", .bar), .init("contacts", "Contacts"),
                .init("each", "Each"), .init("unmet", "Without"),
            ], nothing: "Nobody is here yet.")
        let counted = rings.indices.filter { rings[$0] != nil }
        let all = counted.reduce(0) { $0 + contacts[$1] }
        for ring in shares.indices {
            let people = counted.filter { rings[$0] == ring }
            let sum = people.reduce(0) { $0 + contacts[$1] }
            let unmet = people.count { contacts[$0] == 0 }
            let isHidden = scope.question.isShared && SmallCells.isSmall(people.count)
            table.row(
                .said(shares[ring].ring), scope.people(people.count),
                .ratio(shares[ring].planned), isHidden ? .none : ReportValue(sum, of: all),
                isHidden ? .none : .count(sum),
                isHidden || people.isEmpty
                    ? .none : .number(Double(sum) / Double(people.count)),
                isHidden ? .none : scope.people(unmet))
        }
        let rest = rings.indices.filter { rings[$0] == nil }
        table.figure("outside", "People in no ring", scope.people(rest.count))
        table.figure(
            "outsideContacts", "Contacts with them",
            .count(rest.reduce(0) { $0 + contacts[$1] }))
        return table
    }

    /// Each person's ring, by number on the roster: 0 inner, 1 middle, 2 outer.
    private static func rings(_ scope: ReportScope, _ roster: Roster) throws -> [Int?] {
        var levels = [Int64?](repeating: nil, count: roster.count)
        var organizers = try Organizers(scope)
        for one in try Judgements(scope, roster, &organizers).all where one.day <= scope.to {
            if let person = one.person { levels[person] = one.level }
        }
        return try zip(Leadership.tiers(scope, roster), levels).map { tier, level in
            if let tier {
                return switch LeaderTier(tier) {
                case .primary: 0
                case .secondary: 1
                case .tertiary, .other: 2
                }
            }
            return level.map { $0 >= 4 ? 0 : $0 == 3 ? 1 : 2 }
        }
    }

    private static func contacts(_ scope: ReportScope, _ roster: Roster) throws -> [Int] {
        var contacts = [Int](repeating: 0, count: roster.count)
        for meeting in try Meetings(scope, roster).held(in: scope.days) {
            if let person = meeting.person { contacts[person] += 1 }
        }
        var row = try FastStatement(
            scope.db, "SELECT person FROM touch WHERE person IS NOT NULL AND \"on\" BETWEEN ? AND ?"
        )
        row.bind(scope.from.number)
        row.bind(scope.to.number)
        while try row.step() {
            if let person = roster.number(of: try row.id(0)) { contacts[person] += 1 }
        }
        return contacts
    }
}
