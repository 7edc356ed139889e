import Foundation
import Interchange
import Notebook
import Replication
import Store
import Testing
import Wording

@Suite("Lists of people")
struct CSVTests {
    let ana: Desk

    init() throws { ana = try Desk() }

    /// A combining mark joins a quotation mark or a separator into one letter.
    @Test(
        "No name ends its cell or its field, whatever marks are in it",
        arguments: [
            "Quote\"\u{301},=HYPERLINK(\"http://x\")", "\u{600}\",+1", "Semi;\u{301}X",
            "\u{600}\\Y",
        ])
    func marks(_ name: String) throws {
        let person = try ana.notebook.add(PersonDetails(name: name, phone: "612-555-0100"))
        let called = try #require(try ana.notebook.person(person)).name
        for form in [Form.csv, .vcard] {
            let bo = try Desk()
            try bo.bring(ana.export(form), as: form == .csv ? "a.csv" : "a.vcf")
            #expect(try bo.notebook.people().map(\.name) == [called])
            #expect(try bo.notebook.people().map(\.phone) == ["612-555-0100"])
        }
    }

    @Test("Rows may be ragged; one that has too much is rejected with its line")
    func ragged() throws {
        let text = """
            Name,Phone,Email
            Rosa
            "Luis
            Ortiz",612-555-0101

            Marta,612-555-0102,marta@example.org,,
            Bo,612-555-0103,bo@example.org,what
            ,612-555-0104
            "Eva,612-555-0105
            Ines,612-555-0106
            """
        let report = try ana.bring(text, as: "people.csv")
        #expect(report.counts == "4 created, 0 updated, 0 skipped, 3 rejected")
        #expect(try ana.names == ["Ines", "Luis Ortiz", "Marta", "Rosa"])
        #expect(report.remarks.map(\.line) == [7, 8, 9])
        #expect(report.remarks[0].reason.text.hasPrefix("It has 4 cells below 3 headings"))
        #expect(report.remarks[1].reason == "It has no name. Write one into the row.")
        #expect(
            report.remarks[2].reason.text.hasPrefix(
                "The quotation mark that opens a cell on line 9"))
    }

    @Test("A name that stands family first is turned around")
    func familyFirst() throws {
        let text = """
            Name,Phone
            "O'Brien, Mary",612-555-0101
            "García López, José",612-555-0102
            "Luis Ruiz, Jr.",612-555-0103
            """
        for _ in 1...2 { try ana.bring(text, as: "people.csv") }
        #expect(try ana.names == ["José García López", "Luis Ruiz, Jr.", "Mary O'Brien"])
        let mary = try #require(try ana.notebook.people().first { $0.name == "Mary O'Brien" })
        #expect(try ana.notebook.findPerson("Mary") == mary.id)
    }

    @Test("Whoever looks like somebody here is counted, in whatever script and figures")
    func alikeInOtherScripts() throws {
        for name in ["محمد الحسن", "أحمد علي", "李明"] { _ = try ana.notebook.add(.init(name: name)) }
        let text = """
            Name,Phone
            محمد الحسن,612-555-0101
            أحمد علي,٦١٢-٥٥٥-٠١٠٢
            أحمد علي,612-555-0102
            李明,
            Yusuf Ali,612-555-0104
            """
        let report = try ana.bring(text, as: "people.csv")
        #expect(report.created == 4 && report.skipped == 1, "\(report.counts)")
        #expect(report.alike.map(\.name) == ["محمد الحسن", "أحمد علي", "李明"])
    }

    @Test("Every number of a row comes in, and what is left out is said")
    func several() throws {
        let text = """
            Name,Phone,Mobile,Work Phone,Email,Email 2,Status,Contact
            Rosa,612-555-0100,612-555-0101,(612) 555 0100,r@example.org,rosa@example.org,Deceased,Do Not Contact
            Luis,612-555-0102,,,,,resting,
            """
        let report = try ana.bring(text, as: "people.csv")
        #expect(report.counts == "2 created, 0 updated, 0 skipped, 0 rejected")
        let rosa = try ana.person("Rosa")
        #expect(rosa.phones == ["612-555-0100", "612-555-0101"])
        #expect(rosa.email == "r@example.org")
        #expect(rosa.status == .deceased && rosa.contact == .doNotContact)
        #expect(try ana.person("Luis").status == nil)
        let remarks = report.remarks.map { "\($0.reason)" }.joined(separator: "\n")
        #expect(remarks.contains("was left out: a person has one."), "\(remarks)")
        #expect(remarks.contains("\"resting\" is no status"), "\(remarks)")
        let again = try ana.bring(text, as: "people.csv")
        #expect(again.counts == "0 created, 0 updated, 2 skipped, 0 rejected")
    }

    @Test("Rejected rows go to a file, and come in from there once they are corrected")
    func rejected() throws {
        var settings = ImportSettings()
        settings.rejectsBeside = ana.path("people.csv")
        let text = "Name,Phone,Turf\n=Rosa,1,North Side\n,2,\n"
        let report = try ana.bring(bytes: Array(text.utf8), as: "people.csv", settings)
        #expect(report.rejected == 2)
        let file = try #require(report.rejectedFile)
        #expect(file == ana.path("people.csv.rejected.csv"))
        let rows = try String(contentsOfFile: file, encoding: .utf8)
        #expect(rows.hasPrefix("reason,Name,Phone,Turf\r\n"))
        #expect(rows.contains(",'=Rosa,1,North Side\r\n"))
        _ = try ana.notebook.addTurf("North Side")
        let fixed = try ana.bring(file: "people.csv.rejected.csv", settings)
        #expect(fixed.created == 1 && fixed.rejected == 1)
        #expect(try ana.person("=Rosa").turf == ana.notebook.findTurf("north side"))
        // The corrections are not written over.
        #expect(fixed.rejectedFile == ana.path("people.csv.rejected-2.csv"))
    }

    @Test("Rejected rows that nobody corrected are rejected again, a torn one too")
    func uncorrected() throws {
        let text = """
            Name,Phone,Email
            "Eva,612-555-0105
            Bo,612-555-0103,bo@example.org,what
            ,612-555-0104
            """
        func bring(_ name: String) throws -> ImportReport {
            var settings = ImportSettings()
            settings.rejectsBeside = ana.path(name)
            return try ana.bring(file: name, settings)
        }
        try Data(text.utf8).write(to: ana.folder.appending(path: "people.csv"))
        let first = try bring("people.csv")
        #expect(first.rejected == 3)
        let again = try bring("people.csv.rejected.csv")
        #expect(again.counts == "0 created, 0 updated, 0 skipped, 3 rejected")
        #expect(again.remarks.map(\.reason) == first.remarks.map(\.reason))
        #expect(again.mapping?.columns.map(\.heading) == ["Name", "Phone", "Email"])
        // Nothing new is to be corrected.
        #expect(again.rejectedFile == first.rejectedFile)
        let file = try #require(first.rejectedFile)
        let rows = try String(contentsOfFile: file, encoding: .utf8)
        try Data(rows.replacing(",,,\"\"\"Eva,612-555-0105\"", with: "Eva,612-555-0105").utf8)
            .write(to: URL(filePath: file))
        let fixed = try bring("people.csv.rejected.csv")
        #expect(fixed.counts == "1 created, 0 updated, 0 skipped, 2 rejected")
        #expect(fixed.rejectedFile == ana.path("people.csv.rejected-2.csv"))
        #expect(try ana.person("Eva").phone == "612-555-0105")
    }

    @Test("Who is here is filled in, never overwritten")
    func existing() throws {
        let rosa = try ana.notebook.add(
            PersonDetails(name: "Rosa Álvarez", phone: "(612) 555-0100", address: "1 Elm St"))
        let report = try ana.bring(
            "name,phone,email,address,tags\n"
                + "rosa alvarez,+1 612 555 0100,rosa@example.org,2 Oak St,\"choir, bus\"",
            as: "people.csv")
        #expect(report.counts == "0 created, 1 updated, 0 skipped, 0 rejected")
        let person = try #require(try ana.notebook.person(rosa))
        #expect(person.name == "Rosa Álvarez" && person.phone == "(612) 555-0100")
        #expect(person.address == "1 Elm St" && person.email == "rosa@example.org")
        #expect(person.tags == ["bus", "choir"])
        let reason = try #require(report.remarks.first).reason
        #expect(reason == #"The field address stays "1 Elm St"; the file has "2 Oak St"."#)
    }

    @Test("What somebody changed or took out after an import stays so when it is repeated")
    func later() throws {
        let text = "Name,Phone,Email,Tags\nRosa,612-555-0100,rosa@example.org,choir"
        try ana.bring(text, as: "people.csv")
        let rosa = try ana.person("Rosa")
        try ana.notebook.edit(rosa.id, PersonDetails(phone: "612-555-0199", email: ""))
        try ana.write(Person.key(rosa.id), .remove(Person.tags, .text("choir")))
        let export = try ana.export()
        let report = try ana.bring(text, as: "people.csv")
        #expect(report.counts == "0 created, 0 updated, 1 skipped, 0 rejected")
        #expect(report.remarks.first?.reason.text.contains("email was cleared here") == true)
        #expect(try ana.export() == export)
    }

    @Test("Two rows of one person make one")
    func twice() throws {
        let text = "Name,Phone,Email\nRosa,612-555-0100,\nROSA,(612) 555-0100,rosa@example.org"
        let report = try ana.bring(text, as: "people.csv")
        #expect(report.counts == "1 created, 0 updated, 1 skipped, 0 rejected")
        #expect(report.remarks.first?.reason == "This is the same person as on line 2.")
        #expect(try ana.person("Rosa").email == "rosa@example.org")
    }

    @Test("A number that stood for somebody else does not make one person of two")
    func reused() throws {
        try ana.bring("VANID,Name\n17,Rosa Alvarez", as: "a.csv")
        let report = try ana.bring("VANID,Name\n17,Luis Ortiz\n17,Rosa A.", as: "b.csv")
        #expect(report.counts == "0 created, 0 updated, 1 skipped, 1 rejected")
        // Two lists that both count from 1 are two lists.
        #expect(try ana.bring("ID,Name\n1,Marta", as: "c.csv").created == 1)
        #expect(try ana.bring("ID,Name\n1,Bo", as: "d.csv").created == 1)
    }

    @Test("A body is found by its name, or made; a turf must be there")
    func places() throws {
        let church = try ana.notebook.addInstitution("St. Mark")
        let text = "Name,Church,Turf\nRosa,st mark,\nLuis,Holy Rosary,\nEva,Holy Rosary,Nowhere"
        let report = try ana.bring(text, as: "people.csv")
        #expect(report.counts == "2 created, 0 updated, 0 skipped, 1 rejected")
        #expect(report.kinds == ["person": 2, "institution": 1])
        #expect(try ana.person("Rosa").institution == church)
        #expect(try ana.person("Luis").institution == ana.notebook.findInstitution("Holy Rosary"))
        let undo = try ana.notebook.undoImport(try #require(report.batch).description)
        #expect(undo.deleted == 3 && undo.kept.isEmpty)
        #expect(try ana.bring(text, as: "people.csv").created == 2)
    }

    @Test("A list that goes out comes in again as it was, and runs in nobody's spreadsheet")
    func export() throws {
        let turf = try ana.notebook.addTurf("North Side")
        let rosa = try ana.notebook.add(
            PersonDetails(
                name: "=HYPERLINK(\"x\")", phone: "+1 612 555 0100", address: "1 Elm St;\nEdina",
                institution: ana.notebook.addInstitution("St. Mark, Edina"), turf: turf))
        try ana.write(Person.key(rosa), .insert(Person.tags, .text("bus, train")))
        let csv = try ana.export(.csv)
        #expect(csv.hasPrefix("id,name,given,family,phone,email,address,"))
        #expect(csv.contains(",\"'=HYPERLINK(\"\"x\"\")\",") && csv.contains(",'+1 612"))
        let again = try ana.bring(csv, as: "people.csv")
        #expect(again.counts == "0 created, 0 updated, 1 skipped, 0 rejected")
        #expect(again.remarks.isEmpty)
        let bo = try Desk(2)
        _ = try bo.notebook.addTurf("North Side")
        #expect(try bo.bring(csv, as: "people.csv").created == 1)
        let person = try #require(try bo.notebook.person(rosa))
        #expect(person.name == "=HYPERLINK(\"x\")" && person.tags == ["bus, train"])
        #expect(person.address == "1 Elm St;\nEdina" && person.phone == "+1 612 555 0100")
    }

    @Test("A first line of more than 100 kB is refused at once")
    func endlessHeadings() throws {
        let line = "name," + String(repeating: "x", count: 2_000_000)
        let start = ContinuousClock.now
        #expect(throws: InterchangeError.headingsTooLong(path: ana.path("long.csv"))) {
            try ana.bring(line + "\nRosa,1\n", as: "long.csv")
        }
        #expect(ContinuousClock.now - start < .seconds(1))
        #expect(try ana.notebook.people().isEmpty)
    }

    @Test("A list can be looked at without a notebook")
    func looked() throws {
        let text = "given_name,surname,phone_2,cluster\nRosa,Alvarez,1,a\n,,2,b\nLuis,Ortiz,,\n"
        try Data(text.utf8).write(to: ana.folder.appending(path: "list.csv"))
        let source = try SourceFile(ana.path("list.csv"), spoolingIn: ana.folder.path)
        let list = try PeopleList(source, today: ana.notebook.today)
        var seen: [String] = []
        try list.read { entry in
            seen.append("\(entry.line) \(entry.name) \(entry.phone ?? "") \(entry.cells[3])")
        }
        #expect(seen == ["2 Rosa Alvarez 1 a", "4 Luis Ortiz  "])
        #expect(list.headings.last == "cluster")
    }

    @Test("Dates in figures are read in the order that they can only be in")
    func dates() throws {
        let today = try #require(Day(iso: "2026-03-03"))
        #expect(DateOrder.only(in: "13/2/2026") == .dayFirst)
        #expect(DateOrder.only(in: "2/13/26") == .monthFirst)
        #expect(DateOrder.only(in: "2026-02-13") == nil && DateOrder.isAmbiguous("3/4/2026"))
        let days: [(String, DateOrder?, String)] = [
            ("2026-11-20", nil, "2026-11-20"), ("2026/11/2", nil, "2026-11-02"),
            ("3/4/2026", .dayFirst, "2026-04-03"), ("3.4.26", .monthFirst, "2026-03-04"),
            ("13/2/1999 10:30", .monthFirst, "1999-02-13"), ("5-5-61", nil, "1961-05-05"),
        ]
        for (text, order, day) in days {
            #expect(DateOrder.day(text, order, today: today)?.description == day, "\(text)")
        }
        for text in ["3/4/2026", "", "soon", "30/2/2026", "1/2", "99999/1/1", "-1/2/3"] {
            #expect(DateOrder.day(text, nil, today: today) == nil, "\(text)")
        }
    }

    @Test("Where all dates may be in both orders, they are in the reader's, and that can be seen")
    func readersOrder() throws {
        let list = "Name,Birthday\nRosa,3/4\nLuis,12/11/1960\n"
        for (order, birthday) in [(DateOrder.monthFirst, "03-04"), (.dayFirst, "04-03")] {
            try DateOrder.$current.withValue(order) {
                let desk = try Desk(order == .monthFirst ? 5 : 6)
                let report = try desk.bring(list, as: "list.csv")
                #expect(report.mapping?.dates == order && report.mapping?.presumed == "3/4")
                #expect(report.rejected == 0)
                #expect(try desk.person("Rosa").birthday == birthday)
            }
        }
        try DateOrder.$current.withValue(nil) {
            let report = try ana.bring(list, as: "list.csv")
            #expect(report.rejected == 2 && report.mapping?.presumed == nil)
            #expect(report.remarks.allSatisfy { $0.reason.text.contains("--dates dmy") })
        }
        // One date that can be in one order only settles it for all.
        try DateOrder.$current.withValue(.monthFirst) {
            let report = try ana.bring(list + "Uma,25/12\n", as: "list.csv", isDryRun: true)
            #expect(report.mapping?.dates == .dayFirst && report.mapping?.presumed == nil)
        }
    }

    @Test("What was rejected of a list is not presumed to be in the reader's order")
    func rejectedOrder() throws {
        try DateOrder.$current.withValue(.monthFirst) {
            let list = "reason,Name,Birthday\nwhy,Rosa,3/4/1990\n"
            let rejects = try ana.bring(list, as: "list.csv.rejected.csv")
            #expect(rejects.rejected == 1)
            // A list of one's own may have such a column.
            let own = try ana.bring(list, as: "list.csv")
            #expect(own.created == 1)
        }
    }

    @Test("An address is put together of all columns that have a part of it")
    func addressParts() throws {
        try ana.bring(
            """
            Name,Address,City,State,Zip
            Carla,1 A St,Peoria,IL,61601
            Ida,"2 B St, Peoria, IL 61601",Peoria,IL,61601
            Uma,3 Hill St,,IL,

            """, as: "city.csv")
        #expect(try ana.person("Carla").address == "1 A St, Peoria, IL 61601")
        #expect(try ana.person("Ida").address == "2 B St, Peoria, IL 61601")
        #expect(try ana.person("Uma").address == "3 Hill St, IL")
    }

    @Test("Several values in one cell, as Google writes them")
    func googles() throws {
        try ana.bring(
            """
            Name,Labels,Phone 1 - Value
            Carla,Choir ::: Ushers ::: * myContacts,555-202-1111 ::: 555-202-1112

            """, as: "google.csv")
        let carla = try ana.person("Carla")
        #expect(carla.tags == ["Choir", "Ushers"])
        #expect(carla.phone == "555-202-1111 / 555-202-1112")
    }

    @Test("Whose people they are stays as the list has it")
    func whose() throws {
        let bo = try Desk(2)
        for (desk, name) in [(ana, "Rosa Alvarez"), (bo, "Luis Ortiz")] {
            try desk.notebook.add(PersonDetails(name: name))
        }
        try bo.hear(ana)
        let nobodys = try bo.notebook.add(PersonDetails(name: "Uma Khan"))
        try bo.write(Person.key(nobodys), .set(Person.organizer, .null))
        // Somebody else is called like the notebook's owner.
        let laptop = try Desk(3, named: "organizer 1")
        try laptop.notebook.add(PersonDetails(name: "Organizer 1"))
        try laptop.bring(bo.export(.csv), as: "people.csv")
        let whose = try laptop.notebook.people().map {
            "\($0.name): \(String(describing: $0.organizer))"
        }
        let me = String(describing: Optional(laptop.notebook.me.member))
        #expect(whose.contains("Rosa Alvarez: \(me)"))
        #expect(whose.contains("Luis Ortiz: nil") && whose.contains("Uma Khan: nil"), "\(whose)")
        // A list that says nothing of it is of whoever brings it in.
        try laptop.bring("name\nIda Wells\n", as: "list.csv")
        #expect(try laptop.person("Ida").organizer == laptop.notebook.me.member)
    }

    @Test(
        "Of a quotation mark without its other half the line is named, however far it was looked for"
    )
    func openQuote() throws {
        let report = try ana.bring(
            "Name,Phone,Address\nRosa,612-555-0100,\"Lake St\n\nLuis,2,\"North St\"\nUma,3,\"High St\n",
            as: "people.csv")
        #expect(
            report.remarks.map(\.reason.text) == [
                """
                The quotation mark that opens a cell on line 5 has no other half. Correct line 5.
                """
            ])
    }

    @Test("A long file takes as long as its length says, whatever its quotation marks")
    func manyOpenQuotes() throws {
        func seconds(_ row: (Int) -> String) throws -> Duration {
            let rows = (0..<6000).map(row).joined(separator: "\n")
            let file = ana.folder.appending(path: "list.csv")
            try Data("Name,Phone,Address\nRosa,612-555-0100,\"Lake St\n\(rows)\n".utf8).write(
                to: file)
            let source = try SourceFile(file.path, spoolingIn: ana.folder.path)
            return try ContinuousClock().measure {
                try PeopleList(source, today: ana.notebook.today).read { _ in }
            }
        }
        let plain = try seconds { "Person \($0),2,North St" }
        // Each line ends a cell that was begun on the line before, and begins one.
        let tangled = try seconds { "Person \($0)\",\"North St" }
        #expect(tangled < plain * 10, "\(plain), \(tangled)")
    }
}
