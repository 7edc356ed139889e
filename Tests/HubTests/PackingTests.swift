import Foundation
import GRDB
import Notebook
import Replication
import Store
import Sync
import Testing
import Wording

@testable import Hub

/// What everybody has read is packed: the log shrinks, and nobody can tell.
@Suite("The log is packed")
struct PackingTests {
    /// Ana's notebook is on the hub, and packed.
    private func packed(_ parish: Parish) async throws -> (ana: Laptop, people: [RecordID]) {
        let ana = try await parish.laptop("Ana")
        let people = try (1...30).map { try ana.add("Person \($0)") }
        for person in people { try ana.meet(person, "Her bus stopped coming.") }
        try ana.setPhone("1-111", of: people[0])
        try await ana.sync()
        try await parish.hub.catchUp()
        try parish.hub.allHaveRead()
        #expect(try parish.hub.buildSnapshot())
        #expect(try parish.hub.packLog() > 60)
        return (ana, people)
    }

    private func payloads(_ hub: Hub) throws -> Int {
        try hub.read {
            try Int.fetchOne(
                $0, sql: "SELECT count(*) FROM log WHERE payload IS NOT NULL") ?? 0
        }
    }

    @Test("Its payloads are in blocks alone, every check passes, and a second time changes nothing")
    func packs() async throws {
        try await Parish.open { parish in
            _ = try await packed(parish)
            #expect(try payloads(parish.hub) == 0)
            #expect(try parish.hub.verify().log == [])
            let before = try parish.hub.dump()
            #expect(try parish.hub.packLog() == 0)
            #expect(try parish.hub.dump() == before)
            try await parish.restart()
            #expect(try parish.hub.verify().log == [])
        }
    }

    @Test("What somebody has yet to read stays as it is")
    func keepsWhatIsUnread() async throws {
        try await Parish.open { parish in
            let (ana, people) = try await packed(parish)
            try ana.setPhone("2-222", of: people[1])
            try await ana.sync()
            #expect(try parish.hub.buildSnapshot())
            #expect(try parish.hub.packLog() == 0)
            #expect(try payloads(parish.hub) == 1)
            try parish.hub.allHaveRead()
            #expect(try parish.hub.packLog() == 1)
            #expect(try parish.hub.verify().log == [])
        }
    }

    @Test("A laptop that reads the log from its start, and one that has been silent, get all of it")
    func isRead() async throws {
        try await Parish.open { parish in
            let ben = try await parish.laptop("Ben")
            try await ben.sync()
            let (ana, people) = try await packed(parish)
            try await parish.syncAll(ben, ana)
            #expect(try ben.fingerprints() == ana.fingerprints())
            #expect(try ben.phone(of: people[0]) == "1-111")
            // An old copy of a notebook knows no snapshots.
            let cara = try await parish.laptop("Cara")
            let answer = try Exchange(hub: parish.hub).answer(
                SyncRequest(cursor: nil), from: cara.store.device)
            #expect(answer.snapshot == nil && answer.entries.count > 60)
            try await parish.syncAll(cara, ana)
            #expect(try cara.fingerprints() == ana.fingerprints())
        }
    }

    @Test("A person who moves arrives with all that was packed")
    func isSentWhole() async throws {
        try await Parish.open { parish in
            let (ana, people) = try await packed(parish)
            let north = try ana.notebook.addTurf("North")
            try await ana.sync()
            let denise = try await parish.laptop("Denise", .leader, of: north)
            try await denise.sync()
            try ana.notebook.assign([people[0]], to: north)
            try await ana.sync()
            try await denise.sync()
            #expect(try denise.phone(of: people[0]) == "1-111")
            #expect(try denise.notebook.person(people[0])?.name == "Person 1")
        }
    }

