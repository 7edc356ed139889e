import Foundation
import GRDB
import Notebook
import Replication
import Store
import Sync
import Testing
import Wording

@testable import Hub

@Suite("The night's work")
struct NightlyTests {
    private static let hostile =
        "<script>alert('x')</script> & \"Bo\"\u{1B}[2J\nNothing. All is well."

    @Test func reportsWhatWasFoundForPeople() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            let ben = try await parish.laptop("Ben")
            try ana.add("José  Núñez", phone: "+1 (555) 014-2200")
            try ana.add("Jose Nunez")
            try ana.add("J. Núñez", phone: "555.014.2200")
            try ana.notebook.add(PersonDetails(name: "Eva", email: " Eva@Example.org "))
            try ana.notebook.add(PersonDetails(name: "Ewa K.", email: "eva@example.org"))
            try ana.add("Nobody Else", phone: "12")
            try ana.add("Other Person", phone: "12")
            let hostile = try ana.add(Self.hostile)
            try await parish.syncAll(ana, ben)
            try ana.setPhone("555-0001", of: hostile)
            try ben.setPhone("555-0002", of: hostile)
            try await parish.syncAll(ana, ben)
            let result = try await Nightly(hub: parish.hub).run()
            #expect(result.problems == [])
            #expect(result.isGood)
            #expect(result.people == 8)
            #expect(
                Set(result.duplicates.map { Set([$0.nameA, $0.nameB]) }) == [
                    ["José  Núñez", "Jose Nunez"], ["José  Núñez", "J. Núñez"], ["Eva", "Ewa K."],
                ])
            #expect(
                Set(result.duplicates.flatMap(\.reasons))
                    .isSuperset(of: ["same phone", "same e-mail", "same name"]))
            #expect(result.conflicts.count == 1)

            let report = NightlyReport(result, hub: parish.hub)
            #expect(!report.text.contains("Everything is in order."))
            #expect(
                report.text.contains(
                    """
                    Nothing is urgent. For a person to look at, below: 3 pairs of people who may be \
                    one and 1 thing that two wrote differently.
                    """))
            #expect(report.text.contains("phone, by"))
            // What the laptops sent by day counts, also where the night is done once more.
            #expect(result.received >= 10)
            #expect(
                report.text.contains("\(result.received) entries have come since the night before"))
            #expect(try await Nightly(hub: parish.hub).run().received == result.received)
            #expect(!report.text.contains("\u{1B}"))
            #expect(!report.text.contains("\nNothing. All is well."))
            #expect(report.html.contains("&lt;script&gt;"))
            #expect(!report.html.contains("<script"))
            let kept = try await HubPages(hub: parish.hub).nightlyReport()
            #expect(kept == report.html)
        }
    }

    /// A report names people; who is erased is named by none, whatever night it was.
    @Test func noReportNamesWhomSomebodyErased() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            try parish.hub.write {
                try Grants.add(.admin, turf: nil, to: ana.notebook.me.member, $0)
            }
            let rosa = try ana.add("Rosa Alvarez", phone: "555-0142")
            try ana.add("R. Alvarez", phone: "555-0142")
            try await ana.sync()
            _ = try await Nightly(hub: parish.hub).run()
            let shown = try await HubPages(hub: parish.hub).nightlyReport()
            #expect(shown?.contains("Rosa Alvarez") ?? false)
            try ana.act(Edit(Person.key(rosa), [.set(CommonField.erased, .keep, .int(1))]))
            try await ana.sync()
            let shelf = parish.hub.folder.reports
            for file in try FileManager.default.contentsOfDirectory(atPath: shelf) {
                let text = try String(contentsOfFile: "\(shelf)/\(file)", encoding: .utf8)
                #expect(!text.contains("Alvarez"), "\(file)")
                #expect(text.contains("somebody was erased"))
            }
        }
    }

    @Test func aNightWithNothingToDoSaysSo() async throws {
        try await Parish.open { parish in
            try await parish.laptop("Ana").sync()
            let result = try await Nightly(hub: parish.hub).run()
            let text = NightlyReport(result, hub: parish.hub).text
            #expect(text.contains("  - Nothing. Everything is in order.\n"))
        }
    }

    /// The first night of a hub that somebody has altered: there is no earlier backup to go back to.
    @Test func speaksToAVolunteerAndPromisesNoBackupThatThereIsNot() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            try await scene.ana.sync()
            try await parish.hub.catchUp()
            try parish.hub.write {
                try $0.execute(sql: "UPDATE log SET payload = x'00' WHERE seq = 3")
            }
            let result = try await Nightly(hub: parish.hub).run()
            #expect(
                result.problems[0].text.hasPrefix(
                    """
                    The hub's log was changed by something other than Fieldbook, or its disk is \
                    failing. What was found: The record
                    """))
            let text = NightlyReport(result, hub: parish.hub).text
            #expect(
                text.contains(
                    "There is no new backup: the copy was tested and is not good. The record"))
            #expect(text.contains("There is no earlier one."))
            #expect(!text.contains("was kept"))
        }
    }

    @Test func namesLaptopsThatHaveNotComeForTwoWeeks() async throws {
        try await Parish.open { parish in
            _ = try await parish.laptop("Ana")
            parish.clock.advance(days: 15)
            let ben = try await parish.laptop("Ben")
            try await ben.sync()
            #expect(try await Nightly(hub: parish.hub).run().silentDevices == ["Ana"])
        }
    }

    @Test func leavesABackupThatIsAHub() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let result = try await Nightly(hub: parish.hub).run()
            let backup = try #require(result.backup)
            let sums = try parish.hub.own.store.read { try FingerprintTable.all($0) }
            #expect(!sums.isEmpty)
            try checkModes(below: parish.hubFolder)

            // The hub's machine is gone; the backup takes its place, on the same address.
            await parish.server.stop()
            let copy = try HubFolder(path: backup).open()
            #expect(try copy.verify().log == [])
            #expect(try copy.verify().notebook.fingerprints == sums)
            try await parish.server.start(copy)
            try scene.lena.setPhone("555-0199", of: scene.rosa)
            try await scene.lena.sync()
            try await scene.ana.sync()
            #expect(try scene.ana.phone(of: scene.rosa) == "555-0199")
            await parish.server.stop()
            try copy.close()
        }
    }

    private func checkModes(below path: String) throws {
        let files = FileManager.default
        #expect(try mode(of: path) == 0o700)
        for name in try files.subpathsOfDirectory(atPath: path) {
            var isFolder: ObjCBool = false
            _ = files.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
            let expected = isFolder.boolValue ? 0o700 : 0o600
            #expect(try mode(of: "\(path)/\(name)") == expected, "\(name)")
        }
    }

    @Test func isSafeToRepeatAndToStop() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            try ana.add("Rosa Alvarez")
            try await ana.sync()
            let first = try await Nightly(hub: parish.hub).run()
            let backup = try #require(first.backup)
            // A night that was stopped in the middle of its backup, and of its report.
            let files = FileManager.default
            try files.createDirectory(
                atPath: backup + ".unfinished/hub.sqlite", withIntermediateDirectories: true)
            let draft = "\(parish.hub.folder.reports)/\(first.day).txt.unfinished"
            try Data("half".utf8).write(to: URL(filePath: draft))
            let second = try await Nightly(hub: parish.hub).run()
            #expect(second.isGood)
            #expect(second.backup == first.backup)
            #expect(second.duplicates == first.duplicates)
            #expect(
                try files.contentsOfDirectory(atPath: parish.hub.folder.backups)
                    == ["\(first.day)"])
        }
    }

    @Test func keepsAFortnight() async throws {
        try await Parish.open { parish in
            try await parish.laptop("Ana").sync()
            for _ in 0..<16 {
                _ = try await Nightly(hub: parish.hub).run()
                parish.clock.advance(days: 1)
            }
            let kept = try FileManager.default.contentsOfDirectory(
                atPath: parish.hub.folder.backups)
            #expect(kept.count == 14)
        }
    }

    @Test func keepsWhatItHasJustMadeWhileTheClockIsBehind() async throws {
        try await Parish.open { parish in
            parish.clock.advance(days: 100)
            try await parish.laptop("Ana").sync()
            for _ in 0..<14 {
                _ = try await Nightly(hub: parish.hub).run()
                parish.clock.advance(days: 1)
            }
            parish.clock.fallBack(days: 60)
            let backup = try #require(try await Nightly(hub: parish.hub).run().backup)
            #expect(FileManager.default.fileExists(atPath: backup))
        }
    }

    /// Whoever is erased after it was made stays in it until somebody removes it.
    @Test func flagsABackupOfADayThatIsStillToCome() async throws {
        try await Parish.open { parish in
            try await parish.laptop("Ana").sync()
            parish.clock.advance(days: 400)
            let ahead = try #require(try await Nightly(hub: parish.hub).run().backup)
            #expect(try parish.hub.status().problems.isEmpty)
            parish.clock.fallBack(days: 400)
            let night = try await Nightly(hub: parish.hub).run()
            let problem = try #require(night.problems.last?.text)
            #expect(night.problems.count == 1 && problem.contains("\"\(ahead)\" bears a day"))
            let report = try #require(night.report)
            #expect(try String(contentsOfFile: report, encoding: .utf8).contains("still to come"))
            let status = try parish.hub.status()
            #expect(status.problems.map(\.text) == [problem])
            #expect(status.lastBackup == "\(night.day)")
            // An old one beside it, and the timer that does not run, are seen all the same.
            parish.clock.advance(days: 10)
            #expect(try parish.hub.status().problems.count == 2)
            try FileManager.default.removeItem(atPath: ahead)
            let removed = try await Nightly(hub: parish.hub).run()
            #expect(removed.problems == [])
        }
    }

    @Test func takesAwayWhatAKilledRestoreHasLeft() async throws {
        try await Parish.open { parish in
            try await parish.laptop("Ana").sync()
            let draft = parish.hub.folder.path + "/restore.unfinished"
            try FileManager.default.createDirectory(
                atPath: draft, withIntermediateDirectories: false)
            _ = try await Nightly(hub: parish.hub).run()
            #expect(!FileManager.default.fileExists(atPath: draft))
        }
    }

    /// Each way in which somebody, or a disk, may alter the hub's file, and a part of the sentence.
    @Test(arguments: [
        ("UPDATE log SET payload = x'00' WHERE seq = 3", "was altered"),
        ("UPDATE log SET salt = zeroblob(16) WHERE seq = 3", "was altered"),
        ("UPDATE log SET author = zeroblob(16) WHERE seq = 3", "was altered"),
        ("UPDATE log SET kind = -5 WHERE seq = 3", "was altered"),
        ("DELETE FROM log WHERE seq = 3", "was altered"),
        ("DELETE FROM log WHERE seq = (SELECT max(seq) FROM log)", "are missing"),
        ("UPDATE place SET space = zeroblob(16) WHERE kind = 1", "place"),
        ("UPDATE log SET space = zeroblob(16) WHERE seq = 3", "place"),
        ("DELETE FROM place WHERE kind = 1", "place"),
    ])
    func findsWhatWasAlteredAndKeepsTheOldBackup(change: String, sentence: String) async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            try await scene.ana.sync()
            let good = try await Nightly(hub: parish.hub).run()
            let backup = try #require(good.backup)
            let before = try FileManager.default.attributesOfItem(atPath: backup + "/hub.sqlite")
            try parish.hub.write { try $0.execute(sql: change) }
            let bad = try await Nightly(hub: parish.hub).run()
            #expect(!bad.isGood)
            #expect(bad.problems.contains { $0.text.contains(sentence) }, "\(bad.problems)")
            #expect(bad.backup == nil)
            let after = try FileManager.default.attributesOfItem(atPath: backup + "/hub.sqlite")
            #expect(before[.systemFileNumber] as? Int == after[.systemFileNumber] as? Int)
            let text = NightlyReport(bad, hub: parish.hub).text
            #expect(text.contains("There is no backup of this night."))
            #expect(!text.contains("Everything is in order"))
            #expect(text.contains("The last good one, of \(good.day), was kept."))
        }
    }

    /// Whatever byte a disk loses, the keeper's command says so, or all is as it was; it never
    /// crashes.
    @Test func aDamagedFileIsReportedAndNoCrash() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            try await scene.ana.sync()
            let backup = try #require(try await Nightly(hub: parish.hub).run().backup)
            let path = backup + "/hub.sqlite"
            let sound = try Data(contentsOf: URL(filePath: path))
            var generator = SeededGenerator(seed: 9)
            for _ in 0..<25 {
                var damaged = sound
                let index = Int.random(in: 100..<sound.count, using: &generator)
                damaged[index] ^= UInt8.random(in: 1...255, using: &generator)
                try damaged.write(to: URL(filePath: path))
                let outcome = try await Program.run(["verify", "--data", backup, "--json"])
                #expect([0, 1].contains(outcome.status), "byte \(index): \(outcome.errors)")
                try sound.write(to: URL(filePath: path))
                for end in ["-wal", "-shm"] {
                    try? FileManager.default.removeItem(atPath: path + end)
                }
            }
        }
    }
}
