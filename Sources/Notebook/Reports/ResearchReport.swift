import Replication
import Wording

extension Report {
    static let research = Report(
        "research-actions", "Who goes to research actions, for the first time or again.",
        .days(365),
        formula: """
            For each research action of these days: came = people who came, by name or by count; roles \
            = those of them with a role; first = those, by name, who came to none on an earlier day; \
            residents = those whose constituency is "resident". Led by a resident = somebody whose role \
            is to lead or to chair is one; of all, only research actions with such a role count. With \
            --shared, groups of 1 to 4 are shown as <5.
            """,
        columns: """
            Columns: resident leads = whether it was led by a resident.
            """
    ) { scope in
        let roster = try Roster(scope)
        let events = try Events(scope)
        let constituency = try roster.texts(Person.constituency, scope)
        let came = try Attendances(scope, roster, events) {
            $0.kind == .researchAction && $0.day != nil
        }.all.filter { $0.step.isThere }
        let firstDays = Self.first(came)
        let byAction = Dictionary(grouping: came, by: \.event.id)
        var table = ReportTable(
            [
                .init("title", "Research action", .name), .id("id"), .init("on", "Day"),
                .init("people", "Came"), .init("roles", "Roles"), .init("firstTimers", "First"),
                .init("residents", "Residents"), .init("ledByResident", "Resident leads"),
            ], nothing: "No research action here has a day among these.")
        var (roles, first, led) = (PartSum(), PartSum(), [Bool]())
        for action in events.all(.researchAction, in: scope.days) {
            let people = byAction[action.id] ?? []
            let isResident = { (one: Attended) in
                one.person.map { constituency[$0] == "resident" } ?? false
            }
            let newcomers = people.count { one in
                one.person.flatMap { firstDays[$0] } == action.day
            }
            let leaders = people.filter { Self.leads($0.role) }
            let isLed = leaders.isEmpty ? nil : leaders.contains(where: isResident)
            let all = people.reduce(0) { $0 + $1.count }
            let withRole = people.count { $0.role != nil }
            table.row(
                .text(action.title), .id(action.id), ReportValue(action.day), scope.people(all),
                scope.part(withRole, of: all), scope.part(newcomers, of: all),
                scope.part(people.count(where: isResident), of: all),
                scope.question.isShared
                    ? .none : isLed.map { .said($0 ? "yes" : "no") } ?? .none)
            roles.add(withRole, of: all, scope)
            first.add(newcomers, of: people.count { $0.person != nil }, scope)
            if let isLed { led.append(isLed) }
        }
        table.figure("number", "Research actions", .count(table.rows.count))
        table.figure("roles", "Roles taken", roles.isTold ? .count(roles.part) : .none)
        table.figure(
            "firstTimers", "First-timers",
            first.isTold ? scope.share(first.part, of: first.whole) : .none)
        table.figure(
            "ledByResidents", "Led by a resident", scope.share(led.count { $0 }, of: led.count))
        return table
    }

    /// The day of each person's first research action.
    private static func first(_ came: [Attended]) -> [Int: Day] {
        var first: [Int: Day] = [:]
        for one in came {
            guard let person = one.person, let day = one.day else { continue }
            first[person] = min(first[person] ?? day, day)
        }
        return first
    }

    private static func leads(_ role: String?) -> Bool {
        let role = Folding.name(role ?? "")
        return ["lead", "chair"].contains { role.contains($0) }
    }
}

/// Parts of several wholes, summed up; told where each of them is.
private struct PartSum {
    private(set) var part = 0
    private(set) var whole = 0
    private(set) var isTold = true

    mutating func add(_ part: Int, of whole: Int, _ scope: ReportScope) {
        self.part += part
        self.whole += whole
        isTold = isTold && scope.tells(part, of: whole) && scope.tells(whole, of: whole)
    }
}
