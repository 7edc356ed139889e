import Foundation
import Testing

@Suite("People of one name, and people who were deleted")
struct PeopleTests {
    let ana: Laptop
    let rosa: String

    init() throws {
        ana = try Laptop()
        rosa = String(try #require(ana.json("person", "add", "Rosa Alvarez").text("id")).suffix(8))
    }

    @Test("A name that is only like somebody's deletes and erases nobody")
    func likeSomebodys() throws {
        for name in ["Mary Ann Lee", "Joseph Smith"] { try ana.succeed("person", "add", name) }
        for (name, meant) in [("Ann Lee", "Mary Ann Lee ("), ("Joe Smith", "Joseph Smith (")] {
            for command in [["person", "delete", name], ["person", "erase", name, "--yes"]] {
                let outcome = try ana.run(command)
                #expect(outcome.code == 1)
                #expect(outcome.errors.contains("Did you mean \(meant)"), "\(outcome.errors)")
            }
        }
        #expect(try ana.json("person", "list").list("people").count == 3)
        for name in ["Mary", "Smith Joseph", rosa] { try ana.succeed("person", "delete", name) }
        #expect(try ana.json("person", "list").list("people").isEmpty)
    }

    @Test("Who is named like somebody else is said to be taken for them")
    func takenFor() throws {
        for name in ["Mary Ann Lee", "Bo Lind"] { try ana.succeed("person", "add", name) }
        let logged = try ana.run("met", "Bo", "--referred", "Ann Lee,Rosa A,Zed Quill")
        #expect(logged.code == 0)
        #expect(logged.errors.contains("\"Ann Lee\" is taken for Mary Ann Lee ("))
        #expect(logged.errors.contains("For somebody else: fieldbook person add 'Ann Lee'"))
        #expect(!logged.errors.contains("Rosa"), "\(logged.errors)")
    }

    @Test("An institution that comes with a person goes with them when they are taken back")
    func institutionOfTheirs() throws {
        let added = try ana.run("person", "add", "Di Moe", "--institution", "St. Ann")
        #expect(added.errors.contains("Added the institution \"St. Ann\""), "\(added.errors)")
        #expect(try ana.succeed("person", "show", "Di").contains("St. Ann"))
        try ana.succeed("undo")
        #expect(!(try ana.succeed("institution", "list").contains("St. Ann")))
        #expect(
            try ana.run("person", "add", "Cy Oh", "--institution", "St. Jude", "--turf", "no").code
                == 1)
        #expect(!(try ana.succeed("institution", "list").contains("St. Jude")))
    }

    @Test("Who writes the names together is known by the given one")
    func givenNameWithin() throws {
        try ana.succeed("person", "add", "王小明")
        #expect(try ana.succeed("person", "show", "小明").contains("王小明"))
        #expect(try ana.succeed("find", "小明").contains("王小明"))
        try ana.succeed("met", "小明", "--summary", "她想要更多巴士，晚上也要。")
        #expect(try ana.succeed("find", "巴士").contains("她想要更多巴士"))
        #expect(!(try ana.run("find", "飛機").output.contains("巴士")))
    }

    @Test("A number or an address that is none is asked about")
    func odd() throws {
        let added = try ana.run("person", "add", "Bo Lind", "--phone", "abc", "--email", "none")
        #expect(added.errors.contains("\"abc\" has fewer than 7 digits"), "\(added.errors)")
        #expect(added.errors.contains("\"none\" has no @"), "\(added.errors)")
    }

