import Foundation
import Testing

@Suite("Who is to be added may be here already")
struct AcquaintanceTests {
    private let ana: Laptop
    private let jose: String

    init() throws {
        ana = try Laptop()
        let id = try ana.json("person", "add", "José Zárate", "--phone", "612-555-0142").text("id")
        jose = String(try #require(id).suffix(8))
    }

    private func count() throws -> Int { try ana.json("person", "list").list("people").count }

    @Test("Where nobody can be asked they are added, and it is said who may be the same")
    func told() throws {
        let outcome = try ana.run("met", "Pepe Zarate", "--new", "--json")
        let pepe = String(try #require(outcome.document().text("person")).suffix(8))
        let errors = outcome.errors.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(errors.hasPrefix("José Zárate (\(jose)) may be the same person ("), "\(errors)")
        #expect(errors.contains("Pepe is a nickname of José"))
        #expect(outcome.errors.hasSuffix("\n  fieldbook person merge \(pepe) \(jose)\n"))
        let added = try ana.run("person", "add", "J. Zárate", "--phone", "(612) 555-0142")
        #expect(added.code == 0 && added.errors.contains("same phone"))
        #expect(try ana.run("person", "add", "Rosalba Quiroga").errors.isEmpty)
        #expect(try count() == 4)
    }

    @Test("At a terminal the person who is meant is met, and not added")
    func met() throws {
        let outcome = try ana.typing("y", "met", "Pepe Zarate", "--new")
        #expect(outcome.code == 0, "\(outcome.shown)")
        #expect(outcome.shown.contains("Do you mean José Zárate (\(jose)), who is here?"))
        #expect(outcome.output.contains("one-to-one with José Zárate"))
        let found = try ana.typing("y\ny", "met", "Jose Sarate")
        #expect(found.code == 0 && found.output.contains("one-to-one with José Zárate"))
        #expect(try count() == 1)
        let other = try ana.typing("n", "met", "Pepe Zarate", "--new")
        #expect(other.code == 0 && other.output.contains("Added Pepe Zarate"))
        #expect(try count() == 2)
    }

    @Test("At a terminal nobody is added who is here, unless they are somebody else")
    func added() throws {
        let same = try ana.typing("y", "person", "add", "Zárate, Pepe")
        #expect(same.code == 0, "\(same.shown)")
        #expect(same.output.hasPrefix("José Zárate is here. Nothing was added.\n"))
        #expect(same.output.contains("fieldbook person edit \(jose)"))
        #expect(try count() == 1)
        let other = try ana.typing("n", "person", "add", "Pepe Zarate")
        #expect(other.code == 0 && other.output.contains("Added Pepe Zarate"))
        #expect(try count() == 2)
    }

    @Test("Return alone takes the person who is proposed, but where somebody new was named")
    func proposed() throws {
        let outcome = try ana.typing("", "met", "Jose Sarate")
        #expect(outcome.code == 0, "\(outcome.shown)")
        #expect(outcome.output.contains("one-to-one with José Zárate"))
        #expect(try count() == 1)
        let new = try ana.typing("", "met", "Jose Sarate", "--new")
        #expect(new.code == 0 && new.output.contains("Added Jose Sarate"), "\(new.shown)")
        #expect(try count() == 2)
    }

    @Test("Ctrl-D is neither a yes nor a no: nothing is logged", arguments: [["--new"], []])
    func ended(_ option: [String]) throws {
        let outcome = try ana.typing("\u{4}", at: ["met", "Jose Sarate"] + option)
        #expect(outcome.code == 1 && outcome.shown.contains("Stopped. Nothing was logged."))
        #expect(try ana.json("find", "Zarate").list("hits").count == 1)
        #expect(try count() == 1)
    }

    @Test("The prompts ask, too")
    func prompts() throws {
        let answers = ["Jose Sarate", "y", "", "", "", "", "", "", "", "", "n"]
        let outcome = try ana.typing(answers.joined(separator: "\n"), "met")
        #expect(outcome.code == 0, "\(outcome.shown)")
        #expect(outcome.shown.contains("Do you mean José Zárate"))
        #expect(outcome.output.contains("one-to-one with José Zárate"))
        #expect(try count() == 1)
    }
}
