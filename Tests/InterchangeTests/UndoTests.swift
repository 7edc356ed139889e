import Interchange
import Notebook
import Replication
import Store
import Testing

@Suite("Taking an import back")
struct UndoTests {
    let ana: Desk
    private static let rosa = "01900000-0000-7000-8000-000000000001"
    private static let luis = "01900000-0000-7000-8000-000000000002"

    init() throws { ana = try Desk() }

    private func line(_ id: String, _ fields: String) -> String {
        #"{"kind":"person","id":"\#(id)","fields":{\#(fields)}}"# + "\n"
    }

    @Test("What it made is gone; what was there before is as it was")
    func whole() throws {
        try ana.bring(line(Self.rosa, #""name":"Rosa","tags":["choir"]"#))
        let before = try ana.export()
        let report = try ana.bring(
            line(Self.rosa, #""name":"Rosa Alvarez","phone":"1","tags":["bus"]"#)
                + line(Self.luis, #""name":"Luis""#))
        #expect(report.counts == "1 created, 1 updated, 0 skipped, 0 rejected")
        let undo = try ana.notebook.undoImport(try #require(report.batch).description)
        #expect(undo.deleted == 1 && undo.setBack == 1 && undo.kept.isEmpty && undo.keptFields == 0)
        let after = try ana.export().split(separator: "\n").filter { !$0.hasPrefix("{\"deleted") }
        #expect(after == before.split(separator: "\n"))
    }

    @Test("What somebody has gone on with since stays, and is said")
    func kept() throws {
        let report = try ana.bring(
            line(Self.rosa, #""name":"Rosa""#) + line(Self.luis, #""name":"Luis""#)
                + line("01900000-0000-7000-8000-000000000003", #""name":"Marta""#))
        let ids = try [Self.rosa, Self.luis].map { try #require(RecordID($0)) }
        try ana.notebook.edit(ids[0], PersonDetails(phone: "612-555-0100"))
        try ana.notebook.log(OneToOneNotes(on: ana.notebook.today), with: ids[1])
        let undo = try ana.notebook.undoImport(try #require(report.batch).shortened)
        #expect(undo.deleted == 1)
        #expect(undo.kept == ids.map(Person.key))
        #expect(try ana.names == ["Luis", "Rosa"])
    }

    @Test("A field that somebody has changed since stays")
    func field() throws {
        try ana.bring(line(Self.rosa, #""name":"Rosa""#))
        let report = try ana.bring(
            line(Self.rosa, #""name":"Rosa","phone":"1","email":"rosa@example.org""#))
        let id = try #require(RecordID(Self.rosa))
        try ana.notebook.edit(id, PersonDetails(phone: "2"))
        let undo = try ana.notebook.undoImport(try #require(report.batch).description)
        #expect(undo.setBack == 1 && undo.keptFields == 1)
        let rosa = try ana.person("Rosa")
        #expect(rosa.phone == "2" && rosa.email == nil)
    }

    @Test("What was taken back can be brought in again")
    func again() throws {
        let text = line(Self.rosa, #""name":"Rosa","phone":"1""#)
        let batch = try #require(try ana.bring(text).batch)
        let export = try ana.export()
        _ = try ana.notebook.undoImport(batch.description)
        #expect(try ana.names.isEmpty)
        #expect(try ana.bring(text).created == 1)
        #expect(try ana.export() == export)
    }

    @Test("An import is taken back once, by its own id, where it was made")
    func refused() throws {
        let bo = try Desk(2)
        let batch = try #require(try ana.bring(line(Self.rosa, #""name":"Rosa""#)).batch)
        try bo.hear(ana)
        let id = batch.shortened
        #expect(throws: InterchangeError.batchFromElsewhere(id: id)) {
            try bo.notebook.undoImport(id)
        }
        _ = try ana.notebook.undoImport(id)
        #expect(throws: InterchangeError.alreadyUndone(id: id)) {
            try ana.notebook.undoImport(id)
        }
        #expect(throws: InterchangeError.notABatch(id: "00000001")) {
            try ana.notebook.undoImport(Self.rosa)
        }
        #expect(throws: NotebookError.self) { try ana.notebook.undoImport("abcdef99") }
    }
}
