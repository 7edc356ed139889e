import Replication
import Store
import Testing

@Suite("Find")
struct SearchTests {
    let store: Store

    init() throws {
        store = try Store.open()
    }

    private func found(_ text: String) throws -> [String] {
        try store.find(text).map(\.title)
    }

    @Test func wordsThatBeginSo() throws {
        try store.add("Ada Lovelace")
        try store.add("Adam Smith")
        #expect(try found("ada").sorted() == ["Ada Lovelace", "Adam Smith"])
        #expect(try found("ada lov") == ["Ada Lovelace"])
        #expect(try found("LOV ADA") == ["Ada Lovelace"])
        #expect(try found("lace") == [])
        #expect(try found("ada smyth") == [])
    }

    /// Few are looked up one by one, many by how they begin: what is found is the same.
    @Test func aBeginningFindsItsWordsFewOrMany() throws {
        let names = ["Álamo", "alameda", "ALAMOS", "Alan Alamo"]
        for name in names { try store.add(name) }
        #expect(try found("alam") == names.reversed())
        #expect(try found("ALAMO") == ["Alan Alamo", "ALAMOS", "Álamo"])
        #expect(try found("álamo") == ["Alan Alamo", "ALAMOS", "Álamo"])
        for number in 10..<40 { try store.add("Alam\(number)") }
        #expect(try found("alam").count == names.count + 30)
        #expect(try found("alam1").count == 10)
        #expect(try found("alam alan") == ["Alan Alamo"])
        let bo = try store.add("Bo Diaz")
        try store.act(Edit(bo, [.set(.notes, .text("alam alameda"))]))
        #expect(try found("alam").first == "Alam39" && found("alam").last == "Bo Diaz")
        #expect(try found("alamed") == ["alameda", "Bo Diaz"])
    }

    // Composed or decomposed, written with accents or without.
    @Test(arguments: ["jose", "José", "Jose\u{301}", "JOSÉ", "nunez", "Ñu"])
    func accentsMakeNoDifference(text: String) throws {
        try store.add("José Nuñez")
        try store.add("Jose\u{301} Nun\u{303}ez")
        try store.add("Josephine Baker")
        let names = try found(text)
        #expect(names.filter { $0.hasSuffix("ez") }.count == 2)
    }

    // Nothing of what a person types is an operator of the search.
    @Test(arguments: [
        "\"", "*", "ada*", "NEAR(ada bo)", "title:ada", "-ada", "ada AND", "OR", "NOT ada", "(",
        ")",
        "^ada", "ada + bo", "{title body}: ada", "'; DROP TABLE search; --", "%", "_", "\u{0}",
        "\u{0}ada", "🙂", "ⓐ", "½ ada", "\u{301}", "ada\u{301}", "عادة", "愛", "\\", "a\"b", "#1",
        "@", "ada\u{200D}b", "1\u{FE0F}\u{20E3}", "किताब", "\u{1E900}a", "a\u{1E900}b",
    ])
    func whatPeopleTypeIsNoOperator(text: String) throws {
        try store.add("Ada")
        _ = try found(text)
        #expect(try store.find("ada").map(\.title) == ["Ada"])
    }

    @Test func aQueryOfNothingButSignsFindsNothing() throws {
        try store.add("Ada")
        for text in ["", "   ", "*", "\"\"", "🙂", "-"] { #expect(try found(text) == []) }
    }

    @Test func aVeryLongQueryIsAQuery() throws {
        try store.add("Ada")
        #expect(try found(String(repeating: "ada ", count: 5000)) == ["Ada"])
        #expect(try found(String(repeating: "a", count: 100_000)) == [])
        #expect(try found((0..<5000).map { "w\($0)" }.joined(separator: " ")) == [])
    }

    @Test func editsAreFoundAndOldWordsAreNot() throws {
        let ada = try store.add("Ada")
        #expect(try found("ada") == ["Ada"])
        try store.act(
            Edit(ada, [.set(.name, .text("Eve")), .insert(.languages, .text("Tagalog"))]))
        #expect(try found("ada") == [])
        #expect(try found("eve") == ["Eve"])
        #expect(try found("tagal") == ["Eve"])
        try store.act(Edit(ada, [.remove(.languages, .text("Tagalog"))]))
        #expect(try found("tagalog") == [])
    }

    @Test func aDeletedRecordIsNotFoundUntilItIsRestored() throws {
        let ada = try store.add("Ada")
        #expect(try found("ada") == ["Ada"])
        try store.act(Edit(ada, [.delete]))
        #expect(try found("ada") == [])
        try store.act(Edit(ada, [.restore]))
        #expect(try found("ada") == ["Ada"])
    }

    @Test func theNameCountsForMoreThanTheNotes() throws {
        let bo = try store.add("Bo Diaz")
        try store.act(Edit(bo, [.set(.notes, .text("knows Ada, came with Ada"))]))
        try store.add("Ada Diaz")
        #expect(try found("ada") == ["Ada Diaz", "Bo Diaz"])
        #expect(try store.find("ada", limit: 1).count == 1)
        #expect(try store.find("came").first?.snippet.contains("came with Ada") == true)
    }

    @Test func theNewestOfEqualsComesFirst() throws {
        for name in ["Ada One", "Ada Two", "Ada Three"] { try store.add(name) }
        #expect(try found("ada") == ["Ada Three", "Ada Two", "Ada One"])
    }

    @Test func aSnippetIsAFewWordsAroundTheFirstThatWasMeant() throws {
        let bo = try store.add("Bo Diaz")
        let notes = (1...30).map { "word\($0)" }.joined(separator: " ")
        try store.act(Edit(bo, [.set(.notes, .text("José said: \(notes)"))]))
        #expect(
            try store.find("WORD20").first?.snippet
                == "…word17 word18 word19 word20 word21 word22 word23 word24 word25 word26 word27 word28…"
        )
        #expect(try store.find("jose").first?.snippet.hasPrefix("José said: word1 ") == true)
        #expect(try store.find("bo").first?.snippet == "Bo Diaz")
    }

    @Test func onlySearchableFieldsAreFound() throws {
        let ada = try store.add("Ada")
        try store.act(Edit(ada, [.set(.color, .text("crimson"))]))
        let meeting = RecordKey(.meeting, store.environment.newID())
        try store.act(Edit(meeting, [.set(16, .keep, .text("crimson hall"))]))
        #expect(try found("crimson") == [])
    }

    @Test func findingChangesNoMeta() throws {
        try store.add("Ada")
        let before = try store.meta()
        _ = try found("ada")
        #expect(try store.meta() == before)
        #expect(try store.number("SELECT count(*) FROM unindexed") == 0)
    }
}
