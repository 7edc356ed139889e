import Foundation
import Testing

@Suite("A turf")
struct TurfTests {
    let ana: Laptop

    init() throws {
        ana = try Laptop()
        try ana.succeed("turf", "add", "North Side")
        try ana.succeed("met", "Rosa Alvarez", "--new", "--on", "40 days ago")
        try ana.succeed("met", "Luis Ortiz", "--new", "--next", "call", "--due", "tomorrow")
        try ana.succeed("person", "add", "Zoë Able", "--phone", "612-555-0100")
    }

    @Test("People who are assigned take their meetings along")
    func assign() throws {
        try ana.succeed("turf", "assign", "north", "Rosa", "Luis")
        let person = try ana.json("person", "show", "Rosa")
        let turf = try #require(ana.json("turf").list("turfs").first?.text("id"))
        #expect(person.text("turf") == turf)
        let meeting = try #require(person.list("oneToOnes").first?.text("id"))
        let spaces = try ana.json("history", meeting).list("entries").filter {
            $0.text("field") == "space" && $0["current"] as? Bool == true
        }
        #expect(spaces.map { $0.text("value") } == [turf])
    }

    @Test("Who has died is not on the list of whom to meet")
    func gone() throws {
        try ana.succeed("turf", "add", "South Side")
        for name in ["Ida Moe", "Sam Poe"] { try ana.succeed("person", "add", name) }
        try ana.succeed("turf", "assign", "South Side", "Ida Moe", "Sam Poe")
        try ana.succeed("edit", "Ida Moe", "status=deceased")
        let list = try ana.succeed("turf", "list", "South Side")
        #expect(list.contains("Sam Poe") && !list.contains("Ida Moe"), "\(list)")
    }

    @Test("Who stands in, and what the next one needs to know, stand at its head")
    func head() throws {
        try ana.succeed("edit", "North Side", "backup=Luis", "handover=Mrs. Able has the keys.")
        let list = try ana.succeed("turf", "North Side")
        #expect(list.contains("Stands in: Luis Ortiz"), "\(list)")
        #expect(list.contains("For who comes next: Mrs. Able has the keys."), "\(list)")
        let turf = try ana.json("turf", "North Side")["turf"] as? [String: Any]
        #expect(turf?["handover"] as? String == "Mrs. Able has the keys.")
    }

    @Test("What somebody else deletes is told, with how to have it back")
    func deletedByOthers() throws {
        let denise = try Laptop(named: "Denise Okafor")
        try Laptop.exchange(ana, denise)
        try denise.succeed("person", "delete", "Zoë")
        try Laptop.exchange(ana, denise)
        let told = try ana.succeed("status")
        #expect(told.contains("Denise Okafor deleted Zoë Able"), "\(told)")
        let deleted = try #require(ana.json("status").list("deletedByOthers").first)
        let id = try #require(deleted.text("id")).suffix(8)
        #expect(told.replacing("\n", with: " ").contains("fieldbook person restore \(id)"))
        #expect(!(try denise.succeed("status").contains("deleted Zoë")))
        try ana.succeed("person", "restore", String(id))
        #expect(try ana.json("status").list("deletedByOthers").isEmpty)
    }

    @Test("Its list has the overdue first, and null for what is not there")
    func list() throws {
        try ana.succeed("turf", "assign", "North Side", "Zoë Able", "Luis", "Rosa")
        let document = try ana.json("turf", "North Side")
        let turf = try #require(document["turf"] as? [String: Any])
        #expect(turf.text("name") == "North Side")
        let people = try document.list("people")
        #expect(people.map { $0.text("name") } == ["Rosa Alvarez", "Zoë Able", "Luis Ortiz"])
        #expect(people.map { $0.text("state") } == ["overdue", "never", "ok"])
        for key in ["phone", "nextStep", "due"] { #expect(people[0][key] is NSNull) }
        #expect(people[1]["lastMet"] is NSNull)
        #expect(people[2].text("nextStep") == "call")
        for key in ["id", "owed"] { #expect(people.allSatisfy { $0[key] != nil }) }
    }

    @Test("All turfs are listed with their people, and those without a turf are counted")
    func all() throws {
        try ana.succeed("turf", "assign", "north", "Rosa")
        let turfs = try ana.json("turf").list("turfs")
        #expect(turfs.map { $0["people"] as? Int } == [1])
        #expect(turfs.map { $0["overdue"] as? Int } == [1])
        #expect(turfs.allSatisfy { $0["leader"] is NSNull })
        let page = try ana.succeed("turf")
        #expect(
            page.hasSuffix("Without a turf: 2 people, 0 overdue (fieldbook turf --unassigned)\n"))
        #expect(try ana.json("turf", "--unassigned").list("people").count == 2)
    }

    @Test("Its list fits a page of 80 columns, whatever the names")
    func fits() throws {
        let long = String(repeating: "Maria de los Angeles ", count: 6)
        try ana.succeed(
            "person", "add", long, "--phone", "+1 612 555 0100 extension 12", "--turf", "north")
        try ana.succeed(
            "commitment", "add", "Maria", "--due", "yesterday", "--what",
            String(repeating: "bring neighbors ", count: 9) + String(repeating: "x", count: 90))
        for line in try ana.succeed("turf", "north").split(separator: "\n") {
            #expect(line.count <= 80, "\(line)")
        }
    }

    @Test(
        "A name that a turf has is refused, however it is written",
        arguments: ["North Side", "NORTH  side"])
    func sameName(_ name: String) throws {
        let outcome = try ana.run("turf", "add", name)
        #expect(outcome.code == 1)
        #expect(outcome.errors.hasPrefix("Error: There is a turf called \"North Side\" already ("))
        #expect(try ana.json("turf").list("turfs").count == 1)
    }

    @Test("Two turfs that got one name apart are told from each other by their people")
    func sameNameApart() throws {
        let bo = try Laptop(named: "Bo Lind")
        try bo.succeed("turf", "add", "North Side")
        try ana.succeed("turf", "assign", "North Side", "Rosa")
        try Laptop.exchange(ana, bo)
        let outcome = try ana.run("turf", "north side")
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("  North Side, 1 person\n"))
        #expect(outcome.errors.contains("  North Side, 0 people\n"))
    }

    @Test("An edit can move a person in, and out again")
    func edit() throws {
        try ana.succeed("person", "edit", "Rosa", "--turf", "north")
        #expect(try ana.json("turf", "north").list("people").count == 1)
        try ana.succeed("person", "edit", "Rosa", "--turf", "")
        #expect(try ana.json("turf", "north").list("people").isEmpty)
    }

    @Test("Its list can be had for those with a tag, and so can the counts of all")
    func tag() throws {
        try ana.succeed("turf", "assign", "north", "Rosa", "Luis")
        try ana.succeed("person", "edit", "Luis", "--tag", "Choir")
        let people = try ana.json("turf", "north", "--tag", "choir").list("people")
        #expect(people.map { $0.text("name") } == ["Luis Ortiz"])
        #expect(
            try ana.json("turf", "--tag", "choir").list("turfs").map { $0["people"] as? Int }
                == [1])
        #expect(try ana.json("turf", "--unassigned", "--tag", "choir").list("people").isEmpty)
        #expect(
            try ana.succeed("turf", "north", "--tag", "board")
                .contains("Nobody in it has the tag \"board\"."))
    }
}
