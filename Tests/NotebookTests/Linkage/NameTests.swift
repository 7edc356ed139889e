import Testing

@testable import Notebook

@Suite("Names as they are compared")
struct NameTests {
    /// Winkler's own table.
    @Test(
        "Letters are as alike as Winkler says",
        arguments: [
            ("martha", "marhta", 0.9611), ("dwayne", "duane", 0.84), ("dixon", "dicksonx", 0.8133),
            ("jones", "johnson", 0.8323), ("abroms", "abrams", 0.9222), ("a", "a", 1),
            ("a", "b", 0),
            ("", "", 1), ("", "rosa", 0),
        ])
    func jaroWinkler(_ a: String, _ b: String, _ likeness: Double) {
        for (one, other) in [(a, b), (b, a)] {
            let found = JaroWinkler.likeness(Array(one.utf8), Array(other.utf8))
            #expect(abs(found - likeness) < 0.0001, "\(found)")
        }
    }

    @Test("One slip of the finger is one")
    func slips() {
        for word in ["garica", "garca", "garciia", "garxia", "arcia", "garciaa"] {
            #expect(JaroWinkler.isOneSlip(Array("garcia".utf8), Array(word.utf8)), "\(word)")
            #expect(JaroWinkler.isOneSlip(Array(word.utf8), Array("garcia".utf8)), "\(word)")
        }
        for word in ["garcia", "gracai", "gar", "", "lopez", "garcxxa"] {
            #expect(!JaroWinkler.isOneSlip(Array("garcia".utf8), Array(word.utf8)), "\(word)")
        }
    }

    @Test(
        "What sounds alike has one key",
        arguments: [
            ["hernandez", "ernandes"], ["vasquez", "basques"], ["jimenez", "gimenez", "ximenes"],
            ["llanos", "yanos"], ["reyes", "relles"], ["quintero", "kintero"],
            ["cecilia", "sesilia"],
            ["philip", "filip"], ["katherine", "catherine"], ["schmidt", "shmidt"],
            ["knight", "nite"], ["wright", "rite"], ["hassan", "hsn"], ["yusuf", "ywsf"],
            ["kowalski", "kovalsky"],
        ].map { $0 })
    func sounds(_ words: [String]) {
        let keys = Set(words.map { Phonetic.key(Array($0.utf8)) })
        #expect(keys.count == 1, "\(words)")
    }

    @Test("What sounds otherwise has another key")
    func otherSounds() {
        let words = [
            "garcia", "lopez", "hernandez", "nguyen", "haddad", "smith", "ana", "eva", "mario",
        ]
        #expect(Set(words.map { Phonetic.key(Array($0.utf8)) }).count == words.count)
        #expect(Phonetic.key([]) == [])
    }

    @Test(
        "Every script becomes Latin letters",
        arguments: [
            ("Nguyễn Thị Đào", ["nguyen", "thi", "dao"]), ("Łukasz Strauß", ["lukasz", "strauss"]),
            ("Юрий Щукин", ["iurii", "shchukin"]), ("محمد", ["mhmd"]), ("Γιώργος", ["giorgos"]),
            ("王伟", ["wang", "wei"]), ("O'Hara-Núñez", ["ohara", "nunez"]), ("", []), ("…", []),
        ])
    func latin(_ text: String, _ words: [String]) {
        #expect(Latin.words(text) == words)
    }

    @Test(
        "A name is taken apart",
        arguments: [
            ("José de la Cruz Núñez", "jose", ["cruz", "nunez"]),
            ("Núñez, José", "jose", ["nunez"]),
            ("Dra. Ana María Soto", "ana", ["maria", "soto"]), ("Soto, Ana Jr.", "ana", ["soto"]),
            ("Ana Soto, Jr.", "ana", ["soto"]), ("Nguyễn Thị Hoa", "hoa", ["thi", "nguyen"]),
            ("Y. Soto", "y", ["soto"]), ("Rosa", "rosa", []), ("Don Smith", "don", ["smith"]),
        ])
    func parts(_ name: String, _ given: String, _ others: [String]) {
        let words = NameWords(LinkagePerson(name: name))
        #expect(words.given == given && words.others == others)
    }

    @Test("A record that has the parts of a name is believed")
    func given() {
        let words = NameWords(
            LinkagePerson(name: "Soto Vega Ana María", given: "Ana María", family: "Soto Vega"))
        #expect(words.given == "ana" && words.others == ["maria", "soto", "vega"])
        #expect(NameWords(LinkagePerson(name: "José Soto Jr.")).generation == .younger)
        #expect(NameWords(LinkagePerson(name: "José Soto, padre")).generation == .elder)
        #expect(NameWords(LinkagePerson(name: "…")).given == nil)
    }
}
