import Notebook
import Replication
import Store

extension Desk {
    /// What Rosa, whose two entries these may be, and Luis take part in.
    func takePart(_ rosa: RecordID, _ other: RecordID, _ luis: RecordID) throws {
        let vigil = try action("Vigil", on: March.third + -2, goal: 10)
        let hearing = try action("Hearing", on: March.third + 5)
        try pledge(rosa, 4, for: vigil)
        try pledge(other, 5, for: vigil)
        try pledge(other, 6, for: hearing)
        try attend(luis, vigil, "confirmed", "attended", by: rosa)
        try attend(rosa, vigil, "pledged", role: "speaker")
        try attend(other, vigil, "attended", role: "speaker")
        let research = try write(
            ResearchAction.kind,
            [
                .set(ResearchAction.title, .text("Meet the agency")),
                .set(ResearchAction.on, .day((March.third + -30).number)),
            ])
        try attend(other, research, "attended", role: "lead")
        let campaign = try write(
            ListeningCampaign.kind,
            [
                .set(ListeningCampaign.name, .text("Lent")), .set(ListeningCampaign.goal, .int(9)),
                .set(ListeningCampaign.start, .day((March.third + -50).number)),
            ])
        for person in [rosa, other] {
            try write(
                Listener.kind,
                [
                    .set(Listener.person, .id(person)), .set(Listener.campaign, .id(campaign)),
                    .set(Listener.assigned, .int(3)),
                ])
        }
        try meet(luis, on: March.third + -1, by: other)
        let mayor = try write(
            Actor.kind, [.set(Actor.name, .text("R. Alvarez")), .set(Actor.person, .id(other))])
        try write(
            Stance.kind,
            [
                .set(Stance.actor, .id(mayor)), .set(Stance.influence, .int(5)),
                .set(Stance.stance, .int(1)), .set(Stance.on, .day(March.third.number)),
            ])
        try write(
            Relationship.kind,
            [
                .set(Relationship.from, .id(other)), .set(Relationship.strength, .int(5)),
                .set(Relationship.to, .id(try add("Mei Chen"))),
            ])
        try change(
            Person.key(other), .set(Person.tier, .text("primary")),
            .set(Person.neighbourhood, .text("Phillips")),
            .set(Person.constituency, .text("resident")),
            .insert(Person.affectedBy, .text("asthma")))
        try write(
            Touch.kind,
            [
                .set(Touch.person, .id(rosa)), .set(Touch.on, .day((March.third + -4).number)),
            ])
    }
}
