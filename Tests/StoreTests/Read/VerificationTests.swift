import Replication
import Store
import Testing
import Wording

/// What was written past the one write path is noticed.
@Suite("Verification")
struct VerificationTests {
    let store: Store
    let ada: RecordKey

    init() throws {
        store = try Store.open()
        ada = try store.add("Ada")
        try store.act(
            Edit(ada, [.set(.notes, .text("met")), .insert(.languages, .text("Twi"))]))
        try store.add("Bo", home: Space.commons)
    }

    @Test func allIsWell() throws {
        let check = try store.verify()
        #expect(check.isOK)
        #expect(check.records == 2)
        #expect(check.commits == 3)
        #expect(try check.fingerprints == store.fingerprints())
    }

    @Test(arguments: [
        (
            "UPDATE log SET payload = (SELECT payload FROM log WHERE seq = 3) WHERE seq = 2",
            ["Entry 2 of this notebook's own log was altered."]
        ),
        (
            "UPDATE log SET author = zeroblob(16) WHERE seq = 1",
            ["Entry 1 of this notebook's own log was altered."]
        ),
        (
            "UPDATE log SET digest = zeroblob(32) WHERE seq = 3",
            [
                "Entry 3 of this notebook's own log was altered.",
                "This notebook's own log is incomplete.",
            ]
        ),
        ("DELETE FROM log WHERE seq = 3", ["This notebook's own log is incomplete."]),
        (
            "UPDATE fingerprint SET sum = zeroblob(16)",
            ["The fingerprints do not match the records."]
        ),
        ("DELETE FROM person WHERE name = 'Bo'", ["The table of person is incomplete."]),
        (
            "UPDATE person SET name = 'Eve' WHERE name = 'Ada'",
            ["The table of person is not what the records say."]
        ),
        ("DROP TABLE history", ["The table history is missing."]),
        ("DROP TABLE log", ["The table log is missing."]),
        ("CREATE TABLE song(title TEXT)", ["There is a table song that Fieldbook did not make."]),
        (
            "UPDATE log SET payload = NULL WHERE seq >= 2",
            ["The content of entry 2 is gone, and nobody has erased its record."]
        ),
        (
            "UPDATE person SET languages = NULL",
            ["The table of person is not what the records say."]
        ),
        (
            "UPDATE person SET space = zeroblob(16) WHERE name = 'Bo'",
            ["The table of person is not what the records say."]
        ),
    ])
    func whatWasAlteredIsNamed(sql: String, problems: [Phrase]) throws {
        try store.tamper(sql)
        #expect(try store.verify().problems == problems)
    }

    @Test func aRecordThatWasAlteredIsNamed() throws {
        try store.tamper("UPDATE record SET fingerprint = zeroblob(16) WHERE rowid = 1")
        #expect(try store.verify().problems == ["The record \(ada.id) was altered."])
        try store.tamper("UPDATE record SET state = zeroblob(9) WHERE rowid = 1")
        #expect(
            try store.verify().problems.contains("The record \(ada.id) cannot be read."))
    }

    @Test func aLogThatTheHubKnowsOtherwiseIsNamed() throws {
        _ = try store.receive(store.answer())
        #expect(try store.verify().isOK)
        try store.tamper("UPDATE meta SET value = zeroblob(32) WHERE key = 'acknowledgedHash'")
        #expect(
            try store.verify().problems == ["The log differs from what the hub acknowledged."])
    }

    @Test func verifyingChangesNothing() throws {
        let before = try store.number("SELECT total_changes()")
        _ = try store.verify()
        #expect(try store.number("SELECT total_changes()") == before)
    }
}
