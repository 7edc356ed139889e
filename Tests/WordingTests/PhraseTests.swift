import Testing
import Wording

@Suite struct PhraseTests {
    @Test func aPhraseFillsInWhatItIsGiven() {
        let name = "Rosa"
        let phrase: Phrase = "Added \(name) (\(7))."
        #expect(phrase.text(in: .english) == "Added Rosa (7).")
    }

    @Test func aPhraseIsWholeInEveryLanguage() {
        let phrase: Phrase = "Due \(counted(2, "day", "days")) ago, \(counted(1, "day", "days"))"
        #expect(phrase.text(in: .english) == "Due 2 days ago, 1 day")
        #expect(counted(2, "day", "days").text(in: .spanish) == "2 días")
        #expect(counted(1, "day", "days").text(in: .spanish) == "1 día")
    }

    @Test func whatLooksLikeAPlaceInANameStaysAsItIs() {
        let phrase: Phrase = "Added \("{1} \\(2) {") (\("x"))."
        #expect(phrase.text(in: .english) == "Added {1} \\(2) { (x).")
        #expect(Phrase.verbatim("{9}").text(in: .spanish) == "{9}")
    }

    @Test func whatHasNoTranslationStaysEnglish() {
        #expect(Phrase(word: "qwertz").text(in: .spanish) == "qwertz")
    }

    @Test func aListEndsWithItsLastWord() {
        let three: [Phrase] = ["a", "b", "c"]
        #expect(three.joined(", ", last: " or ").text(in: .english) == "a, b or c")
        #expect([Phrase]().joined(", ").text(in: .english) == "")
    }

    @Test(arguments: [
        (["Rosa", "Inés"], "Rosa e Inés"), (["Rosa", "Hilda"], "Rosa e Hilda"),
        (["Rosa", "Yolanda"], "Rosa y Yolanda"), (["Rosa", "Ian"], "Rosa y Ian"),
        (["Inés", "Rosa"], "Inés y Rosa"), (["Rosa", ""], "Rosa y "),
    ])
    func whatIsFilledInChangesTheWordBefore(_ names: [String], _ spanish: String) {
        let list = names.map { Phrase.verbatim($0) }.joined(", ", last: " \("and" as Phrase) ")
        #expect(list.text(in: .spanish) == spanish)
        #expect(list.text(in: .english) == names.joined(separator: " and "))
        let choice = ["abierto", "otro"].map { Phrase.verbatim($0) }
        #expect(
            choice.joined(", ", last: " \("or" as Phrase) ").text(in: .spanish)
                == "abierto u otro")
    }

    @Test func aPhraseThatIsKeptIsReadInEveryLanguage() {
        let phrase: Phrase = "Due \(counted(2, "day", "days")) ago, \("{1} Rosa")"
        let kept = Phrase(kept: phrase.kept)
        #expect(kept.text(in: .english) == "Due 2 days ago, {1} Rosa")
        let entry = Phrase(kept: ("not \("Rosa")" as Phrase).kept)
        #expect(entry.text(in: .spanish) == "no es Rosa")
        // What an earlier version kept is a sentence.
        #expect(Phrase(kept: "It is busy.").text(in: .english) == "It is busy.")
    }

    @Test(arguments: [
        (["LANG": "es_MX.UTF-8"], Language.spanish),
        (["LANG": "en_US.UTF-8"], .english),
        (["LANG": "es_MX.UTF-8", "LC_ALL": "C"], .english),
        (["LANG": "en_US.UTF-8", "LC_MESSAGES": "es_US"], .spanish),
        (["LANG": "en_US", "FIELDBOOK_LANGUAGE": "es"], .spanish),
        (["LANG": "es", "LC_ALL": ""], .spanish),
        (["LANG": "fr_FR"], .english),
        ([:], .english),
    ])
    func theLanguageIsTheLocales(_ environment: [String: String], _ language: Language) {
        #expect(Language { environment[$0] } == language)
    }

    @Test func aCatalogIsReadAsGettextWritesIt() {
        let catalog = Catalog(
            po: """
                # A comment with "quotes".
                msgid ""
                msgstr ""
                "Language: es\\n"

                #: somewhere.swift
                msgid "Say \\"yes\\"."
                msgstr "Diga \\"sí\\"."

                msgid ""
                "Two\\n"
                "lines"
                msgstr ""
                "Dos\\n"
                "líneas"

                msgid "not yet"
                msgstr ""
                """)
        #expect(catalog.translation(of: "Say \"yes\".") == "Diga \"sí\".")
        #expect(catalog.translation(of: "Two\nlines") == "Dos\nlíneas")
        #expect(catalog.englishTexts == ["Say \"yes\".", "Two\nlines"])
    }
}