    @Test("What is packed anew after edits, moves and deletions is whole")
    func isPackedAnew() async throws {
        try await Parish.open { parish in
            let (ana, people) = try await packed(parish)
            for round in 1...3 {
                for person in people.prefix(round * 5) {
                    try ana.setPhone("\(round)-\(round)", of: person)
                }
                try ana.notebook.deletePerson(people[20 + round])
                try await ana.sync()
                try await parish.hub.catchUp()
                try parish.hub.allHaveRead()
                #expect(try parish.hub.buildSnapshot())
                #expect(try parish.hub.packLog() >= round * 5)
                #expect(try payloads(parish.hub) == 0)
                #expect(try parish.hub.verify().log == [])
            }
            let ben = try await parish.laptop("Ben")
            try await parish.syncAll(ben, ana)
            #expect(try ben.fingerprints() == ana.fingerprints())
            #expect(try ben.problems() == [])
        }
    }

    @Test("What is erased is in no block any more, and all else is")
    func erases() async throws {
        try await Parish.open { parish in
            let ruth = try await parish.admin()
            let rosa = try ruth.add("Zerubbabel")
            try ruth.meet(rosa, "quokka")
            try await ruth.sync()
            let (ana, _) = try await packed(parish)
            try await ruth.sync()
            try ruth.notebook.erase(ruth.notebook.erasure(of: rosa))
            try await ruth.sync()
            try await parish.hub.catchUp()
            #expect(try parish.hub.verify().log == [])
            let contents = try parish.hub.read { db in
                try Int64.fetchAll(db, sql: "SELECT id FROM snapshotBlock").flatMap {
                    try PackedBlocks.contents(of: $0, db)
                }
            }
            #expect(contents.count > 60)
            #expect(!contents.contains { $0.key.id == rosa })
            try await ana.sync()
            try parish.hub.allHaveRead()
            #expect(try parish.hub.buildSnapshot())
            #expect(try parish.hub.packLog() > 0)
            #expect(try parish.hub.verify().log == [])
            let ben = try await parish.laptop("Ben")
            try await parish.syncAll(ben, ana)
            #expect(try ben.fingerprints() == ana.fingerprints())
        }
    }

    @Test("A block that was altered is found, and nobody is sent anything from it")
    func altered() async throws {
        try await Parish.open { parish in
            let (_, people) = try await packed(parish)
            try await parish.restart { folder in
                let file = try DatabaseFile(
                    path: folder + "/hub.sqlite", format: .hub, creating: false)
                try file.write {
                    try $0.execute(
                        sql: "UPDATE snapshotBlock SET content = zeroblob(length(content))")
                }
                try file.close()
            }
            #expect(try parish.hub.verify().log == ["A block of the log cannot be read."])
            let key = Person.key(people[0])
            #expect(throws: (any Error).self) {
                try parish.hub.read { try HubLog.contents(on: key, PackedBlocks($0), $0) }
            }
        }
    }

    @Test("The disk gets the room back")
    func givesBack() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            let rosa = try ana.add("Rosa")
            for number in 1...400 {
                try ana.meet(
                    rosa, String(repeating: "Her bus stopped coming. ", count: 40) + "\(number)")
            }
            try await ana.sync()
            try await parish.hub.catchUp()
            try parish.hub.allHaveRead()
            let size = {
                try parish.hub.read { try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0 }
            }
            let before = try size()
            #expect(try parish.hub.buildSnapshot())
            #expect(try parish.hub.packLog() > 400)
            let after = try size()
            #expect(after < before / 2)
            #expect(try parish.hub.read { try Int.fetchOne($0, sql: "PRAGMA freelist_count") } == 0)
        }
    }

    @Test("The night packs what everybody has read")
    func atNight() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            for number in 1...4100 { try ana.add("Person \(number)") }
            try await ana.sync()
            try await parish.hub.catchUp()
            try parish.hub.allHaveRead()
            #expect(try await Nightly(hub: parish.hub).run().problems == [])
            #expect(try payloads(parish.hub) < 10)
            #expect(try await Nightly(hub: parish.hub).run().problems == [])
        }
    }
}

extension Hub {
    /// Every device has read to the end.
    func allHaveRead() throws {
        try write { db in
            try db.execute(sql: "UPDATE device SET storedSeq = (SELECT max(seq) FROM log)")
        }
    }
}
