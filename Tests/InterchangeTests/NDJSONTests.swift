import Interchange
import Notebook
import Replication
import Store
import Testing
import Wording

@Suite("Everything out, and in again")
struct NDJSONTests {
    let ana: Desk
    let bo: Desk
    private static let rosa = "01900000-0000-7000-8000-000000000001"
    private static let marta = "01900000-0000-7000-8000-000000000002"
    private static let other = "01900000-0000-7000-8000-0000000000aa"

    init() throws {
        (ana, bo) = (try Desk(1), try Desk(2))
    }

    /// A notebook with a record of every kind that a verb makes.
    private func fill() throws -> RecordID {
        let book = ana.notebook
        let turf = try book.addTurf("North Side")
        let church = try book.addInstitution("St. Mark")
        let rosa = try book.add(
            PersonDetails(
                name: "Rosa \"la jefa\" Álvarez", phone: "612-555-0100", institution: church,
                turf: turf))
        let luis = try book.add(PersonDetails(name: "Luis Ortiz", email: "luis@example.org"))
        try book.log(
            OneToOneNotes(
                on: book.today, minutes: 40, summary: "Two lines:\n\tone and\u{1B}[2J two",
                heard: ["bus stops", "asthma"], next: "call", due: book.today + 7),
            with: rosa)
        try book.promise("bring three cousins", by: rosa, due: book.today + 3)
        let twin = try book.add(PersonDetails(name: "Rosa Alvarez"))
        try book.link(rosa, twin)
        try book.deletePerson(luis)
        return rosa
    }

    @Test("An export that is imported into an empty notebook gives the same export")
    func roundTrip() throws {
        let rosa = try fill()
        let export = try ana.export()
        let report = try bo.bring(export)
        #expect(report.rejected == 0 && report.skipped == 0 && report.remarks.isEmpty)
        #expect(try bo.export() == export)
        #expect(try bo.notebook.people().count == ana.notebook.people().count)
        #expect(try bo.notebook.space(of: Person.key(rosa)) == bo.notebook.findTurf("North Side"))
        #expect(try bo.notebook.oneToOnes(with: rosa).first?.heard == ["asthma", "bus stops"])
    }

    /// What lives with a person stands before them in the file, since kinds are in order of name.
    @Test("Meetings and promises come to live where the person does")
    func homes() throws {
        let rosa = try fill()
        try bo.bring(ana.export())
        let meeting = try #require(try bo.notebook.oneToOnes(with: rosa).first)
        let promise = try #require(try bo.notebook.commitments(of: rosa).first)
        let home = try bo.notebook.space(of: Person.key(rosa))
        #expect(try bo.notebook.space(of: OneToOne.key(meeting.id)) == home)
        #expect(try bo.notebook.space(of: Commitment.key(promise.id)) == home)
    }

    @Test("Lines are sorted by kind and id, with sorted keys")
    func order() throws {
        _ = try fill()
        let lines = try ana.export().split(separator: "\n")
        let places = lines.map { line -> String in
            let kind = line.split(separator: "\"kind\":\"").last?.prefix { $0 != "\"" } ?? ""
            let id = line.split(separator: "\"id\":\"").last?.prefix(36) ?? ""
            return "\(kind) \(id)"
        }
        #expect(places == places.sorted())
        #expect(lines.allSatisfy { $0.hasPrefix("{\"fields\":{") || $0.hasPrefix("{\"deleted\"") })
        #expect(lines.contains { $0.hasPrefix("{\"deleted\":true,\"fields\":{\"email\":") })
    }

    @Test("Importing twice changes nothing, in the notebook it came from neither")
    func idempotent() throws {
        _ = try fill()
        let export = try ana.export()
        let count = export.split(separator: "\n").count
        let again = try ana.bring(export)
        #expect(again.counts == "0 created, 0 updated, \(count) skipped, 0 rejected")
        #expect(again.batch == nil)
        try bo.bring(export)
        let head = try bo.notebook.store.meta().head.seq
        #expect(try bo.bring(export).batch == nil)
        #expect(try bo.notebook.store.meta().head.seq == head)
    }

