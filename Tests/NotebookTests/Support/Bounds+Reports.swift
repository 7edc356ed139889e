import Notebook
import Wording

/// What the figures of each report that can be shared have to do with each other, by what its
/// formula says.
extension Bounds {
    static let relations: [String: @Sendable (inout Bounds, ReportTable) -> Void] = [
        "one-to-ones": { $0.oneToOnes($1) }, "hold-rate": { $0.holdRate($1) },
        "goals": { $0.goals($1) },
        "funnel": { $0.funnel($1) }, "coverage": { $0.coverage($1) },
        "ladder": { $0.ladder($1) }, "leaders": { $0.leaders($1) },
        "participation": { $0.participation($1) }, "resident-voice": { $0.voice($1) },
        "listening": { $0.listening($1) }, "issues": { $0.issues($1) },
        "issues-by-institution": { $0.groups($1, "institution") },
        "issues-by-neighbourhood": { $0.groups($1, "neighbourhood") },
        "research-actions": { $0.research($1) }, "turnout-ladder": { $0.turnoutLadder($1) },
        "turnout-board": { $0.turnoutBoard($1) }, "campaign-chain": { $0.chain($1) },
        "survey": { $0.survey($1) }, "equity": { $0.equity($1) }, "network": { $0.network($1) },
        "funder": { $0.funder($1) },
    ]

    private mutating func oneToOnes(_ table: ReportTable) {
        let isZeroShown = table.rows.indices.contains {
            table[$0, "newPeople"] == .count(0) && table[$0, "held"] != .count(0)
        }
        for row in table.rows.indices {
            people("new \(row)", table[row, "newPeople"], few: isZeroShown ? 1 : 0)
            people("held \(row)", table[row, "held"])
            atMost("new \(row)", "held \(row)")
            know("goal \(row)", table[row, "goal"])
            share("held \(row)", of: "goal \(row)", table[row, "attainment"])
            for status in ["scheduled", "noShow", "cancelled", "void"] {
                people("\(status) \(row)", table[row, status])
            }
        }
        let organizers = Dictionary(grouping: table.rows.indices) { table[$0, "organizerID"] }
        for rows in organizers.values {
            for (place, row) in rows.enumerated() {
                // Weeks before the first are in no row.
                let four = (place - 3...place).map {
                    $0 < 0 ? "before \(rows[0]) \($0)" : "held \(rows[$0])"
                }
                sum("four \(row)", four)
                if case .number(let mean)? = table[row, "mean4"] {
                    know("four \(row)", .count(Int((mean * 4).rounded())))
                }
            }
        }
        people("held", table.figure("held"))
        sum("held", table.rows.indices.map { "held \($0)" })
        if case .trend(let weeks)? = table.figure("heldByWeek") {
            for (place, held) in weeks.enumerated() {
                people("held in week \(place)", .count(held))
                sum("held in week \(place)", organizers.values.map { "held \($0[place])" })
            }
        }
        people("new", table.figure("newPeople"), few: 0)
        sum("new", table.rows.indices.map { "new \($0)" })
    }

    private mutating func holdRate(_ table: ReportTable) {
        let missed = ["noShow", "cancelledByThem"]
        for row in table.rows.indices {
            for status in ["held", "cancelledByUs", "scheduled", "void"] + missed {
                people("\(status) \(row)", table[row, status])
            }
            sum("rated \(row)", (["held"] + missed).map { "\($0) \(row)" })
            share("held \(row)", of: "rated \(row)", table[row, "rate"])
        }
        sum("held", table.rows.indices.map { "held \($0)" })
        sum("rated", ["held", "missed"])
        people("missed")
        sum("missed", table.rows.indices.flatMap { row in missed.map { "\($0) \(row)" } })
        share("held", of: "rated", table.figure("rate"))
    }

    private mutating func goals(_ table: ReportTable) {
        let periods = ["week", "month", "quarter", "year"]
        let rows = Dictionary(grouping: table.rows.indices) { table[$0, "measure"] }
        for (measure, rows) in rows {
            let isZeroShown = rows.contains { table[$0, "done"] == .count(0) }
            let name = { (owner: ReportValue?, period: String) in
                "\(String(describing: measure)) \(String(describing: owner)) \(period)"
            }
            let none = Optional(ReportValue.none)
            let owners = Set(rows.map { table[$0, "ownerID"] }).union([none])
            for row in rows {
                guard case .said(let period)? = table[row, "period"] else { continue }
                let name = name(table[row, "ownerID"], period.text(in: .english))
                people(name, table[row, "done"], few: isZeroShown ? 1 : 0)
                know("target \(row)", table[row, "target"])
                share(name, of: "target \(row)", table[row, "share"])
            }
            for period in periods {
                let parts = owners.filter { $0 != none }.map { name($0, period) }
                sum(name(none, period), parts + ["rest of " + name(none, period)])
                people("rest of " + name(none, period))
            }
            for owner in owners {
                for (shorter, longer) in zip(periods, periods.dropFirst()) {
                    let (part, whole) = (name(owner, shorter), name(owner, longer))
                    split(whole, part, rest: "before \(part)")
                }
            }
        }
    }

