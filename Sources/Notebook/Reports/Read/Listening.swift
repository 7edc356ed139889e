import GRDB
import Replication
import Store
import Wording

/// One listening campaign, and who was listened to in it.
struct Listening {
    struct Listener {
        let assigned: Int?
        let trained: Day?
        /// Numbers on the roster of those whom they listened to.
        fileprivate(set) var heard: Set<Int> = []
    }

    let id: RecordID
    let name: String
    let institution: RecordID?
    let start: Day?
    let end: Day?
    let goal: Int?
    /// By the listener's canonical id.
    fileprivate(set) var listeners: [RecordID: Listener] = [:]
    /// When each was first listened to, by number on the roster.
    fileprivate(set) var heard: [Int: Day] = [:]
    fileprivate(set) var houseMeetings = 0

    /// Whether a meeting that names no campaign belongs to this one.
    fileprivate func takes(_ meeting: ListeningMeeting) -> Bool {
        guard let start, meeting.day >= start, end.map({ meeting.day <= $0 }) ?? true else {
            return false
        }
        return meeting.listeners.contains { listeners[$0] != nil }
    }
}

/// A held one-to-one, for the campaign in which it was held.
private struct ListeningMeeting {
    let person: Int
    let day: Day
    let campaign: RecordID?
    let listeners: [RecordID]
}

/// The listening campaigns that went on in a period, each with all that happened in it up to the last
/// day.
struct ListeningCampaigns {
    /// The latest to begin first.
    private(set) var all: [Listening]

    init(_ scope: ReportScope, _ roster: Roster) throws {
        all = try Self.campaigns(scope)
        var organizers = try Organizers(scope)
        let places = Dictionary(uniqueKeysWithValues: zip(all.map(\.id), all.indices))
        try readListeners(scope, places, &organizers)
        try readHouseMeetings(scope, places)
        guard !all.isEmpty else { return }
        for meeting in try Self.meetings(scope, roster, &organizers) {
            let own = meeting.campaign.map { places[$0] }
            guard let place = own ?? place(of: meeting, roster) else { continue }
            all[place].heard[meeting.person] = min(
                all[place].heard[meeting.person] ?? meeting.day, meeting.day)
            for listener in meeting.listeners {
                all[place].listeners[listener]?.heard.insert(meeting.person)
            }
        }
    }

    /// The campaign of a meeting that names none; of several that of the person's institution, or else
    /// the latest to begin.
    private func place(of meeting: ListeningMeeting, _ roster: Roster) -> Int? {
        let takers = all.indices.filter { all[$0].takes(meeting) }
        let institution = roster[meeting.person].institution
        return takers.first { all[$0].institution == institution } ?? takers.first
    }

    private static func campaigns(_ scope: ReportScope) throws -> [Listening] {
        var campaigns: [Listening] = []
        var row = try FastStatement(
            scope.db,
            """
            SELECT id, name, institution, start, "end", goal FROM listeningCampaign
            WHERE coalesce(start <= ?, true) AND coalesce("end" >= ?, true)
            ORDER BY start IS NULL, start DESC, id
            """)
        row.bind(scope.to.number)
        row.bind(scope.from.number)
        while try row.step() {
            campaigns.append(
                Listening(
                    id: try row.id(0), name: row.optionalText(1) ?? said("(no name)"),
                    institution: try row.optionalID(2), start: row.day(3), end: row.day(4),
                    goal: row.people(5)))
        }
        return campaigns
    }

    private mutating func readListeners(
        _ scope: ReportScope, _ places: [RecordID: Int], _ organizers: inout Organizers
    ) throws {
        var row = try FastStatement(
            scope.db,
            """
            SELECT campaign, person, assigned, trained FROM listener
            WHERE campaign IS NOT NULL
                AND person IN (SELECT id FROM person UNION ALL SELECT id FROM member) ORDER BY id
            """)
        while try row.step() {
            guard let place = places[try row.id(0)] else { continue }
            let person = organizers.canonical(of: try row.id(1))
            let known = all[place].listeners[person]
            all[place].listeners[person] = Listening.Listener(
                assigned: known?.assigned ?? row.people(2), trained: known?.trained ?? row.day(3))
        }
    }

    private mutating func readHouseMeetings(
        _ scope: ReportScope, _ places: [RecordID: Int]
    ) throws {
        var row = try FastStatement(
            scope.db,
            "SELECT campaign FROM houseMeeting WHERE campaign IS NOT NULL AND \"on\" <= ?")
        row.bind(scope.to.number)
        while try row.step() {
            if let place = places[try row.id(0)] { all[place].houseMeetings += 1 }
        }
    }

    private static func meetings(
        _ scope: ReportScope, _ roster: Roster, _ organizers: inout Organizers
    ) throws -> [ListeningMeeting] {
        var meetings: [ListeningMeeting] = []
        var row = try FastStatement(
            scope.db,
            """
            SELECT person, "on", campaign, organizer, "with" FROM oneToOne
            WHERE person IS NOT NULL AND coalesce(status, 'held') = 'held' AND "on" <= ?
            """)
        row.bind(scope.to.number)
        while try row.step() {
            guard let person = roster.number(of: try row.id(0)), let day = row.day(1) else {
                continue
            }
            let there = try [row.optionalID(3), row.optionalID(4)].compactMap { $0 }.map {
                organizers.canonical(of: $0)
            }
            let listeners = there.filter { $0 != scope.people.canonical(of: roster[person].id) }
            // Who met nobody but themselves has listened to nobody.
            guard there.isEmpty || !listeners.isEmpty else { continue }
            meetings.append(
                ListeningMeeting(
                    person: person, day: day, campaign: try row.optionalID(2),
                    listeners: listeners))
        }
        return meetings
    }
}
