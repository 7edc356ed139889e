import Foundation
import Notebook
import Replication
import Store
import Sync
import Testing

@testable import Hub

@Suite("A person who was erased is nowhere")
struct ErasureTests {
    private static let words = ["zerubbabel", "quokka", "wombat"]

    /// Which of the words are in any file below a folder.
    private func found(in folder: String) throws -> Set<String> {
        var found: Set<String> = []
        let files = FileManager.default.enumerator(atPath: folder)?.allObjects ?? []
        for case let name as String in files {
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else {
                continue
            }
            let text = String(decoding: data, as: UTF8.self).lowercased()
            found.formUnion(Self.words.filter(text.contains).map { "\(name): \($0)" })
        }
        return found
    }

    @Test("Not on the hub, nor in its next backup, nor on a laptop that comes after a year")
    func everywhere() async throws {
        try await Parish.open { parish in
            let ruth = try await parish.admin()
            let ben = try await parish.laptop("Ben")
            let rosa = try ruth.add("Zerubbabel")
            try ruth.meet(rosa, "quokka")
            try ruth.add("Luis")
            try await parish.syncAll(ruth, ben)
            try await parish.hub.catchUp()
            #expect(try parish.hub.buildSnapshot())
            #expect(try ben.notebook.find("quokka").count == 1)
            #expect(try found(in: parish.folder).count > 5)

            try ruth.notebook.erase(ruth.notebook.erasure(of: rosa))
            try await ruth.sync()
            try await parish.hub.catchUp()
            let backup = try parish.hub.backUp()
            #expect(try found(in: parish.hubFolder) == [])
            #expect(backup.hasPrefix(parish.hubFolder))

            // Ben has written about her meanwhile, and comes a year later.
            try ben.meet(rosa, "wombat")
            for _ in 0..<13 {
                parish.clock.advance(days: 28)
                try await ruth.sync()
            }
            await #expect(throws: SyncError.lapsed) { try await ben.sync() }
            try await ben.join(try await parish.invitation(for: "Ben"))
            try await ben.sync()
            try await parish.syncAll(ben, ruth)
            try await parish.hub.catchUp()
            #expect(try ben.names() == ["Luis"])
            let left = try found(in: parish.folder)
            #expect(left == [])
            #expect(try ben.refusals() == ["erased"])
            #expect(try parish.hub.verify().log == [])
            #expect(try ben.problems() == [])
            #expect(try ben.fingerprints() == ruth.fingerprints())
        }
    }

    @Test("What the admin had not read yet goes too, and what was built upon it")
    func unread() async throws {
        try await Parish.open { parish in
            let ruth = try await parish.admin()
            let ben = try await parish.laptop("Ben")
            let rosa = try ruth.add("Zerubbabel")
            try await parish.syncAll(ruth, ben)
            let meeting = try ben.meet(rosa, "quokka")
            try ben.act(
                Edit(
                    Reflection.key(ben.store.environment.newID()),
                    [
                        .set(Reflection.oneToOne, .id(meeting)),
                        .set(Reflection.story, .text("wombat")),
                    ]))
            try await ben.sync()
            try ruth.notebook.erase(ruth.notebook.erasure(of: rosa))
            try await parish.syncAll(ruth, ben)
            try await parish.hub.catchUp()
            try parish.hub.packLog()
            let left = try found(in: parish.folder)
            #expect(left == [])
            #expect(try ben.fingerprints() == ruth.fingerprints())
            #expect(try parish.hub.verify().log == [])
        }
    }

    /// Ruth, an admin, has erased a person of whom Ben's laptop knows, and Ben has not heard of it.
    private func erasedUnheard(
        _ parish: Parish
    ) async throws -> (ruth: Laptop, ben: Laptop, rosa: RecordID) {
        let ruth = try await parish.admin()
        let ben = try await parish.laptop("Ben")
        let rosa = try ruth.add("Zerubbabel")
        try await parish.syncAll(ruth, ben)
        try ruth.notebook.erase(ruth.notebook.erasure(of: rosa))
        try await ruth.sync()
        return (ruth, ben, rosa)
    }

    @Test("What is about a late entry that the hub has not let in goes with it")
    func aboutALateEntry() async throws {
        try await Parish.open { parish in
            let (ruth, ben, rosa) = try await erasedUnheard(parish)
            let meeting = try ben.meet(rosa, "quokka")
            let reflection = Reflection.key(ben.store.environment.newID())
            try ben.act(
                Edit(
                    reflection,
                    [
                        .set(Reflection.oneToOne, .id(meeting)),
                        .set(Reflection.story, .text("wombat")),
                    ]))
            try ben.act(Edit(OneToOne.key(meeting), [.set(OneToOne.place, .text("quokka"))]))
            try await ben.sync()
            try await parish.syncAll(ruth, ben)
            try await parish.hub.catchUp()
            try parish.hub.packLog()
            #expect(Set(try ben.refusals()) == ["erased"])
            #expect(try found(in: parish.folder) == [])
            #expect(try parish.hub.verify().log == [])
        }
    }

    @Test("What is added to a late entry goes with it")
    func addedLate() async throws {
        try await Parish.open { parish in
            let (ruth, ben, rosa) = try await erasedUnheard(parish)
            let meeting = OneToOne.key(try ben.meet(rosa, "quokka"))
            try ben.act(Edit(meeting, [.set(OneToOne.summary, .text("wombat"))]))
            try await parish.syncAll(ben, ruth)
            try await parish.hub.catchUp()
            try parish.hub.packLog()
            let left = try found(in: parish.folder)
            #expect(left == [])
            #expect(try Set(ben.refusals()).isSubset(of: ["erased", "unknown-record"]))
        }
    }

