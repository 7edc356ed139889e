import Notebook
import Replication
import Store

/// What a town's people come to, take on and are asked: two years of it.
struct TownLife {
    private static let actions = 60
    private static let listeners = 200
    private static let actors = 200

    private let people: [RecordID]
    private let institutions: [RecordID]
    private let organizers: [RecordID]

    init(_ people: [RecordID], _ institutions: [RecordID], _ organizers: [RecordID]) {
        self.people = people
        self.institutions = institutions
        self.organizers = organizers
    }

    func fill(_ town: inout Filling) throws {
        try tellOfPeople(&town)
        try attend(&town)
        try listen(&town)
        try relate(&town)
        try fight(&town)
        try ask(&town)
        for organizer in organizers {
            try town.add(
                Goal.kind,
                [
                    .set(Goal.name, .text("Meet people")), .set(Goal.owner, .id(organizer)),
                    .set(Goal.measure, .text("oneToOnes")), .set(Goal.period, .text("week")),
                    .set(Goal.target, .int(15)),
                ])
        }
    }

    private func tellOfPeople(_ town: inout Filling) throws {
        for person in people {
            try town.edit(
                Person.key(person),
                [
                    .set(Person.neighbourhood, .text("Ward \(town.one(of: Array(1...20)))")),
                    .set(Person.constituency, .text(town.one(of: ["resident", "clergy"]))),
                    .set(Person.language, .text(town.one(of: ["English", "Somali", "Spanish"]))),
                ])
        }
        for tier in ["primary", "secondary", "tertiary"] {
            for _ in 0..<(people.count / 33) {
                let person = town.one(of: people)
                try town.edit(Person.key(person), [.set(Person.tier, .text(tier))])
            }
            try town.add(
                TierCadence.kind,
                [.set(TierCadence.tier, .text(tier)), .set(TierCadence.dueDays, .int(10))])
        }
    }

    private func attend(_ town: inout Filling) throws {
        let actions = try (0..<Self.actions).map { number in
            try town.add(
                Action.kind,
                [
                    .set(Action.title, .text("Action \(number)")),
                    .set(Action.on, .day(town.day(within: 730) + (number % 6 == 0 ? 60 : 0))),
                    .set(Action.goal, .int(300)),
                ])
        }
        let visits = try (0..<Self.actions).map { number in
            try town.add(
                ResearchAction.kind,
                [
                    .set(ResearchAction.title, .text("Visit \(number)")),
                    .set(ResearchAction.on, .day(town.day(within: 730))),
                ])
        }
        let leaders = Array(people.prefix(300))
        for action in actions {
            for _ in 0..<10 {
                let leader = town.one(of: leaders)
                try town.add(
                    TurnoutPledge.kind,
                    [
                        .set(TurnoutPledge.leader, .id(leader)),
                        .set(TurnoutPledge.action, .id(action)),
                        .set(TurnoutPledge.pledged, .int(20)),
                    ])
            }
        }
        for number in 0..<(2 * people.count) {
            let event = number % 10 == 0 ? town.one(of: visits) : town.one(of: actions)
            let id = try town.add(
                Attendance.kind,
                [
                    .set(Attendance.person, .id(town.one(of: people))),
                    .set(Attendance.event, .id(event)),
                    .set(Attendance.broughtBy, .id(town.one(of: leaders))),
                    .set(Attendance.status, .text(town.one(of: ["pledged", "confirmed"]))),
                ])
            try town.edit(
                Attendance.key(id),
                [.set(Attendance.status, .text(town.one(of: ["attended", "noShow"])))])
        }
    }

    private func listen(_ town: inout Filling) throws {
        for number in 0..<10 {
            let campaign = try town.add(
                ListeningCampaign.kind,
                [
                    .set(ListeningCampaign.name, .text("Listening \(number)")),
                    .set(ListeningCampaign.goal, .int(1000)),
                    .set(ListeningCampaign.start, .day((town.today + -90).number)),
                ])
            for _ in 0..<(Self.listeners / 10) {
                try town.add(
                    Listener.kind,
                    [
                        .set(Listener.person, .id(town.one(of: people))),
                        .set(Listener.campaign, .id(campaign)), .set(Listener.assigned, .int(10)),
                    ])
            }
        }
    }

    private func relate(_ town: inout Filling) throws {
        let words = ["family", "friend", "knows", "refers"]
        for _ in people {
            try town.add(
                Relationship.kind,
                [
                    .set(Relationship.from, .id(town.one(of: people))),
                    .set(Relationship.to, .id(town.one(of: people))),
                    .set(Relationship.sort, .text(town.one(of: words))),
                ])
        }
    }

    private func fight(_ town: inout Filling) throws {
        let actors = try (0..<Self.actors).map { number in
            try town.add(Actor.kind, [.set(Actor.name, .text("Actor \(number)"))])
        }
        for number in 0..<20 {
            let campaign = try town.add(
                Campaign.kind, [.set(Campaign.name, .text("Campaign \(number)"))])
            let demand = try town.add(
                Demand.kind,
                [
                    .set(Demand.wording, .text("Demand \(number)")),
                    .set(Demand.campaign, .id(campaign)),
                    .set(Demand.decisionMaker, .id(town.one(of: actors))),
                    .set(Demand.askedOn, .day(town.day(within: 300))),
                ])
            for _ in 0..<50 {
                try town.add(
                    Stance.kind,
                    [
                        .set(Stance.actor, .id(town.one(of: actors))),
                        .set(Stance.demand, .id(demand)),
                        .set(Stance.on, .day(town.day(within: 730))),
                        .set(Stance.influence, .int(town.one(of: [2, 5, 8]))),
                        .set(Stance.stance, .int(town.one(of: [-2, -1, 0, 1, 2]))),
                    ])
            }
        }
        for _ in 0..<Self.actors {
            try town.add(
                ActorRelation.kind,
                [
                    .set(ActorRelation.from, .id(town.one(of: actors))),
                    .set(ActorRelation.to, .id(town.one(of: actors))),
                    .set(ActorRelation.sort, .text("advises")),
                ])
        }
    }

    private func ask(_ town: inout Filling) throws {
        let survey = try town.add(
            SurveyInstrument.kind, [.set(SurveyInstrument.name, .text("Partners"))])
        for number in 0..<6 {
            let wave = try town.add(
                SurveyWave.kind,
                [
                    .set(SurveyWave.name, .text("Wave \(number)")),
                    .set(SurveyWave.instrument, .id(survey)),
                    .set(SurveyWave.end, .day(town.day(within: 730))),
                ])
            for _ in 0..<100 {
                try town.add(
                    SurveyResponse.kind,
                    [
                        .set(SurveyResponse.wave, .id(wave)),
                        .set(SurveyResponse.scores, .text("4 5 3 2")),
                    ])
            }
        }
        for number in 0..<20 {
            let indicator = try town.add(
                Indicator.kind, [.set(Indicator.name, .text("Indicator \(number)"))])
            for _ in 0..<20 {
                try town.add(
                    Measurement.kind,
                    [
                        .set(Measurement.indicator, .id(indicator)),
                        .set(Measurement.value, .text("61")),
                        .set(Measurement.on, .day(town.day(within: 730))),
                    ])
            }
        }
    }
}
