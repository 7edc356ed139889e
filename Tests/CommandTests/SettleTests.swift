import Foundation
import Notebook
import Replication
import Store
import Testing

@Suite("Settling what two wrote apart")
struct SettleTests {
    let ana: Laptop
    let bo: Laptop
    let rosa: String

    init() throws {
        (ana, bo, rosa) = try Laptop.twoWhoKnowRosa()
    }

    private var rosaKey: RecordKey { get throws { Person.key(try #require(RecordID(rosa))) } }

    private func settle(_ record: String, _ field: String, _ more: String...) throws -> Outcome {
        try ana.run(["conflicts", "settle", record, field] + more)
    }

    @Test("Nobody is left without a name", arguments: ["", "  ", "-"])
    func emptyName(_ name: String) throws {
        try ana.succeed("person", "edit", "Rosa", "--name", "Rosa Alvarez-Diaz")
        try bo.succeed("person", "edit", "Rosa", "--name", "Rosa Diaz")
        try Laptop.exchange(ana, bo)
        let outcome = try settle(rosa, "name", "--value", name)
        #expect(outcome.code == 1)
        #expect(outcome.errors == "Error: The name is empty. Say what it is.\n")
        #expect(try ana.json("conflicts").list("conflicts").count == 1)
        #expect(try settle(rosa, "name", "--value", "Rosa A. Diaz").code == 0)
        #expect(try ana.json("person", "show", rosa).text("name") == "Rosa A. Diaz")
    }

    @Test("Nor a turf or an institution, whichever way")
    func emptyNamesOfOthers() throws {
        let turf = Turf.key(
            try #require(RecordID(ana.json("turf", "add", "North").text("id") ?? "")))
        let institution = Institution.key(try ana.open().addInstitution("St. Mark"))
        try Laptop.exchange(ana, bo)
        for (key, field, what) in [
            (turf, Turf.name, "turf's name"), (institution, Institution.name, "institution's name"),
        ] {
            try ana.write(key, .set(field, .text("Ours")))
            try bo.write(key, .set(field, .null))
            try Laptop.exchange(ana, bo)
            let id = key.id.description
            for (option, choice) in [("--value", ""), ("--take", "1")] {
                let outcome = try settle(id, "name", option, choice)
                #expect(outcome.code == 1)
                #expect(outcome.errors == "Error: The \(what) is empty. Say what it is.\n")
            }
            #expect(try settle(id, "name", "--take", "2").code == 0)
        }
    }

    @Test("What has no name all the same is found by its id, or the end of it")
    func nameless() throws {
        try ana.write(try rosaKey, .set(Person.name, .null))
        for id in [rosa, String(rosa.suffix(6)), String(rosa.suffix(12)).uppercased()] {
            #expect(try ana.json("person", "show", id).text("id") == rosa)
        }
        let turf = try #require(ana.json("turf", "add", "North").text("id"))
        try ana.write(Turf.key(try #require(RecordID(turf))), .set(Turf.name, .null))
        try ana.succeed("turf", "assign", String(turf.suffix(8)), String(rosa.suffix(8)))
        #expect(try ana.json("turf", turf).list("people").count == 1)
        try ana.succeed("person", "edit", String(rosa.suffix(8)), "--name", "Rosa Alvarez")
        #expect(try ana.json("person", "show", "Rosa").text("id") == rosa)
    }

    @Test("A promise stands at one of a few words, and at nothing else")
    func status() throws {
        let id = try #require(
            ana.json("commitment", "add", "Rosa", "--what", "come", "--due", "today").text("id"))
        try Laptop.exchange(ana, bo)
        try ana.succeed("commitment", "keep", id)
        try bo.succeed("commitment", "break", id)
        try Laptop.exchange(ana, bo)
        for value in ["banana", ""] {
            let outcome = try settle(id, "status", "--value", value)
            #expect(outcome.code == 1)
            #expect(
                outcome.errors == """
                    Error: "\(value)" is no status here. It can be open, kept, partly, broken, \
                    renegotiated or released.

                    """)
        }
        #expect(try settle(id, "Status", "--value", "Kept").code == 0)
        let all = try ana.json("commitment", "list", "--all").list("commitments")
        #expect(all.map { $0.text("status") } == ["kept"])
    }

    @Test("A one-to-one was held")
    func statusOfAMeeting() throws {
        let id = try #require(ana.json("met", "Rosa").text("id"))
        try Laptop.exchange(ana, bo)
        let key = OneToOne.key(try #require(RecordID(id)))
        try ana.write(key, .set(OneToOne.status, .text("moved")))
        try bo.write(key, .set(OneToOne.status, .text("missed")))
        try Laptop.exchange(ana, bo)
        let outcome = try settle(id, "status", "--value", "banana")
        #expect(outcome.errors.hasPrefix("Error: \"banana\" is no status here. It can be held,"))
        #expect(try settle(id, "status", "--value", "held").code == 0)
    }

    @Test("A field is named in whatever case; one that is not in conflict lists those that are")
    func fieldNames() throws {
        try ana.succeed("person", "edit", "Rosa", "--phone", "111", "--email", "a@x.org")
        try bo.succeed("person", "edit", "Rosa", "--phone", "222", "--email", "b@x.org")
        try Laptop.exchange(ana, bo)
        let outcome = try settle("Rosa", "fone", "--take", "1")
        #expect(outcome.code == 1)
        #expect(
            outcome.errors
                == "Error: There is nothing to settle in \"fone\". In conflict here: phone and email.\n"
        )
        #expect(
            try settle("Rosa", "address", "--value", "x").errors
                == outcome.errors.replacing("fone", with: "address"))
        let settled = try settle("Rosa", "PHONE", "--take", "2", "--json")
        #expect(try settled.document().text("field") == "phone")
        #expect(
            try settle("Rosa", "Email", "--take", "1").output.hasPrefix("Settled: email of Rosa"))
    }
}
