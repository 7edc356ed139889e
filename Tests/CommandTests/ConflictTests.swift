import Foundation
import Notebook
import Replication
import Store
import Testing

@Suite("Two organizers edit the same person apart")
struct ConflictTests {
    let ana: Laptop
    let bo: Laptop
    let rosa: String

    /// Rosa is known to both; then each corrects her phone number without the other.
    init() throws {
        (ana, bo, rosa) = try Laptop.twoWhoKnowRosa()
        try ana.succeed("person", "edit", "Rosa", "--phone", "612-555-0100")
        try bo.succeed("person", "edit", "Rosa", "--phone", "612-555-0199")
        try Laptop.exchange(ana, bo)
    }

    @Test("Both see both values, with the command that settles them")
    func list() throws {
        for laptop in [ana, bo] {
            let conflict = try #require(laptop.json("conflicts").list("conflicts").first)
            #expect(conflict.text("record") == rosa)
            #expect(conflict.text("kind") == "person")
            #expect(conflict.text("field") == "phone")
            let values = try conflict.list("values")
            #expect(values.map { $0.text("value") } == ["612-555-0199", "612-555-0100"])
            #expect(values.map { $0.text("by") } == ["Bo Lind", "Ana Reyes"])
            #expect(values.allSatisfy { $0.text("at")?.hasPrefix("20") == true })
        }
        let page = try ana.succeed("conflicts")
        let id = rosa.suffix(8)
        #expect(page.hasPrefix("Rosa Alvarez (\(id)): phone\n"))
        #expect(page.contains("  Settle it: fieldbook conflicts settle \(id) phone --take 1\n"))
        #expect(try ana.succeed("status").contains("To settle conflicts: fieldbook conflicts\n"))
    }

    @Test("Whoever is deleted has nothing to settle, and stays deleted")
    func staysDeleted() throws {
        try ana.succeed("person", "delete", "Rosa")
        #expect(try ana.json("conflicts").list("conflicts").isEmpty)
        #expect(try ana.run("conflicts", "settle", rosa, "phone", "--take", "1").code == 1)
        try Laptop.exchange(ana, bo)
        for laptop in [ana, bo] {
            #expect(try laptop.json("conflicts").list("conflicts").isEmpty)
            #expect(try laptop.json("person", "list").list("people").isEmpty)
        }
        try bo.succeed("person", "restore", "Rosa")
        #expect(try bo.json("conflicts").list("conflicts").count == 1)
    }

    @Test("The value that is taken is the value for both, and the other stays in the history")
    func take() throws {
        try ana.succeed("conflicts", "settle", String(rosa.suffix(8)), "phone", "--take", "2")
        try Laptop.exchange(ana, bo)
        for laptop in [ana, bo] {
            #expect(try laptop.json("conflicts").list("conflicts").isEmpty)
            #expect(try laptop.json("person", "show", "Rosa").text("phone") == "612-555-0100")
            let old = try laptop.json("history", "Rosa").list("entries").filter {
                $0.text("field") == "phone" && $0["current"] as? Bool == false
            }
            #expect(Set(old.compactMap { $0.text("value") }) == ["612-555-0100", "612-555-0199"])
            #expect(try laptop.json("verify")["ok"] as? Bool == true)
        }
    }

    @Test("A third value settles it too")
    func value() throws {
        let said = try bo.succeed(
            "conflicts", "settle", "Rosa Alvarez", "phone", "--value", "612-555-0111")
        #expect(said == "Settled: phone of Rosa Alvarez is 612-555-0111\n")
        #expect(try bo.json("person", "show", "Rosa").text("phone") == "612-555-0111")
    }

    @Test("There is no third choice among two")
    func noSuchChoice() throws {
        let outcome = try ana.run("conflicts", "settle", "Rosa", "phone", "--take", "3")
        #expect(outcome.code == 1)
        #expect(outcome.errors == "Error: There is no value number 3; choose from 1 to 2.\n")
    }

    @Test("A day that two wrote apart is settled as people say days")
    func day() throws {
        let id = try #require(
            ana.json("commitment", "add", "Rosa", "--what", "come", "--due", "2030-01-01").text(
                "id"))
        try Laptop.exchange(ana, bo)
        for (laptop, day) in [(ana, 2), (bo, 3)] as [(Laptop, Int64)] {
            let notebook = try NotebookFile(path: laptop.notebook).open()
            let date = try #require(Day(year: 2030, month: 1, day: day))
            let key = Commitment.key(try #require(RecordID(id)))
            try notebook.store.write { transaction in
                _ = try transaction.commit(
                    [Edit(key, [.set(Commitment.due, .day(date.number))])], by: notebook.me.member)
            }
        }
        try Laptop.exchange(ana, bo)
        let conflicts = try ana.json("conflicts").list("conflicts")
        let due = try #require(conflicts.first { $0.text("field") == "due" })
        #expect(try due.list("values").map { $0.text("value") } == ["2030-01-03", "2030-01-02"])
        #expect(try ana.succeed("conflicts").contains("Wed 2 Jan 2030"))
        let bad = try ana.run("conflicts", "settle", id, "due", "--value", "sometime")
        #expect(bad.errors.hasPrefix("Error: \"sometime\" is not a day."))
        try ana.succeed("conflicts", "settle", id, "due", "--value", "2030-01-05")
        let list = try ana.json("commitment", "list").list("commitments")
        #expect(list.map { $0.text("due") } == ["2030-01-05"])
    }