    @Test("A line edits the fields that it names, and leaves the others")
    func edits() throws {
        let rosa = try ana.notebook.add(PersonDetails(name: "Rosa", phone: "612-555-0100"))
        let report = try ana.bring(
            #"{"kind":"person","id":"\#(rosa)","fields":{"email":"rosa@example.org","phone":null}}"#
        )
        #expect(report.counts == "0 created, 1 updated, 0 skipped, 0 rejected")
        let person = try ana.person("Rosa")
        #expect(person.email == "rosa@example.org" && person.phone == nil && person.name == "Rosa")
    }

    @Test("What two wrote apart is exported whole, and no import settles it")
    func conflict() throws {
        let rosa = try ana.notebook.add(PersonDetails(name: "Rosa"))
        try bo.hear(ana)
        try ana.notebook.edit(rosa, PersonDetails(phone: "1"))
        try bo.notebook.edit(rosa, PersonDetails(phone: "2"))
        try bo.hear(ana)
        let export = try bo.export()
        #expect(export.contains(#""conflicts":{"phone":["1","2"]}"#))
        #expect(export.contains(#""phone":"1""#))
        let head = try bo.notebook.store.meta().head.seq
        let report = try bo.bring(
            export + #"{"kind":"person","id":"\#(rosa)","fields":{"phone":"3"}}"#)
        #expect(report.remarks.count == 2)
        #expect(report.remarks.allSatisfy { $0.reason.text.hasPrefix("In conflict, and left") })
        #expect(try bo.notebook.store.meta().head.seq == head)
        let other = try Desk(3)
        try other.bring(export)
        #expect(try other.person("Rosa").phone == "1")
    }

    @Test("Kinds and fields that nobody here knows are kept, and exported again")
    func unknown() throws {
        let lines = #"""
            {"fields":{"beds":3.50,"name":"Gym"},"id":"\#(Self.rosa)","kind":"shelter"}
            {"fields":{"name":"Rosa","superpower":["she"]},"id":"\#(Self.marta)","kind":"person"}

            """#
        #expect(try ana.bring(lines).counts == "2 created, 0 updated, 0 skipped, 0 rejected")
        let export = try ana.export()
        // In order: person before shelter.
        #expect(
            export.split(separator: "\n").reversed()
                == lines.split(separator: "\n").filter { !$0.isEmpty })
        #expect(try ana.bring(lines).counts == "0 created, 0 updated, 2 skipped, 0 rejected")
        try bo.bring(export)
        #expect(try bo.export() == export)
        let more =
            #"{"kind":"shelter","id":"\#(Self.rosa)","fields":{"city":"Edina"}}"#
        #expect(try ana.bring(more).updated == 1)
        #expect(try ana.export().contains(#"{"beds":3.50,"city":"Edina","name":"Gym"}"#))
    }

    @Test("What a newer program wrote keeps its types")
    func newer() throws {
        let key = RecordKey(900, RecordID(rawValue: 7))
        let rosa = try ana.notebook.add(PersonDetails(name: "Rosa"))
        try ana.write(
            key, home: Space.commons, .set(16, .keep, .day(20_000)), .set(17, .latest, .id(rosa)),
            .insert(18, .int(-5)),
            .set(19, .keep, Value(type: ValueType(rawValue: 9), bytes: [1, 0])))
        try ana.write(Person.key(rosa), .set(90, .keep, .text("x")))
        let export = try ana.export()
        #expect(export.contains(#""kind":"kind 900","space":"commons""#))
        try bo.bring(export)
        #expect(try bo.export() == export)
        let states = try [ana, bo].map { desk in
            try desk.notebook.store.read { try Records.state(of: key, $0) }
        }
        let values = states.map { $0?.cells.map { $0.live.map(\.value) } }
        #expect(values[0] == values[1])
    }

    @Test("Somebody who was deleted here does not come back by an import")
    func deleted() throws {
        let rosa = try ana.notebook.add(PersonDetails(name: "Rosa"))
        let export = try ana.export()
        try ana.notebook.deletePerson(rosa)
        let report = try ana.bring(export)
        #expect(report.created == 0 && report.updated == 0)
        #expect(report.remarks.first?.reason.text.contains("person restore") == true)
        #expect(try ana.names.isEmpty)
        // A deleted one in the file deletes the one here.
        try bo.bring(export)
        #expect(try bo.names == ["Rosa"])
        try bo.bring(ana.export())
        #expect(try bo.names.isEmpty)
    }

    @Test("A try changes nothing, and says what would be")
    func dryRun() throws {
        _ = try fill()
        let head = try bo.notebook.store.meta()
        let report = try bo.bring(ana.export(), isDryRun: true)
        #expect(report.created > 5 && report.isDryRun && report.batch == nil)
        #expect(try bo.notebook.store.meta() == head)
        #expect(try bo.names.isEmpty)
    }

    @Test(
        "Rubbish is rejected with its line, and the rest comes in",
        arguments: [
            "{", "[]", "null", "12", "\"kind\"", "{}", #"{"kind":"person"}"#, "\u{0}", "{\"a\":1}x",
            #"{"kind":"person","id":"no"}"#,
            #"{"kind":"person","id":"00000000-0000-7000-8000-000000000002","fields":{}}"#,
            #"{"kind":"person","id":"\#(Self.other)","fields":[]}"#,
            #"{"kind":"person","id":"\#(Self.other)","fields":{"name":5}}"#,
            #"{"kind":"person","id":"\#(Self.other)","fields":{"name":"a\u0000"}}"#,
            #"{"kind":"person","id":"\#(Self.other)","fields":{"tags":"a"}}"#,
            #"{"kind":"person","id":"\#(Self.other)","deleted":1}"#,
            #"{"kind":"oneToOne","id":"\#(Self.other)","fields":{"on":"May"}}"#,
            #"{"kind":"oneToOne","id":"\#(Self.other)","fields":{"minutes":1.5}}"#,
            #"{"kind":"person","id":"\#(Self.other)","fields":{"name":"\ud800"}}"#,
            #"{"kind":"person","kind":"turf","id":"\#(Self.other)"}"#,
            String(repeating: "[", count: 100_000), String(repeating: "x", count: 2 << 20),
        ])
    func rubbish(_ line: String) throws {
        let good = #"{"kind":"person","id":"\#(Self.rosa)","fields":{"name":"Rosa"}}"#
        let report = try ana.bring(good + "\r\n\n" + line + "\n")
        #expect(report.counts == "1 created, 0 updated, 0 skipped, 1 rejected")
        let remark = try #require(report.remarks.first)
        #expect(remark.line == 3 && remark.reason.text.hasSuffix("."))
        #expect(try ana.names == ["Rosa"])
    }

    @Test("A file that is not UTF-8, or is cut in the middle of a line, leaves whole records")
    func cut() throws {
        var bytes = Array(#"{"kind":"person","id":"\#(Self.rosa)","fields":{"#.utf8)
        #expect(try ana.bring(bytes: bytes, as: "a.ndjson").rejected == 1)
        bytes += [0x22, 0xFF, 0x22]
        let report = try ana.bring(bytes: bytes, as: "a.ndjson")
        #expect(report.remarks.first?.reason.text.contains("UTF-8") == true)
        #expect(throws: InterchangeError.self) { try ana.bring(bytes: [], as: "a.ndjson") }
        #expect(throws: InterchangeError.self) { try ana.bring(file: "none.ndjson") }
    }

    @Test("What was mine in another notebook of mine is mine here, and what was Bo's is Bo's")
    func mine() throws {
        let rosa = try ana.notebook.add(PersonDetails(name: "Rosa Alvarez"))
        try ana.notebook.promise("bring chairs", by: rosa, due: ana.notebook.today)
        try bo.bring(ana.export())
        #expect(try bo.notebook.due().isEmpty)
        try bo.notebook.promise("bring cake", by: rosa, due: bo.notebook.today)
        let export = try bo.export()
        let laptop = try Desk(3, named: "organizer 1")
        for _ in 0..<2 { try laptop.bring(export) }
        let again = try NotebookFile.notebook(laptop.notebook.store)
        #expect(try again.due().map(\.what) == ["bring chairs"])
        #expect(try again.due(everyone: true).count == 2)
        #expect(try laptop.export() == export)
        try again.promise("call", by: rosa, due: again.today)
        let mine = try again.table(Report.named("commitments"), ReportQuestion()).rows
            .count { $0.contains(.text("organizer 1")) || $0.contains(.text("Organizer 1")) }
        #expect(mine == 1)
    }
}
