import Replication
import Wording

extension Report {
    static let listening = Report(
        "listening", "How far each listening campaign has come, and when it will be done.",
        .days(365),
        formula: """
            For each listening campaign that went on in these days, up to the last: heard = distinct \
            people with a held one-to-one of the campaign, or with one that names no campaign and was \
            held by one of its listeners between its first and last day, with anybody but themselves. \
            Done = heard / goal. List = people of its institution (else \
            everybody) here; reach = those of them heard / list. Week = heard / weeks since it began. \
            Finish = the day on which the goal is reached at this pace. Leaders = people heard who were \
            given a tier, or a level of \(Leadership.leastLevel) or more, on that day or later. With \
            --shared, groups of 1 to 4 are shown as <5.
            """,
        columns: """
            Columns: lead. = leaders; house = house meetings of the campaign.
            """
    ) { scope in
        let roster = try Roster(scope)
        let campaigns = try ListeningCampaigns(scope, roster).all
        var organizers = try Organizers(scope)
        let recognitions = try Leadership.recognitions(scope, roster, &organizers)
        var table = ReportTable(
            [
                .init("campaign", "Campaign", .name), .id("id"), .init("start", "", .hidden),
                .init("end", "", .hidden), .init("heard", "Heard"), .init("goal", "Goal"),
                .init("done", "Done"), .init("list", "List"), .init("reached", "Reach"),
                .init("perWeek", "Week"), .init("finish", "Finish"), .init("leaders", "Lead."),
                .init("houseMeetings", "House"),
            ], nothing: "No listening campaign went on in these days.")
        for campaign in campaigns {
            let surfaced = Set(
                recognitions.filter { one in
                    campaign.heard[one.person].map { $0 <= one.day } ?? false
                }.map(\.person))
            table.row(values(of: campaign, roster, leaders: surfaced.count, scope))
        }
        return table
    }

    private static func values(
        of campaign: Listening, _ roster: Roster, leaders: Int, _ scope: ReportScope
    ) -> [ReportValue] {
        let pace = Pace(campaign, by: scope.to)
        let heard = campaign.heard.count
        let list = roster.people.indices.filter {
            campaign.institution == nil || roster[$0].institution == campaign.institution
        }
        let reached = list.count { campaign.heard[$0] != nil }
        let isHidden = scope.question.isShared && SmallCells.isSmall(heard)
        return [
            .text(campaign.name), .id(campaign.id), ReportValue(campaign.start),
            ReportValue(campaign.end), scope.people(heard),
            campaign.goal.map { .count($0) } ?? .none,
            isHidden ? .none : campaign.goal.map { ReportValue(heard, of: $0) } ?? .none,
            scope.people(list.count),
            scope.tells(reached, of: heard) ? scope.share(reached, of: list.count) : .none,
            isHidden ? .none : ReportValue(number: pace.perWeek),
            isHidden ? .none : ReportValue(pace.finish), scope.part(leaders, of: heard),
            .count(campaign.houseMeetings),
        ]
    }

    static let listeners = Report(
        "listeners", "What each listener took on in a listening campaign, and has done.",
        .days(365), namesPeople: true,
        formula: """
            Campaigns and the people heard in them as in the report "listening". For each listener: \
            assigned = how many they took on; done = distinct people whom they listened to, alone or \
            with somebody; share = done / assigned. Those furthest behind stand first.
            """,
        columns: """
            Columns: trained = the day on which they were trained.
            """
    ) { scope in
        let roster = try Roster(scope)
        let campaigns = try ListeningCampaigns(scope, roster).all
        let organizers = try Organizers(scope)
        var table = ReportTable(
            [
                .init("campaign", "Campaign", .name), .id("campaignID"),
                .init("listener", "Listener", .name), .id("listenerID"),
                .init("trained", "Trained"), .init("assigned", "Assigned"),
                .init("done", "Done"), .init("share", "Share", .bar),
            ], nothing: "No listening campaign with listeners went on in these days.")
        for campaign in campaigns {
            let rows = try organizers.named(campaign.listeners.keys, on: roster).compactMap {
                id, name in
                campaign.listeners[id].map { (id: id, name: name, listener: $0) }
            }
            for row in rows.sorted(by: { $0.listener.left > $1.listener.left }) {
                let (done, assigned) = (row.listener.heard.count, row.listener.assigned)
                table.row(
                    .text(campaign.name), .id(campaign.id), .text(row.name), .id(row.id),
                    ReportValue(row.listener.trained), assigned.map { .count($0) } ?? .none,
                    .count(done), assigned.map { ReportValue(done, of: $0) } ?? .none)
            }
        }
        return table
    }
}

extension Listening.Listener {
    /// How many are left to be listened to.
    fileprivate var left: Int { (assigned ?? 0) - heard.count }
}

/// How fast a listening campaign goes.
private struct Pace {
    let perWeek: Double?
    /// When the goal will be reached; nil when it has been, or never will be at this pace.
    let finish: Day?

    init(_ campaign: Listening, by to: Day) {
        let last = min(to, campaign.end ?? to)
        guard let start = campaign.start, start <= last else {
            (perWeek, finish) = (nil, nil)
            return
        }
        let days = Double(last - start + 1)
        let heard = Double(campaign.heard.count)
        perWeek = heard / days * 7
        guard let goal = campaign.goal, heard > 0, Double(goal) > heard, last == to else {
            finish = nil
            return
        }
        finish = to + Int64(((Double(goal) - heard) * days / heard).rounded(.up))
    }
}
