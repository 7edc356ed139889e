import Foundation
import GRDB
import Replication
import Store
import Testing

/// Files that a notebook does not open, and what people are told. None of them is changed.
@Suite("Refusals in words")
struct RefusalTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func refusal(device: UInt8 = 1, creating: Bool = false) throws -> String {
        let path = folder.file()
        let before = try? bytes(of: path)
        let refusal = #expect(throws: StoreError.self) {
            try Store.open(device, at: path, creating: creating)
        }
        #expect((try? bytes(of: path)) == before, "the file was changed")
        return refusal.map { "\($0)" } ?? "nothing was refused"
    }

    /// A closed notebook with one person.
    private func makeNotebook() throws {
        let store = try Store.open(at: folder.file())
        try store.add("Ada")
        try store.file.close()
    }

    @Test func aMissingFile() throws {
        #expect(
            try refusal() == """
                There is no file "\(folder.file())". Make a notebook with "fieldbook init".
                """)
        #expect(!FileManager.default.fileExists(atPath: folder.file()))
    }

    @Test(arguments: [true, false])
    func aText(creating: Bool) throws {
        try write(Array(repeating: UInt8(ascii: "a"), count: 9000), to: folder.file())
        #expect(
            try refusal(creating: creating) == """
                The file "\(folder.file())" is not a Fieldbook notebook. It was left as it is. \
                Name another file.
                """)
    }

    @Test func aShortText() throws {
        try write(Array("Dear Ada".utf8), to: folder.file())
        #expect(
            try refusal() == """
                The file "\(folder.file())" is not a Fieldbook notebook. It was left as it is. \
                Name another file.
                """)
    }

    @Test(arguments: [true, false])
    func anotherProgramsDatabase(creating: Bool) throws {
        let other = try DatabaseQueue(path: folder.file())
        try other.write { try $0.execute(sql: "CREATE TABLE song(title TEXT)") }
        try other.close()
        #expect(
            try refusal(creating: creating) == """
                The file "\(folder.file())" is a database, but not a Fieldbook notebook. It was \
                left as it is. Name another file.
                """)
    }

    // An empty file would be taken for a new notebook, whose chain begins again at 1.
    @Test func aFileCutToNothing() throws {
        try makeNotebook()
        try write([], to: folder.file())
        #expect(
            try refusal() == """
                The file "\(folder.file())" is damaged (it is empty). Nothing was changed. Keep a \
                copy of it, and go on from your last backup.
                """)
    }

    @Test func aFileCutShort() throws {
        try makeNotebook()
        let whole = try bytes(of: folder.file())
        for length in [50, 100, 4096, 5000, whole.count / 2, whole.count - 4096] {
            try write(Array(whole[..<length]), to: folder.file())
            let said = try outcome()
            #expect(said != "OK", "cut to \(length) of \(whole.count) bytes")
        }
    }

    /// "OK", or what opening or verifying had to say.
    private func outcome() throws -> String {
        do {
            let check = try Store.open(at: folder.file(), creating: false).verify()
            return check.isOK ? "OK" : check.problems.map { "\($0)" }.joined(separator: " ")
        } catch let error as StoreError {
            return "\(error)"
        }
    }

    @Test func aNewerFile() throws {
        let store = try Store.open(at: folder.file())
        try store.add("Ada")
        try store.tamper("INSERT INTO grdb_migrations(identifier) VALUES ('99 of the future')")
        try store.file.close()
        #expect(
            try refusal() == """
                The file "\(folder.file())" was written by a newer version of Fieldbook. It was \
                left as it is. Install the newer version on this machine too.
                """)
    }

    @Test(arguments: [
        "CREATE TRIGGER t AFTER INSERT ON log BEGIN DELETE FROM log; END",
        "CREATE VIEW v AS SELECT 1",
    ])
    func aFileInWhichAnotherProgramHasPutWhatRuns(sql: String) throws {
        let store = try Store.open(at: folder.file())
        try store.add("Ada")
        try store.tamper(sql)
        try store.file.close()
        #expect(
            try refusal() == """
                The file "\(folder.file())" is damaged (it holds triggers or views that Fieldbook \
                did not make). Nothing was changed. Keep a copy of it, and go on from your last \
                backup.
                """)
    }

    @Test func anotherNotebooksKey() throws {
        try makeNotebook()
        #expect(
            try refusal(device: 2) == """
                The key beside "\(folder.file())" belongs to another notebook. Nothing was \
                changed. Put the notebook's own key file back beside it.
                """)
        #expect(try Store.open(1, at: folder.file(), creating: false).meta().head.seq == 1)
    }

    @Test func aFolder() throws {
        #expect(throws: StoreError.self) { try Store.open(at: folder.path) }
    }

    @Test func noMessageHoldsWhatIsInARecord() throws {
        let store = try Store.open(at: folder.file())
        let key = RecordKey(.person, store.environment.newID())
        let secret = String(repeating: "told me in confidence ", count: 4000)
        let refusal = #expect(throws: StoreError.self) {
            try store.act(Edit(key, [.set(.notes, .text(secret))]))
        }
        #expect(
            refusal.map { "\($0)" } == """
                The text for "notes" is longer than 64 KiB. Nothing was saved. Shorten it, or \
                split it.
                """)
    }
}
