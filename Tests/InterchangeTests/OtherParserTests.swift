import Foundation
import Interchange
import Notebook
import Testing

@Suite(
    "What other programs make of our cards and calendars",
    .enabled(if: Python.interpreter != nil, "\(Python.isMissing)"))
struct OtherParserTests {
    let ana: Desk
    private let name =
        "Rosa; \"la jefa\", Álvarez de la Cruz y " + String(repeating: "ñ", count: 60)

    init() throws { ana = try Desk() }

    @Test("vobject reads our cards, and we read its")
    func cards() throws {
        let book = ana.notebook
        try book.add(
            PersonDetails(
                name: name, phone: "+1 612", email: "rosa@example.org", address: "1 Elm; St\nEdina",
                institution: book.addInstitution("St. Mark, Edina")))
        let file = ana.path("out.vcf")
        _ = try book.export(as: .vcard, to: TargetFile(file))
        let script = """
            import sys, vobject
            for card in vobject.readComponents(open(sys.argv[1], encoding='utf-8', newline='')):
                card.validate(None, True)
                print(card.fn.value); print(card.tel.value); print(card.email.value)
                print(repr(card.adr.value.street)); print(card.org.value[0])
                again = card.serialize()
                open(sys.argv[1] + '.again.vcf', 'w', encoding='utf-8', newline='').write(again)
            """
        #expect(
            Python.lines(script, file) == [
                name, "+1 612", "rosa@example.org", #"'1 Elm; St\nEdina'"#, "St. Mark, Edina",
            ])
        #expect(try ana.bring(file: "out.vcf.again.vcf").batch == nil)
    }

    @Test("icalendar reads our calendars")
    func calendar() throws {
        let book = ana.notebook
        let rosa = try book.add(PersonDetails(name: name))
        try book.promise("bring three cousins\nand a cake", by: rosa, due: book.today + 2)
        let file = ana.path("out.ics")
        _ = try book.export(as: .ics, to: TargetFile(file))
        let script = """
            import sys, icalendar
            calendar = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read())
            for event in calendar.walk('VEVENT'):
                assert not event.errors and event['UID'] and event['DTSTAMP']
                print(event.decoded('DTSTART').isoformat()); print(repr(str(event['SUMMARY'])))
            """
        #expect(
            Python.lines(script, file) == [
                "2026-03-05", "'\(name) promised: bring three cousins\\nand a cake'",
            ])
    }
}
