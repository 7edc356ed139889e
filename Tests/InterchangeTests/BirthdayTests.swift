import Foundation
import Interchange
import Notebook
import Replication
import Store
import Testing
import Wording

@Suite("Birthdays, as lists and phones write them")
struct BirthdayTests {
    let ana: Desk

    init() throws { ana = try Desk() }

    @Test(
        "A list's column is known by its heading, and read in whatever form",
        arguments: [
            ("Birthday", "1956-05-24", "1956-05-24"), ("Date of birth", "19560524", "1956-05-24"),
            ("DOB", "5/24/1956", "1956-05-24"), ("Fecha de nacimiento", "24.05.1956", "1956-05-24"),
            ("Cumpleaños", "24/5", "05-24"), ("Birthdate", "05-24", "05-24"),
            ("birthday", "5/24/31", "1931-05-24"), ("birthday", "02-29", "02-29"),
        ])
    func column(heading: String, written: String, kept: String) throws {
        let report = try ana.bring("Name,\(heading)\nRosa Alvarez,\(written)\n", as: "a.csv")
        #expect(report.remarks.isEmpty)
        #expect(try ana.person("Rosa Alvarez").birthday == kept)
    }

    @Test("What is no day is left out and said, and the person comes in")
    func noDay() throws {
        let report = try ana.bring(
            "Name,Birthday\nRosa Alvarez,19561709\nBo Lind,in spring\n", as: "a.csv")
        #expect(report.counts == "2 created, 0 updated, 0 skipped, 0 rejected")
        #expect(report.remarks.count == 2)
        #expect(
            report.remarks.first?.reason
                == "The birthday \"19561709\" is no day, and was left out.")
        #expect(try ana.person("Rosa Alvarez").birthday == nil)
    }

    @Test("Where nobody can tell the day from the month, somebody is asked")
    func order() throws {
        let report = try ana.bring("Name,Birthday\nRosa Alvarez,5/4/1956\n", as: "a.csv")
        #expect(report.rejected == 1)
        let again = try ana.bring(
            "Name,Birthday\nRosa Alvarez,5/4/1956\nBo Lind,24/5/1961\n", as: "b.csv")
        #expect(again.created == 2)
        #expect(try ana.person("Rosa Alvarez").birthday == "1956-04-05")
    }

    @Test(
        "A phone's card brings it in, with the year or without",
        arguments: [
            ("BDAY:1956-05-24", "1956-05-24"), ("BDAY:19560524", "1956-05-24"),
            ("BDAY:--0524", "05-24"), ("BDAY;VALUE=date:--05-24", "05-24"),
            ("BDAY:1956-05-24T00:00:00Z", "1956-05-24"),
            ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-24", "05-24"), ("BDAY;VALUE=text:spring", nil),
        ] as [(String, String?)])
    func card(line: String, kept: String?) throws {
        try ana.bring(
            "BEGIN:VCARD\nVERSION:3.0\nFN:Rosa Alvarez\n\(line)\nEND:VCARD\n", as: "a.vcf")
        #expect(try ana.person("Rosa Alvarez").birthday == kept)
    }

    @Test("A card that goes out has it", arguments: VCardVersion.allCases)
    func roundTrip(version: VCardVersion) throws {
        for (name, birthday) in [("Rosa Alvarez", "1956-05-24"), ("Bo Lind", "02-29")] {
            let id = try ana.notebook.add(PersonDetails(name: name))
            try ana.write(Person.key(id), .set(Person.birthday, .text(birthday)))
        }
        let file = ana.path("out.vcf")
        #expect(try ana.notebook.export(as: .vcard, to: TargetFile(file), cards: version) == 2)
        let bo = try Desk(2)
        try bo.bring(try String(contentsOfFile: file, encoding: .utf8), as: "in.vcf")
        #expect(try bo.person("Rosa Alvarez").birthday == "1956-05-24")
        #expect(try bo.person("Bo Lind").birthday == "02-29")
    }
}
