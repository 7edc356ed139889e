import Notebook
import Wording

/// The made-up people of the demo, and what they say.
enum DemoTown {
    static let congregation = "St. Mark"
    static let turf = "North Side"
    static let leader = "Denise Okafor"

    struct Resident {
        let name: String
        let phone: String
        let concern: String
        let summary: String
        let next: String?
    }

    static let northSide = [
        Resident(
            name: "Rosa Alvarez", phone: "555-0142", concern: said("bus stops"),
            summary: said("Walks her mother to dialysis because the 14 no longer stops at Cedar."),
            next: said("invite to the house meeting")),
        Resident(
            name: "Samuel Novak", phone: "555-0117", concern: said("asthma"),
            summary: said(
                "Two of his children have inhalers. Knows every family on the third floor."),
            next: said("ask him to bring two neighbors")),
        Resident(
            name: "Linh Tran", phone: "555-0163", concern: said("rent"),
            summary: said("Rent went up twice in a year. Angry, and ready to speak."),
            next: said("prepare her story for the council")),
        Resident(
            name: "Marcus Hill", phone: "555-0121", concern: said("bus stops"),
            summary: said("Drives the night shift. Wants to see the numbers first."), next: nil),
    ]

    static let others = [
        Resident(
            name: "Grace Mensah", phone: "555-0188", concern: said("child care"),
            summary: said("Runs the choir, and really runs it."),
            next: said("coffee with the choir")),
        Resident(
            name: "Omar Khan", phone: "555-0135", concern: said("street lights"),
            summary: said("Was on the tenants' board before it fell apart."), next: nil),
        Resident(
            name: "Ana Kowalski", phone: "555-0109", concern: said("rent"),
            summary: said("Teaches at Lincoln. Has given us two names to call."),
            next: said("call the two names")),
    ]
}