    private mutating func funnel(_ table: ReportTable) {
        for (row, name) in ["met", "asked", "committed", "kept"].enumerated() {
            people(name, table[row, "people"])
        }
        people("never", table.figure("neverAsked"))
        sum("met", ["asked", "never"])
        split("asked", "committed", rest: "asked, not committed")
        split("committed", "kept", rest: "committed, not kept")
        for (row, name) in ["met", "asked", "committed", "kept"].enumerated().dropFirst() {
            share(name, of: "met", table[row, "ofMet"])
        }
        share("asked", of: "met", table[1, "rate"])
        share("committed", of: "asked", table[2, "rate"])
        share("kept", of: "committed", table[3, "rate"])
    }

    private mutating func coverage(_ table: ReportTable) {
        for row in table.rows.indices {
            people("people \(row)", table[row, "people"])
            know("people \(row)", table[row, "perLeader"])
            for part in ["met", "pointPerson"] {
                people("\(part) \(row)")
                split("people \(row)", "\(part) \(row)", rest: "not \(part) \(row)")
                share("\(part) \(row)", of: "people \(row)", table[row, part])
            }
            if table[row, "turf"] == .text("(no turf)") {
                know("people \(row)", table.figure("unassigned"))
            }
        }
        for part in ["people", "met"] {
            people(part)
            sum(part, table.rows.indices.map { "\(part) \($0)" })
        }
        share("met", of: "people", table.figure("met"))
    }

    private mutating func ladder(_ table: ReportTable) {
        let levels = table.columns.map(\.name).filter { $0.hasPrefix("level") }
        var steps: [String: [String]] = [:]
        for row in table.rows.indices {
            let from = levels.indices.contains(row) ? row : nil
            for (to, column) in (levels + ["lost"]).enumerated() {
                people("\(row) to \(to)", table[row, column])
                let isLost = to == levels.count
                guard from != nil || !isLost else { continue }
                let step =
                    isLost
                    ? "lost"
                    : from.map { to > $0 ? "promoted" : to < $0 ? "slipped" : "held" }
                        ?? "new"
                steps[step, default: []].append("\(row) to \(to)")
            }
        }
        for step in ["promoted", "held", "slipped", "new", "lost"] {
            people(step, table.figure(step))
            sum(step, steps[step] ?? [])
        }
        sum("here before", ["promoted", "rest"])
        sum("rest", ["held", "slipped"])
        people("rest")
        share("promoted", of: "here before", table.figure("promotionRate"))
    }

    private mutating func leaders(_ table: ReportTable) {
        let unknown = table.rows.indices.filter {
            table[$0, "id"] != ReportValue.none && table[$0, "enough"] == ReportValue.none
        }
        var enough: [Int: Bool] = [:]
        let institutions = table.rows.indices.filter { table[$0, "id"] != ReportValue.none }
        for row in institutions where !unknown.contains(row) {
            enough[row] = table[row, "enough"] == .text("yes")
        }
        if case .ratio(let ratio)? = table.figure("enough") {
            let all = Int((ratio * Double(institutions.count)).rounded())
            let left = all - enough.values.count { $0 }
            if left == 0 { for row in unknown { enough[row] = false } }
            if left == unknown.count { for row in unknown { enough[row] = true } }
        }
        for row in table.rows.indices {
            people("people \(row)", table[row, "people"])
            people("leaders \(row)", table[row, "leaders"])
            split("people \(row)", "leaders \(row)", rest: "others \(row)")
            let tiers = ["primary", "secondary", "tertiary", "other"]
            for tier in tiers { people("\(tier) \(row)", table[row, tier]) }
            sum("leaders \(row)", tiers.map { "\($0) \(row)" })
            guard case .count(let goal)? = table[row, "goal"], let isEnough = enough[row] else {
                continue
            }
            know("leaders \(row)", isEnough ? goal...1_000_000 : 0...max(0, goal - 1))
        }
    }

