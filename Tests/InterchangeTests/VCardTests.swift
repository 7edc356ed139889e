import Foundation
import Interchange
import Notebook
import Replication
import Store
import Testing

@Suite("Cards from phones")
struct VCardTests {
    let ana: Desk

    init() throws { ana = try Desk() }

    private static let old = """
        BEGIN:VCARD
        VERSION:2.1
        N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:N=C3=BA=C3=B1ez;Jos=C3=
        =A9;;;
        TEL;HOME;VOICE:612-555-0101
        TEL;CELL;PREF:612-555-0100
        NOTE:owes me money
        PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQ
         AAQABAAD
        END:VCARD
        """

    private static let three = """
        BEGIN:VCARD
        VERSION:3.0
        PRODID:-//Phone//EN
        N:Alvarez;Rosa;Maria;;
        FN:Rosa Alva
         rez
        item1.EMAIL;type=INTERNET;type=pref:rosa@example.org
        item1.X-ABLabel:_$!<Home>!$_
        ADR;TYPE=HOME:;;1 Elm St\\, rear;Edina;MN;55424;USA
        ORG:St. Mark\\; Edina;Choir
        CATEGORIES:choir,bus\\,train
        END:VCARD
        """

    private static let four = """
        BEGIN:VCARD
        VERSION:4.0
        FN:Luis Ortiz
        TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+1-612-555-0102
        EMAIL:mailto:luis@example.org
        UID:urn:uuid:01900000-0000-7000-8000-000000000009
        END:VCARD
        BEGIN:VCARD
        VERSION:4.0
        KIND:group
        FN:Choir
        END:VCARD
        """

    @Test("Old phones, and new ones")
    func versions() throws {
        let text = [Self.old, Self.three, Self.four].joined(separator: "\r\n")
        let report = try ana.bring(text, as: "contacts.vcf")
        #expect(report.counts == "3 created, 0 updated, 1 skipped, 0 rejected")
        let jose = try ana.person("José Núñez")
        #expect(jose.phones == ["612-555-0100", "612-555-0101"])
        let rosa = try ana.person("Rosa Alvarez")
        #expect(rosa.email == "rosa@example.org" && rosa.tags == ["bus,train", "choir"])
        #expect(rosa.address == "1 Elm St, rear, Edina, MN 55424, USA")
        #expect(try rosa.institution == ana.notebook.findInstitution("St. Mark; Edina"))
        let luis = try ana.person("Luis Ortiz")
        #expect(luis.phone == "+1-612-555-0102" && luis.email == "luis@example.org")
        #expect(luis.id.description == "01900000-0000-7000-8000-000000000009")
        #expect(try !ana.export().contains("owes me"))
        #expect(try ana.bring(text, as: "contacts.vcf").batch == nil)
    }

    @Test("A folded line may be cut within a letter")
    func cut() throws {
        let card =
            Array("BEGIN:VCARD\nVERSION:3.0\nFN:Jos".utf8) + [0xC3]
            + Array("\r\n ".utf8) + [0xA9] + Array("\nEND:VCARD\n".utf8)
        try ana.bring(bytes: card, as: "a.vcf")
        #expect(try ana.names == ["José"])
    }

    @Test(
        "Rubbish is rejected, and the next card comes in",
        arguments: [
            "BEGIN:VCARD\nFN:Half", "BEGIN:VCARD\nVERSION:3.0\nTEL:1\nEND:VCARD",
            "BEGIN:VCARD\nFN:\nN:;;;;\nEND:VCARD",
            "BEGIN:VCARD\n:::;;;===\n=;\"\nFN;:\nEND:VCARD",
        ])
    func rubbish(_ card: String) throws {
        let report = try ana.bring(card + "\n" + Self.three, as: "a.vcf")
        #expect(report.counts == "1 created, 0 updated, 0 skipped, 1 rejected")
        #expect(report.remarks.first?.line == 1)
    }

    @Test("A file that has no card in it brings nobody")
    func none() throws {
        #expect(try ana.bring("hello\n\n:\n", as: "a.vcf").batch == nil)
        #expect(try ana.bring(String(repeating: "x", count: 3 << 20), as: "a.vcf").batch == nil)
    }

    @Test("Cards that go out come in again as they were", arguments: VCardVersion.allCases)
    func roundTrip(_ version: VCardVersion) throws {
        let rosa = try ana.notebook.add(
            PersonDetails(
                name: "Rosa; \"la jefa\", Álvarez " + String(repeating: "ñ", count: 60),
                phone: "+1 612", email: "rosa@example.org", address: "1 Elm St\nEdina\\MN",
                language: "Spanish", institution: ana.notebook.addInstitution("St. Mark; Edina")))
        try ana.write(Person.key(rosa), .insert(Person.tags, .text("bus, train")))
        let file = ana.path("out.vcf")
        #expect(try ana.notebook.export(as: .vcard, to: TargetFile(file), cards: version) == 1)
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 75 })
        #expect(try ana.bring(text, as: "in.vcf").batch == nil)
        let bo = try Desk(2)
        #expect(try bo.bring(text, as: "in.vcf").created == 1)
        let (here, there) = (try ana.notebook.person(rosa), try bo.notebook.person(rosa))
        #expect(here?.name == there?.name && here?.address == there?.address)
        #expect(here?.tags == there?.tags && there?.language == "Spanish")
    }

    @Test("What is due goes out as days of a calendar, the same each time")
    func calendar() throws {
        let book = ana.notebook
        let rosa = try book.add(PersonDetails(name: "Rosa Álvarez"))
        try book.log(
            OneToOneNotes(on: book.today, next: "call; then visit", due: book.today + 1),
            with: rosa)
        try book.log(OneToOneNotes(on: book.today, next: "no day"), with: rosa)
        try book.promise("bring cousins", by: rosa, due: book.today + 2)
        let kept = try book.promise("kept", by: rosa, due: book.today + 3)
        try book.settle(kept, as: Commitment.kept)
        let text = try ana.export(.ics)
        #expect(text.components(separatedBy: "BEGIN:VEVENT").count == 3)
        #expect(text.contains("SUMMARY:Next step with Rosa Álvarez: call\\; then visit\r\n"))
        #expect(text.contains("DTSTART;VALUE=DATE:20260305\r\n"))
        #expect(try ana.export(.ics) == text)
        #expect(throws: InterchangeError.self) { try ana.bring(text, as: "a.ics") }
    }
}
