import Histories
import Notebook
import Replication
import Testing
import Wording

@Suite("Who is about to be added may be here")
struct AcquaintanceTests {
    private let desk: Desk
    private let jose: RecordID

    init() throws {
        desk = try Desk.open()
        jose = try desk.add("José Zárate", phone: "612-555-0142")
        for person in Town(records: 60, seed: 9).records {
            _ = try desk.add(person.name, phone: person.phone)
        }
    }

    private func like(_ name: String, _ phone: String? = nil) throws -> [Acquaintance] {
        try desk.notebook.acquaintances(like: .of(name, phone))
    }

    @Test(
        "However the name is written",
        arguments: [
            "José Zárate", "jose zarate", "Pepe Zárate", "Zárate, José", "José Sárate",
            "José Zarrate",
            "José Zárate López",
        ])
    func written(_ name: String) throws {
        let known = try #require(try like(name).first)
        #expect(known.id == jose && known.name == "José Zárate")
        #expect(known.probability >= 0.5 && known.probability <= 1 && !known.reasons.isEmpty)
    }

    @Test("With an apostrophe, or without it")
    func apostrophe() throws {
        let maeve = try desk.add("Maeve O'Brien")
        #expect(try like("Maeve OBrien").first?.id == maeve)
        let nia = try desk.add("Nia DAngelo")
        #expect(try like("Nia D'Angelo").first?.id == nia)
    }

    @Test("In whatever script")
    func scripts() throws {
        let ivan = try desk.add("Ivan Bondarchuk")
        #expect(try like("Иван Бондарчук").first?.id == ivan)
        let boris = try desk.add("Борис Савенко")
        #expect(try like("Boris Savenko").first?.id == boris)
    }

    @Test(
        "By the telephone, when the name alone says little",
        arguments: ["612-555-0142", "6125550142"])
    func phone(_ phone: String) throws {
        #expect(try like("José").isEmpty)
        let known = try #require(try like("José", phone).first)
        #expect(known.id == jose && known.reasons.contains("same phone"))
    }

    @Test(
        "Somebody else is nobody",
        arguments: ["Rosalba Quiroga", "José", "Zárate", "", "\"*", "María Zárate"])
    func nobody(_ name: String) throws {
        #expect(try like(name).isEmpty)
    }

    @Test("Nobody is like themselves, and of linked records one stands for all")
    func linked() throws {
        let person = LinkagePerson.of("Pepe Zárate")
        let pepe = try desk.add("Pepe Zárate")
        let found = { try desk.notebook.acquaintances(like: person, besides: pepe).map(\.id) }
        #expect(try found() == [jose])
        let third = try desk.add("José Zarate")
        try desk.notebook.link(jose, third)
        #expect(try found() == [jose])
        try desk.notebook.link(jose, pepe)
        #expect(try found().isEmpty)
    }
}