    @Test("Nor in what was refused on a laptop that they have left")
    func refusedAndGone() async throws {
        try await Parish.open { parish in
            let ruth = try await parish.admin()
            let scene = try await TwoTurfs(parish)
            let omar = try scene.ana.add("Omar", turf: scene.north)
            try await parish.syncAll(scene.ana, scene.lena)
            try scene.lena.act(
                Edit(Person.key(omar), [.write("Zerubbabel"), .move(scene.south)]))
            try await scene.lena.sync()
            try await scene.move(omar, to: scene.south)
            try await scene.lena.sync()
            #expect(try scene.lena.names() == ["Rosa Alvarez"])
            #expect(try await scene.lena.run("refused").output.contains("Zerubbabel"))

            try await ruth.sync()
            try ruth.notebook.erase(ruth.notebook.erasure(of: omar))
            try await parish.syncAll(ruth, scene.ana, scene.lena)
            try await parish.hub.catchUp()
            #expect(try found(in: parish.folder) == [])
            #expect(try scene.lena.problems() == [])
        }
    }

    @Test(
        "Nor in what was refused for another reason, under a key that is used no more either",
        arguments: [false, true])
    func refusedOtherwise(isKeyFormer: Bool) async throws {
        try await Parish.open { parish in
            var ruth = try await parish.admin()
            let scene = try await TwoTurfs(parish)
            let omar = try scene.ana.add("Omar", turf: scene.north)
            try await parish.syncAll(scene.ana, scene.lena)
            let meeting = OneToOne.key(parish.newID())
            try scene.lena.act(
                Edit(
                    meeting, home: Space.organizers,
                    [.set(OneToOne.person, .id(omar)), .set(OneToOne.summary, .text("quokka"))]))
            try scene.lena.act(Edit(meeting, [.set(OneToOne.place, .text("wombat"))]))
            for _ in 1...2 { try await scene.lena.sync() }
            #expect(try Set(scene.lena.refusals()) == ["grant", "unknown-record"])
            var lena = scene.lena
            if isKeyFormer {
                try parish.hub.wasRestored()
                try lena.add("Ida", turf: scene.north)
                try await lena.sync()
                lena = try lena.opened()
                #expect(lena.store.device != scene.lena.store.device)
            }
            try await ruth.sync()
            ruth = try ruth.opened()
            try ruth.notebook.erase(ruth.notebook.erasure(of: omar))
            try await ruth.sync()
            try await lena.sync()
            #expect(try found(in: parish.folder) == [])
            #expect(try lena.opened().problems() == [])
        }
    }

    @Test("What was refused stays refused when the hub is put back and it goes up under a new name")
    func refusedBefore() async throws {
        try await Parish.open { parish in
            let (_, ben, rosa) = try await erasedUnheard(parish)
            let copy = try ben.copied(in: parish)
            let backup = try await parish.copyHub()
            try ben.meet(rosa, "quokka")
            try await ben.sync()
            #expect(try ben.store.refused().map(\.rule) == ["erased"])
            try await parish.putBack(backup)
            // The place of what was refused is taken by what Ben wrote on his other laptop.
            try copy.add("Luis")
            try await copy.sync()
            #expect(try await ben.sync().reissued == 1)
            let next = try ben.opened()
            #expect(try next.store.refused().map(\.rule) == ["erased"])
            #expect(try next.store.refused().map(\.commit.dot.device) == [next.store.device])
            #expect(try next.names() == ["Luis"])
            #expect(try next.problems() == [])
            #expect(try parish.hub.verify().log == [])
        }
    }

    @Test("Who was erased before the notebook met its hub is nothing that the hub has lost")
    func beforeJoining() async throws {
        try await Parish.open { parish in
            let ruth = try parish.notebook("Ruth")
            let rosa = try ruth.add("Zerubbabel")
            try ruth.notebook.erase(ruth.notebook.erasure(of: rosa))
            try await ruth.join(try await parish.adminInvitation())
            let report = try await ruth.sync()
            #expect(report.isEven && report.refused == 0 && report.apart == 0)
            #expect(try found(in: parish.hubFolder) == [])
        }
    }

    @Test("The hub is put back from before she came: her erasure is known before she is again")
    func beforeTheHubKnowsHer() async throws {
        try await Parish.open { parish in
            let ruth = try await parish.admin()
            let ben = try await parish.laptop("Ben")
            try await parish.syncAll(ruth, ben)
            let backup = try await parish.copyHub()
            let rosa = try ruth.add("Zerubbabel")
            try await parish.syncAll(ruth, ben)
            try ruth.notebook.erase(ruth.notebook.erasure(of: rosa))
            try await ruth.sync()
            try await parish.putBack(backup)
            try await ruth.sync()
            try await ben.sync()
            #expect(try ben.names() == [])
            #expect(try ruth.refusals() == [])
            #expect(try found(in: parish.hubFolder) == [])
        }
    }

    @Test("An organizer who is no admin is told whom to ask, and the hub takes it from none")
    func adminsAlone() async throws {
        try await Parish.open { parish in
            let ben = try await parish.laptop("Ben")
            let rosa = try ben.add("Rosa")
            try await ben.sync()
            let outcome = try await ben.run("person", "erase", "Rosa", "--yes")
            #expect(outcome.status == 1)
            #expect(
                outcome.errors == "Error: Only an admin of St. Mark may erase a person. Ask one.\n")
            try ben.notebook.erase(ben.notebook.erasure(of: rosa))
            try await ben.sync()
            #expect(try ben.refusals() == ["grant"])
            #expect(try ben.names() == ["Rosa"])
        }
    }
}