    @Test("What one deletes while the other writes stays until somebody settles it")
    func deleted() throws {
        try ana.succeed("conflicts", "settle", "Rosa", "phone", "--take", "1")
        try Laptop.exchange(ana, bo)
        try ana.succeed("person", "delete", "Rosa")
        try bo.succeed("person", "edit", "Rosa", "--email", "rosa@example.org")
        try Laptop.exchange(ana, bo)
        let id = rosa.suffix(8)
        let page = try bo.succeed("conflicts")
        #expect(
            page.hasPrefix(
                "Rosa Alvarez (\(id)): deleted by Ana Reyes while Bo Lind edited: "
                    + "email rosa@example.org\n"))
        #expect(
            page.contains(
                "  Keep their record:   fieldbook conflicts settle \(id) deleted --take 2\n"))
        #expect(
            page.contains(
                "  Delete their record: fieldbook conflicts settle \(id) deleted --take 1\n"))
        let kept = try bo.succeed("conflicts", "settle", "Rosa", "deleted", "--take", "2")
        #expect(kept == "Kept Rosa Alvarez.\n")
        #expect(try bo.json("conflicts").list("conflicts").isEmpty)
        #expect(try bo.json("person", "show", "Rosa").text("email") == "rosa@example.org")
        // Scripts name the field as JSON does.
        let deleted = try ana.succeed("conflicts", "settle", "Rosa", "life", "--value", "Deleted")
        #expect(deleted == "Deleted Rosa Alvarez.\n")
        #expect(try ana.json("person", "list").list("people").isEmpty)
    }

    @Test("Who deleted, took it back and deleted again has deleted when they did so last")
    func deletedAgain() throws {
        try ana.succeed("conflicts", "settle", "Rosa", "phone", "--take", "1")
        try Laptop.exchange(ana, bo)
        try ana.succeed("person", "delete", "Rosa")
        try ana.succeed("person", "restore", "Rosa")
        Thread.sleep(forTimeInterval: 1.1)
        let between = Date()
        try ana.succeed("person", "delete", "Rosa")
        try bo.succeed("person", "edit", "Rosa", "--email", "rosa@example.org")
        try Laptop.exchange(ana, bo)
        let values = try #require(bo.json("conflicts").list("conflicts").first).list("values")
        let deleted = try #require(values.first { $0.text("by") == "Ana Reyes" }?.text("at"))
        let at = try #require(ISO8601DateFormatter().date(from: deleted))
        #expect(at.timeIntervalSince(between) > -1, "\(deleted)")
    }

    @Test("The value is taken by who wrote it, whatever its number is by now, and is said")
    func takeByName() throws {
        let said = try ana.succeed("conflicts", "settle", "Rosa", "phone", "--take", "bo")
        #expect(said == "Settled: phone of Rosa Alvarez is 612-555-0199\n")
        let document = try bo.json("conflicts", "settle", "Rosa", "phone", "--take", "Ana")
        #expect(document.text("value") == "612-555-0100")
    }

    @Test("Whom it means that somebody wrote it has to be clear")
    func takeByNobody() throws {
        let outcome = try ana.run("conflicts", "settle", "Rosa", "phone", "--take", "Luis")
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("those who wrote it: Bo Lind and Ana Reyes."))
        #expect(try ana.json("conflicts").list("conflicts").count == 1)
    }

    @Test("Of several promises it is said which one is in conflict, and which meeting")
    func which() throws {
        let promise = try #require(
            ana.json("commitment", "add", "Rosa", "--what", "bring five", "--due", "today")
                .text("id"))
        let meeting = try #require(ana.json("met", "Rosa", "--summary", "The mill.").text("id"))
        try Laptop.exchange(ana, bo)
        try ana.succeed("commitment", "keep", promise)
        try bo.succeed("commitment", "break", promise)
        try ana.succeed("edit", meeting, "place=kitchen")
        try bo.succeed("edit", meeting, "place=church")
        try Laptop.exchange(ana, bo)
        let page = try ana.succeed("conflicts")
        let day = Days.today.short(today: Days.today)
        #expect(
            page.contains(": bring five (\(promise.suffix(8))): status\n  due \(day)\n"), "\(page)")
        #expect(page.contains("): place\n  The mill.\n"), "\(page)")
    }
}
