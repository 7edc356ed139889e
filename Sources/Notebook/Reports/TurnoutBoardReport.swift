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
        let all = (shares.indices.map(Optional.some) + [nil]).map { ring in
            Ring(rings.indices.filter { rings[$0] == ring }.map { contacts[$0] })
        }
        let counted = all.dropLast()
        let sum = counted.reduce(0) { $0 + $1.contacts }
        // Contacts tell of those who had any, and shares of the contacts of the others.
        let kept = scope.hidden(of: counted.map { [$0.unmet, $0.met] })
        for (place, ring) in counted.enumerated() {
            let isHidden = kept.parts.contains(place)
            table.row(
                .said(shares[place].ring), scope.people(ring.people),
                .ratio(shares[place].planned),
                isHidden || kept.whole ? .none : ReportValue(ring.contacts, of: sum),
                isHidden ? .none : .count(ring.contacts),
                isHidden || ring.people == 0
                    ? .none : .number(Double(ring.contacts) / Double(ring.people)),
                isHidden ? .none : .count(ring.unmet))
        }
        let rest = all[shares.count]
        table.figure("outside", "People in no ring", scope.people(rest.people))
        table.figure(
            "outsideContacts", "Contacts with them",
            scope.tells(rest.met, of: rest.people) ? .count(rest.contacts) : .none)
        return table
    }

    /// How often each of some people was contacted.
    private struct Ring {
        let people: Int
        let contacts: Int
        let unmet: Int

        init(_ contacts: [Int]) {
            people = contacts.count
            self.contacts = contacts.reduce(0, +)
            unmet = contacts.count { $0 == 0 }
        }

        var met: Int { people - unmet }
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
