import Notebook

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
            name: "Rosa Alvarez", phone: "555-0142", concern: "bus stops",
            summary: "Walks her mother to dialysis because the 14 no longer stops at Cedar.",
            next: "invite to the house meeting"),
        Resident(
            name: "Samuel Novak", phone: "555-0117", concern: "asthma",
            summary: "Two of his children have inhalers. Knows every family on the third floor.",
            next: "ask him to bring two neighbors"),
        Resident(
            name: "Linh Tran", phone: "555-0163", concern: "rent",
            summary: "Rent went up twice in a year. Angry, and ready to speak.",
            next: "prepare her story for the council"),
        Resident(
            name: "Marcus Hill", phone: "555-0121", concern: "bus stops",
            summary: "Drives the night shift. Wants to see the numbers first.", next: nil),
    ]

    static let others = [
        Resident(
            name: "Grace Mensah", phone: "555-0188", concern: "child care",
            summary: "Runs the choir, and really runs it.", next: "coffee with the choir"),
        Resident(
            name: "Omar Khan", phone: "555-0135", concern: "street lights",
            summary: "Was on the tenants' board before it fell apart.", next: nil),
        Resident(
            name: "Ana Kowalski", phone: "555-0109", concern: "rent",
            summary: "Teaches at Lincoln. Has given us two names to call.",
            next: "call the two names"),
    ]
}