    private mutating func participation(_ table: ReportTable) {
        let splits = [
            (["had a one-to-one", "had none"], ["stayedMet", "stayedUnmet"]),
            (["at a research action", "at none"], ["stayedResearch", "stayedNoResearch"]),
        ]
        var ended: [String] = []
        for row in table.rows.indices {
            guard case .text(let cohort)? = table[row, "cohort"],
                case .said(let group)? = table[row, "group"]
            else { continue }
            let name = "\(cohort) \(group.text(in: .english))"
            people("people \(name)", table[row, "people"])
            people("stayed \(name)", table[row, "stayed"])
            split("people \(name)", "stayed \(name)", rest: "left \(name)")
            share("stayed \(name)", of: "people \(name)", table[row, "rate"])
            if group.text(in: .english) == "all", cohort != "2026 Q1" { ended.append(cohort) }
            guard group.text(in: .english) == "all" else { continue }
            for (groups, _) in splits {
                for part in ["people", "stayed", "left"] {
                    for group in groups { people("\(part) \(cohort) \(group)") }
                    sum("\(part) \(name)", groups.map { "\(part) \(cohort) \($0)" })
                }
                for group in groups {
                    split(
                        "people \(cohort) \(group)", "stayed \(cohort) \(group)",
                        rest: "left \(cohort) \(group)")
                }
            }
        }
        for (groups, figures) in splits {
            for (group, figure) in zip(groups, figures) {
                for part in ["people", "stayed"] {
                    people("\(part) all \(group)")
                    sum("\(part) all \(group)", ended.map { "\(part) \($0) \(group)" })
                }
                share("stayed all \(group)", of: "people all \(group)", table.figure(figure))
            }
        }
    }

    private mutating func voice(_ table: ReportTable) {
        for (row, name) in ["participants", "leadership", "speakers"].enumerated() {
            people("known \(name)", table[row, "all"])
            people("part \(name)", table[row, "part"])
            people("unknown \(name)", table[row, "unknown"])
            split("known \(name)", "part \(name)", rest: "rest \(name)")
            share("part \(name)", of: "known \(name)", table[row, "share"])
        }
        sum("participants", ["known participants", "unknown participants"])
        split("participants", "known speakers", rest: "silent")
    }

    private mutating func listening(_ table: ReportTable) {
        for row in table.rows.indices {
            people("heard \(row)", table[row, "heard"])
            people("list \(row)", table[row, "list"])
            people("leaders \(row)", table[row, "leaders"])
            people("reached \(row)")
            split("heard \(row)", "reached \(row)", rest: "elsewhere \(row)")
            split("list \(row)", "reached \(row)", rest: "not reached \(row)")
            split("heard \(row)", "leaders \(row)", rest: "no leaders \(row)")
            share("reached \(row)", of: "list \(row)", table[row, "reached"])
            know("goal \(row)", table[row, "goal"])
            share("heard \(row)", of: "goal \(row)", table[row, "done"])
            if case .number(let pace)? = table[row, "perWeek"],
                case .day(let start)? = table[row, "start"]
            {
                let heard = Int((pace * Double(March.third - start + 1) / 7).rounded())
                know("heard \(row)", heard...heard)
            }
        }
    }

    private mutating func issues(_ table: ReportTable) {
        people("listened", table.figure("listenedTo"))
        for row in table.rows.indices
        where table[row, "concern"] != .text("(others, each of 1 to 4 people)") {
            people("people \(row)", table[row, "people"])
            split("listened", "people \(row)", rest: "others \(row)")
            guard case .trend(let slices)? = table[row, "trend"] else { continue }
            let filled = slices.filter { $0 > 0 }
            for (place, count) in filled.enumerated() {
                people("slice \(row) \(place)", .count(count))
                split("people \(row)", "slice \(row) \(place)", rest: "not then \(row) \(place)")
            }
            // Of two stretches, those who spoke in both are one too many.
            guard filled.count == 2 else { continue }
            sum("twice \(row)", ["slice \(row) 0", "slice \(row) 1"])
            split("twice \(row)", "people \(row)", rest: "both \(row)")
        }
    }

    private mutating func groups(_ table: ReportTable, _ column: String) {
        for row in table.rows.indices {
            let group = String(describing: table[row, column])
            people("people \(row)", table[row, "people"])
            people("listened \(group)")
            split("listened \(group)", "people \(row)", rest: "others \(row)")
            share("people \(row)", of: "listened \(group)", table[row, "share"])
        }
    }
}
