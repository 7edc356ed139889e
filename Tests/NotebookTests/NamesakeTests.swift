import Notebook
import Testing

@Suite("Who adds a person hears of others with the same name")
struct NamesakeTests {
    @Test(
        "A name is the same in upper and lower case, and no other name is",
        arguments: ["Ana-Luz Réyes", "ANA-LUZ Réyes", "ana-luz réyes", "anA-LuZ RéYes"])
    func sameName(_ name: String) throws {
        let desk = try Desk.open()
        let here = try ["Ana-Luz Réyes", "ana-luz RéYES", "Ana-Luz Réyes"].map { try desk.add($0) }
        for other in ["Ana-Luz RÉyes", "Ana-Luz", "Ana-Luz Réyes Ortiz", "Ana Luz Réyes", "Réyes"] {
            _ = try desk.add(other)
        }
        let new = try desk.add(name)
        #expect(try desk.notebook.namesakes(of: new, called: name) == here)
    }

    @Test("Nobody is their own namesake, and neither is another entry of the same person")
    func onePerson() throws {
        let desk = try Desk.open()
        let first = try desk.add("Rosa")
        #expect(try desk.notebook.namesakes(of: first, called: "Rosa").isEmpty)
        let second = try desk.add("rosa")
        #expect(try desk.notebook.namesakes(of: second, called: "rosa") == [first])
        try desk.notebook.link(first, second)
        #expect(try desk.notebook.namesakes(of: second, called: "rosa").isEmpty)
    }
}
