import Foundation
import Testing

@Suite("What two wrote apart is shown")
struct ApartTests {
    let ana: Laptop
    let bo: Laptop

    /// Rosa's name and number were corrected by two.
    init() throws {
        ana = try Laptop(named: "Ana Reyes")
        bo = try Laptop(named: "Bo Lind")
        try ana.succeed("turf", "add", "North")
        try ana.succeed("person", "add", "Rosa", "--turf", "North")
        try Laptop.exchange(ana, bo)
        try ana.succeed("person", "edit", "Rosa", "--name", "Rosa Alvarez", "--phone", "1-111")
        try bo.succeed("person", "edit", "Rosa", "--name", "Rosa Alvares", "--phone", "2-222")
        try Laptop.exchange(ana, bo)
    }

    @Test("with the person, marked")
    func person() throws {
        let page = try ana.succeed("person", "show", "Rosa")
        for values in ["2-222, or 1-111", "Rosa Alvares, or Rosa Alvarez"] {
            #expect(page.contains("  \(values) (in conflict: fieldbook conflicts)\n"))
        }
        let person = try ana.json("person", "show", "Rosa")
        #expect(person.text("phone") == "2-222")
        #expect(person["phones"] as? [String] == ["2-222", "1-111"])
        #expect(person["names"] as? [String] == ["Rosa Alvares", "Rosa Alvarez"])
    }

    @Test("with the person whom two assigned to different turfs")
    func turfs() throws {
        try ana.succeed("turf", "add", "South")
        try Laptop.exchange(ana, bo)
        try bo.succeed("turf", "add", "East")
        try ana.succeed("person", "edit", "Rosa", "--turf", "South")
        try bo.succeed("person", "edit", "Rosa", "--turf", "East")
        try Laptop.exchange(ana, bo)
        let page = try ana.succeed("person", "show", "Rosa")
        #expect(page.contains("  East, or South (in conflict: fieldbook conflicts)\n"))
        let said = try ana.succeed("person", "edit", "Rosa", "--turf", "South")
        #expect(said.contains("written apart: East (Bo Lind), South (Ana Reyes).\n"))
    }

    @Test("in the turf list, both numbers")
    func turf() throws {
        #expect(try ana.succeed("turf", "North").contains("  2-222 or 1-111  "))
        let rosa = try #require(ana.json("turf", "North").list("people").first)
        #expect(rosa.text("phone") == "2-222")
        #expect(rosa["phones"] as? [String] == ["2-222", "1-111"])
    }

    @Test("and nothing of it where nobody wrote apart")
    func settled() throws {
        try ana.succeed("conflicts", "settle", "Rosa", "phone", "--take", "2")
        try ana.succeed("person", "add", "Luis", "--turf", "North")
        let people = try ana.json("turf", "North").list("people")
        let phones = people.map { [$0.text("name"): $0["phones"] as? [String]] }
        #expect(phones.contains(["Rosa Alvares": ["1-111"]]))
        #expect(phones.contains(["Luis": []]))
        #expect(try ana.succeed("person", "show", "Rosa").contains("  1-111\n"))
    }

    @Test("and an edit that settles it says so")
    func edit() throws {
        let said = try ana.succeed("person", "edit", "Rosa", "--phone", "333")
        #expect(
            said == """
                Changed Rosa Alvares.
                This settles what was written apart: 2-222 (Bo Lind), 1-111 (Ana Reyes).

                """)
        let again = try bo.json("person", "edit", "Rosa", "--phone", "2-222")
        #expect(again["settled"] as? [String] == ["phone"])
        #expect(try bo.json("person", "show", "Rosa")["phones"] as? [String] == ["2-222"])
    }
}

@Suite("What the notebook keeps, in people's words")
struct WordsTests {
    let ana: Laptop

    init() throws {
        ana = try Laptop()
        try ana.succeed("person", "add", "Rosa")
    }

    @Test("A history has no names that only programs use")
    func history() throws {
        let promise = try #require(
            ana.json("commitment", "add", "Rosa", "--what", "come", "--due", "today").text("id"))
        try ana.succeed("commitment", "keep", promise)
        let page = try ana.succeed("history", promise)
        #expect(page.hasPrefix("promise of Rosa: come (promise \(promise.suffix(8)))\n"))
        for words in ["who promised", "they promised", "settled on", "without a turf"] {
            #expect(page.contains(words), "\(words)")
        }
        try ana.succeed("person", "delete", "Rosa")
        let rosa = try ana.succeed("history", "Rosa")
        for words in ["point person", "deleted", "yes"] {
            #expect(rosa.contains(words), "\(words)")
        }
        for name in ["space", "life", "settledOn", "direction"] {
            #expect(!(page + rosa).contains(name), "\(name)")
        }
        let fields = try ana.json("history", "Rosa").list("entries").compactMap { $0.text("field") }
        #expect(Set(fields).isSuperset(of: ["turf", "life", "organizer"]))
    }
}