    @Test("A misspelt name of several is guessed by every command")
    func misspeltOfSeveral() throws {
        for name in ["Rosa Alvarez", "Rosa Alvarez", "Bo Lind"] {
            try ana.succeed("person", "add", name)
        }
        for verb in [["met"], ["schedule", "--on", "tomorrow"], ["person", "show"], ["edit"]] {
            let outcome = try ana.run(verb + ["Rosa Alvares"])
            #expect(outcome.code == 1)
            #expect(
                outcome.errors.contains("Did you mean Rosa Alvarez ("), "\(verb): \(outcome.errors)"
            )
        }
        #expect(try ana.run("met", "Zed Quill").errors.contains("Check the spelling"))
    }

    @Test("Who adds one of a name that several have is asked at a terminal, and told in a script")
    func addedToSeveral() throws {
        for _ in 0..<2 { try ana.succeed("person", "add", "Rosa Alvarez", "--phone", "1") }
        for verb in [
            ["person", "add"], ["schedule", "--new", "--on", "tomorrow"], ["met", "--new"],
        ] {
            let asked = try ana.typing("y", at: verb + ["Rosa Alvarez"])
            #expect(asked.code == 0, "\(asked.shown)")
            #expect(asked.shown.contains("Do you mean Rosa Alvarez ("), "\(verb): \(asked.shown)")
        }
        #expect(try ana.json("person", "list").list("people").count == 3)
        let told = try ana.run("schedule", "Rosa Alvares", "--new", "--on", "tomorrow", "--json")
        #expect(
            told.errors.contains("may be the same person (name written alike)"), "\(told.errors)")
    }

    @Test("Return adds somebody new, and who is only a little like them is not asked about")
    func addedBesideOthers() throws {
        for name in ["Mark James", "Maria Gomez", "Rosa Mora"] {
            try ana.succeed("person", "add", name)
        }
        for name in ["Maria Ramos", "Maria Lopez", "Maria Rojas"] {
            let added = try ana.typing("", at: ["met", name, "--new"])
            #expect(added.code == 0 && !added.shown.contains("Do you mean"), "\(added.shown)")
            #expect(added.output.contains("Added \(name)"), "\(added.output)")
        }
        for verb in [
            ["met", "--new"], ["person", "add"], ["schedule", "--new", "--on", "tomorrow"],
        ] {
            let asked = try ana.typing("\n\n", at: verb + ["Mark Jamez"])
            #expect(asked.shown.contains("Do you mean Mark Jam"), "\(asked.shown)")
            #expect(asked.shown.contains("[y/N]") && !asked.shown.contains("[Y/n]"))
        }
        #expect(
            try ana.json("person", "list").list("people").count { $0.text("name") == "Mark Jamez" }
                == 3)
    }

    @Test("A telephone number finds who has it, however it is written")
    func number() throws {
        try ana.succeed("person", "edit", rosa, "--phone", "612-555-0100")
        for number in ["6125550100", "(612) 555 0100", "+1 612 555 0100", "612-555-0100"] {
            #expect(try ana.succeed("find", number).contains("Rosa Alvarez"), "\(number)")
        }
        #expect(try !ana.succeed("find", "6125550199").contains("Rosa Alvarez"))
        try ana.succeed("person", "edit", rosa, "--phone", "+16125550100")
        #expect(try ana.succeed("find", "(612) 555-0100").contains("Rosa Alvarez"))
    }

    @Test("Two numbers in one field are two numbers")
    func numbers() throws {
        try ana.succeed("person", "edit", rosa, "--phone", "612-555-0100 / 6125550142 (work)")
        for number in ["6125550100", "612 555 0142"] {
            #expect(try ana.succeed("find", number).contains("Rosa Alvarez"), "\(number)")
        }
        let cards = try ana.succeed("export", "--format", "vcard")
        #expect(cards.components(separatedBy: "TEL").count == 3, "\(cards)")
        try ana.succeed("person", "add", "Rosa Alvares", "--phone", "612.555.0142")
        #expect(try ana.succeed("person", "duplicates").contains("same phone"))
        try ana.succeed("person", "edit", rosa, "--phone", "612/555-0100")
        let person = try ana.json("person", "show", rosa)
        #expect(person["phones"] as? [String] == ["612/555-0100"])
    }

    @Test("What is no number or address says what it has replaced")
    func replaced() throws {
        try ana.succeed(
            "person", "edit", rosa, "--phone", "612-555-0100", "--email", "r@example.org")
        let edited = try ana.run("person", "edit", rosa, "--phone", "abc", "--email", "notanemail")
        for words in ["It has replaced 612-555-0100.", "It has replaced r@example.org."] {
            #expect(edited.errors.contains(words), "\(edited.errors)")
        }
    }

    @Test("A field that there is not is said so, and a turf with its verb")
    func wrongField() throws {
        let issue = try ana.json("issue", "add", "Bus stops").text("id")
        let refused = try ana.run("edit", String(try #require(issue).suffix(8)), "colour=red")
        #expect(refused.errors.contains("No issue has a field"), "\(refused.errors)")
        let turf = try ana.run("edit", rosa, "turf=North Side")
        #expect(turf.errors.contains("fieldbook person edit --turf"), "\(turf.errors)")
    }

    @Test("Two people with a comma between are not made into one")
    func list() throws {
        for name in ["Sukarno Wijaya", "Hương Trần"] { try ana.succeed("person", "add", name) }
        for verb in [["met"], ["met", "--new"], ["person", "add"], ["touch", "--by", "call"]] {
            let outcome = try ana.run(verb + ["Sukarno, Hương"])
            #expect(outcome.code == 1)
            #expect(
                outcome.errors.contains("These are 2 people who are here: Sukarno and Hương."),
                "\(verb): \(outcome.errors)")
        }
        let asked = try ana.typing("n", "met", "Zed Quill, Vex Urb")
        #expect(asked.shown.contains("Add them, as one person? [y/N]"), "\(asked.shown)")
        #expect(
            try ana.run("met", "Quill, Zed", "--new").errors
                .contains("\"Quill, Zed\" is one person here."))
        #expect(try ana.succeed("met", "Alvarez, Rosa").contains("one-to-one with Rosa Alvarez"))
    }

    @Test("Of several whom a name fits, one is chosen at a terminal, by every command")
    func several() throws {
        try ana.succeed("person", "add", "Rosa Park")
        try ana.succeed("institution", "add", "St. Mark")
        try ana.succeed("institution", "add", "St. Paul")
        for verb in [["person", "show"], ["met"], ["history"], ["commitment", "list"]] {
            let chosen = try ana.typing("2", at: verb + ["Rosa"])
            #expect(chosen.code == 0, "\(verb): \(chosen.shown)")
            #expect(chosen.shown.contains("  2  Rosa Park ("), "\(chosen.shown)")
        }
        let none = try ana.typing("", "met", "Rosa")
        #expect(none.code == 1 && none.shown.contains("\"Rosa\" could mean 2 people"))
        #expect(try ana.typing("1", "institution", "show", "St").output.contains("St. Mark"))
        #expect(try ana.run("institution", "show", "St").errors.contains("Say which one by its id"))
    }

    @Test("A whole first name is nobody's whose name only begins like it")
    func wholeName() throws {
        try ana.succeed("person", "add", "Rosalind Fox")
        #expect(try ana.succeed("met", "Rosa").contains("one-to-one with Rosa Alvarez"))
        #expect(try ana.succeed("met", "Rosal").contains("one-to-one with Rosalind Fox"))
    }

    @Test("The name somebody wants to be called by is an option when they are added and later")
    func preferredOption() throws {
        try ana.succeed("person", "add", "Guadalupe Ríos", "--preferred", "Chayo")
        #expect(try ana.json("person", "show", "Chayo").text("name") == "Guadalupe Ríos")
        try ana.succeed("person", "edit", "Chayo", "--preferred", "Lupe")
        #expect(try ana.json("person", "show", "Guadalupe").text("preferred") == "Lupe")
        try ana.succeed("person", "edit", "Lupe", "--preferred", "")
        #expect(try ana.json("person", "show", "Guadalupe")["preferred"] is NSNull)
    }

    @Test("Who meets a namesake hears of both ids, and how to make one of them")
    func met() throws {
        let outcome = try ana.run("met", "rosa alvarez", "--new", "--json")
        let new = String(try #require(outcome.document().text("person")).suffix(8))
        #expect(
            outcome.errors == """
                There is somebody called "rosa alvarez" already (\(rosa)), besides \(new). Name them \
                by these ids from now on. If it is the same person, an organizer can link the two:
                  fieldbook person merge \(new) \(rosa)

                """)
        try ana.succeed("person", "merge", new, rosa)
        #expect(try ana.json("person", "show", "Rosa").list("oneToOnes").count == 1)
    }

    @Test(
        "Whom nobody finds for a slip is guessed",
        arguments: ["Alvarz", "Rosaa", "Rsoa Alvarez", "rosa alvares"])
    func misspelt(_ text: String) throws {
        try ana.succeed("person", "add", "Omar Khan")
        let found = try ana.succeed("find", text)
        #expect(found.contains("Nothing here holds \"\(text)\"."))
        #expect(found.contains("Did you mean Rosa Alvarez (\(rosa))?"), "\(found)")
        let document = try ana.json("find", text)
        #expect(try document.list("hits").isEmpty)
        #expect(try document.list("alike").map { $0.text("name") } == ["Rosa Alvarez"])
    }

    @Test("Whom nobody resembles is not")
    func unlike() throws {
        #expect(try !ana.succeed("find", "dialysis").contains("Did you mean"))
        #expect(try ana.json("find", "rosa").list("alike").isEmpty)
    }

    @Test("The name by which somebody wants to be called means them, and is shown")
    func preferred() throws {
        try ana.succeed("edit", rosa, "preferred=Chayo")
        for name in ["Chayo", "chayo", "Chayo Alvarez"] {
            let met = try ana.run("met", name, "--summary", name)
            #expect(met.code == 0, "\(met.errors)")
        }
        #expect(try ana.succeed("schedule", "Chayo", "--on", "tomorrow").contains("Rosa Alvarez"))
        let shown = try ana.succeed("person", "show", "Chayo")
        #expect(shown.contains("Called        Chayo"), "\(shown)")
        #expect(try ana.json("person", "show", rosa).text("preferred") == "Chayo")
        // Beside somebody whose name begins so, which of them it was taken for is said.
        try ana.succeed("person", "add", "Chayo Lind")
        #expect(
            try ana.run("met", "Chayo", "--on", "yesterday").errors
                .contains("\"Chayo\" is taken for Rosa Alvarez (\(rosa)), not for Chayo Lind ("))
        #expect(try ana.succeed("person", "show", "Chayo Lind").hasPrefix("Chayo Lind ("))
    }

    @Test("Who adds one, or renames somebody to one, hears of both too")
    func added() throws {
        let added = try ana.run("person", "add", "Rosa Alvarez", "--json")
        let second = try #require(added.document().text("id")).suffix(8)
        #expect(added.errors.contains("(\(rosa)), besides \(second)."))
        let luis = try #require(ana.json("person", "add", "Luis").text("id")).suffix(8)
        let renamed = try ana.run("person", "edit", "Luis", "--name", "Rosa Alvarez")
        #expect(renamed.code == 0)
        #expect(renamed.errors.hasPrefix("There are 2 people called \"Rosa Alvarez\" already ("))
        #expect(renamed.errors.contains(", besides \(luis)."))
        #expect(renamed.errors.contains("  fieldbook person merge \(luis) ID\n"))
        #expect(try ana.run("person", "edit", rosa, "--phone", "612-555-0100").errors.isEmpty)
    }

    @Test(
        "Somebody who was deleted is said to be so, with the way back",
        arguments: [
            ["person", "show"], ["person", "edit", "--phone", "612-555-0100"],
            ["person", "delete"], ["met"],
        ])
    func deleted(_ verb: [String]) throws {
        try ana.succeed("person", "delete", "Rosa")
        for who in ["Rosa Alvarez", "rosa", rosa] {
            let outcome = try ana.run(verb + [who])
            #expect(outcome.code == 1)
            #expect(
                outcome.errors == """
                    Error: Rosa Alvarez was deleted. To bring an entry back, with all that was written \
                    about it:
                      fieldbook person restore \(rosa)

                    """)
        }
        #expect(try ana.run("met", "Roswitha").errors.contains("Nobody here is called"))
        #expect(try ana.succeed("history", "Rosa").contains("Rosa Alvarez"))
        try ana.succeed("person", "restore", rosa)
        try ana.succeed("met", "Rosa")
    }

    @Test("Two who were deleted are both named")
    func twoDeleted() throws {
        try ana.succeed("person", "add", "Rosa Ortiz")
        for name in ["Rosa Alvarez", "Rosa Ortiz"] { try ana.succeed("person", "delete", name) }
        let errors = try ana.run("person", "show", "Rosa").errors
        #expect(
            errors.hasPrefix("Error: 2 people called \"Rosa\" were deleted, and no other is here."))
        #expect(errors.split(separator: "\n").count == 3)
    }

    @Test("A name is found without its accents, and by a nickname")
    func names() throws {
        let laptop = try Laptop()
        for name in ["José Núñez", "Linh Nguyễn", "Guadalupe Ríos", "William O'Hara"] {
            try laptop.succeed("person", "add", name)
        }
        for (typed, name) in [
            ("jose", "José"), ("nguyen", "Nguyễn"), ("pepe", "José"), ("Lupita", "Guadalupe"),
            ("Bill", "William"), ("bill ohara", "William"),
        ] {
            #expect(try laptop.succeed("person", "show", typed).contains(name), "\(typed)")
        }
        for (typed, name) in [("pepe nunez", "José"), ("lupe", "Guadalupe"), ("linh", "Nguyễn")] {
            #expect(try laptop.succeed("find", typed).contains(name), "\(typed)")
        }
        #expect(try laptop.run("person", "show", "Bob").code == 1)
    }

    @Test("A birthday is written as people say it, with the year or without, and as no other day")
    func birthday() throws {
        let laptop = try Laptop()
        try laptop.succeed("person", "add", "Rosa Alvarez")
        for (said, kept) in [
            ("may 24", "05-24"), ("24 de mayo de 1956", "1956-05-24"), ("02-29", "02-29"),
        ] {
            try laptop.succeed("edit", "Rosa", "birthday=\(said)")
            #expect(try laptop.json("person", "show", "Rosa")["birthday"] as? String == kept)
        }
        for wrong in ["soon", "1957-02-29", "1956-13-40"] {
            let outcome = try laptop.run("edit", "Rosa", "birthday=\(wrong)")
            #expect(outcome.code == 1)
            #expect(outcome.errors.contains("\"\(wrong)\" is not a birthday."))
        }
        try laptop.succeed("edit", "Rosa", "birthday=")
        #expect(!(try laptop.succeed("person", "show", "Rosa").contains("Birthday")))
    }

    @Test("One whose whole name others' names begin with is asked for, and in a script it is said")
    func shorterName() throws {
        let short = String(try #require(ana.json("person", "add", "Rosa").text("id")).suffix(8))
        for verb in [
            ["met", "--anyway"], ["touch", "--by", "call"],
            ["person", "edit", "--phone", "612-555-0100"],
        ] {
            let outcome = try ana.run(verb + ["Rosa", "--json"])
            #expect(outcome.code == 0)
            #expect(
                outcome.errors == """
                    "Rosa" is taken for Rosa (\(short)), not for Rosa Alvarez (\(rosa)). Say a whole \
                    name, or an id.

                    """, "\(verb)")
            #expect(try ana.run(verb + [short, "--json"]).errors.isEmpty)
            #expect(try ana.run(verb + ["Rosa Alvarez", "--json"]).errors.isEmpty)
        }
        let other = try ana.typing("7\n2\ny", "met", "rosa", "--summary", "Her bus.")
        #expect(other.code == 0, "\(other.shown)")
        #expect(other.shown.contains("  2  Rosa Alvarez (\(rosa))"))
        #expect(other.output.contains("one-to-one with Rosa Alvarez, today"))
        let same = try ana.typing("\ny", "met", "Rosa")
        #expect(same.output.contains("one-to-one with Rosa, today"), "\(same.shown)")
        // Where both are one person, there is nothing to ask.
        try ana.succeed("person", "merge", short, rosa)
        #expect(try ana.run("met", "Rosa", "--json", "--anyway").errors.isEmpty)
    }

    @Test("People are tagged, found and listed by a tag, and lose it again")
    func tags() throws {
        try ana.succeed("person", "add", "Bo Lind", "--tag", "choir, drivers")
        try ana.succeed("person", "edit", "Rosa", "--tag", "Choir")
        #expect(try ana.json("person", "list", "--tag", "choir").list("people").count == 2)
        let drivers = try ana.succeed("person", "list", "--tag", "drivers")
        #expect(drivers.contains("Bo Lind") && !drivers.contains("Rosa"))
        #expect(try ana.json("find", "drivers").list("hits").first?.text("title") == "Bo Lind")
        try ana.succeed("person", "edit", "Bo", "--untag", "CHOIR")
        #expect(try ana.json("person", "show", "Bo")["tags"] as? [String] == ["drivers"])
        let none = try ana.run("person", "edit", "Bo", "--untag", "choir")
        #expect(none.code == 1)
        #expect(none.errors.contains("Bo Lind has no tag \"choir\". Nothing was changed."))
        #expect(
            try ana.succeed("person", "list", "--tag", "cooks")
                .hasPrefix("Nobody has the tag \"cooks\"."))
    }
}
