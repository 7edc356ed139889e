import Histories
import Notebook
import Replication
import Store

/// A season of work of a small congregation, as a seed has it: full of groups of few people.
struct RandomNotebook {
    let desk: Desk
    private var random: SplitMix64
    private var people: [RecordID] = []
    private var organizers: [RecordID] = []
    /// Not all reports are of interest in every notebook, but each has its days.
    private static let concerns = ["rent", "asthma", "buses"]

    init(seed: UInt64) throws {
        desk = try Desk.open(seed: seed)
        random = SplitMix64(seed: seed)
        organizers = [desk.notebook.me.member, try desk.colleague("Bo Lind")]
        try settle()
        try meet()
        try judge()
        try attend()
        try listen()
        try aim()
        try fight()
    }

    /// How likely something is in this notebook: seldom, now and then, or nearly always.
    private mutating func likelihood() -> Int { random.pick([4, 15, 40, 60, 85, 96]) }

    private mutating func day(within days: Int) -> Day { March.third + -Int64(random.below(days)) }

    private mutating func settle() throws {
        let institutions = try ["St. Mark", "Dar Al-Hijrah", "Lincoln"].prefix(1 + random.below(3))
            .map { try desk.notebook.addInstitution($0) }
        for number in 0..<(6 + random.below(35)) { people.append(try desk.add("Person \(number)")) }
        let turfs = try ["North", "South", "East"].prefix(1 + random.below(3)).map {
            try desk.notebook.addTurf($0, leader: nil)
        }
        let (housed, known, first) = (likelihood(), likelihood(), likelihood())
        for person in people {
            var changes: [Change] = []
            if random.chance(housed) {
                let place = random.chance(first) ? institutions[0] : random.pick(institutions)
                changes.append(.set(Person.institution, .id(place)))
            }
            if random.chance(known) {
                let words = ["resident", "resident", "clergy"]
                changes.append(.set(Person.constituency, .text(random.pick(words))))
                changes.append(.insert(Person.affectedBy, .text("asthma")))
                changes.append(.set(Person.neighbourhood, .text(random.pick(["East", "West"]))))
            }
            try write(Person.key(person), changes)
        }
        let assigned = likelihood()
        for turf in turfs {
            let some = people.filter { _ in random.chance(assigned) }
            if !some.isEmpty { try desk.notebook.assign(some, to: turf) }
        }
    }

    private func write(_ key: RecordKey, _ changes: [Change]) throws {
        guard !changes.isEmpty else { return }
        _ = try desk.notebook.store.write { transaction in
            try transaction.commit([Edit(key, changes)], by: desk.notebook.me.member)
        }
    }

    private mutating func meet() throws {
        let (met, again, promised, kept) = (likelihood(), likelihood(), likelihood(), likelihood())
        for person in people where random.chance(met) {
            for _ in 0..<(random.chance(again) ? 2 : 1) {
                let heard = Self.concerns.filter { _ in random.chance(50) }
                try desk.meet(
                    person, on: day(within: random.chance(50) ? 28 : 300), heard: heard,
                    by: random.pick(organizers))
            }
            guard random.chance(promised) else { continue }
            let isKept = random.chance(kept)
            try desk.promise(
                person, due: March.third, status: isKept ? "kept" : "open",
                settled: isKept ? March.third : nil)
        }
    }

    private mutating func judge() throws {
        let (before, after, tiered) = (likelihood(), likelihood(), likelihood())
        for person in people {
            if random.chance(before) {
                try desk.assess(
                    person, level: Int64(1 + random.below(3)), on: March.third + -400)
            }
            if random.chance(after) {
                try desk.assess(
                    person, level: Int64(1 + random.below(3)), on: day(within: 30),
                    by: random.pick(organizers))
            }
            if random.chance(tiered) {
                let tier = random.pick(["primary", "secondary", "secondary", "tertiary"])
                try write(Person.key(person), [.set(Person.tier, .text(tier))])
            }
        }
    }

    private mutating func attend() throws {
        for number in 0..<3 {
            let action = try desk.action("Action \(number)", on: day(within: 300), goal: 20)
            let research = try desk.write(
                ResearchAction.kind,
                [
                    .set(ResearchAction.title, .text("Visit \(number)")),
                    .set(ResearchAction.on, .day(day(within: 300).number)),
                ])
            let (came, role) = (likelihood(), likelihood())
            for (event, step) in [(action, "attended"), (research, "attended")] {
                for person in people where random.chance(came) {
                    let step = random.chance(80) ? step : random.pick(["walkIn", "noShow"])
                    try desk.attend(
                        person, event, step, by: random.pick(organizers),
                        role: random.chance(role) ? "speaker" : nil)
                }
            }
        }
    }

    private mutating func listen() throws {
        let home = try desk.notebook.findInstitution("St. Mark")
        let campaign = try desk.write(
            ListeningCampaign.kind,
            [
                .set(ListeningCampaign.name, .text("Lent")),
                .set(ListeningCampaign.institution, .id(home)),
                .set(ListeningCampaign.goal, .int(40)),
                .set(ListeningCampaign.start, .day((March.third + -28).number)),
            ])
        let heard = likelihood()
        for person in people where random.chance(heard) {
            try desk.write(
                OneToOne.kind,
                [
                    .set(OneToOne.person, .id(person)), .set(OneToOne.campaign, .id(campaign)),
                    .set(OneToOne.on, .day(day(within: 27).number)),
                    .set(OneToOne.organizer, .id(random.pick(organizers))),
                ])
        }
        let survey = try desk.write(
            SurveyInstrument.kind, [.set(SurveyInstrument.name, .text("Partners"))])
        let answered = random.below(15)
        let wave = try desk.write(
            SurveyWave.kind,
            [
                .set(SurveyWave.instrument, .id(survey)), .set(SurveyWave.name, .text("Spring")),
                .set(SurveyWave.end, .day(March.third.number)),
                .set(SurveyWave.invited, .int(Int64(answered + random.below(8)))),
            ])
        for _ in 0..<answered {
            try desk.write(
                SurveyResponse.kind,
                [.set(SurveyResponse.wave, .id(wave)), .set(SurveyResponse.scores, .text("4 5"))])
        }
    }

    private mutating func aim() throws {
        for measure in ["newPeople", "turnout", "leaders", "oneToOnes"] {
            for owner in [nil] + organizers.map(Optional.some) where random.chance(80) {
                for period in ["week", "month", "quarter", "year"] where random.chance(60) {
                    var changes: [Change] = [
                        .set(Goal.name, .text(measure)), .set(Goal.measure, .text(measure)),
                        .set(Goal.period, .text(period)), .set(Goal.target, .int(10)),
                    ]
                    if let owner { changes.append(.set(Goal.owner, .id(owner))) }
                    try desk.write(Goal.kind, changes)
                }
            }
        }
    }

    private mutating func fight() throws {
        let issue = try desk.issue("Clean air", cutOn: March.third + -20)
        try desk.write(
            Campaign.kind,
            [.set(Campaign.name, .text("Cedar")), .set(Campaign.issue, .id(issue))])
        let (worried, twice) = (likelihood(), likelihood())
        for person in people where random.chance(worried) {
            for number in 0..<(random.chance(twice) ? 3 : 1) {
                try desk.concern(
                    "trucks \(number)", of: person, on: day(within: 60),
                    .set(Concern.issue, .id(issue)))
            }
        }
    }
}
