import Foundation
import Notebook
import Replication
import Store
import Sync
import Testing

@testable import Hub

@Suite("A leader's laptop")
struct ReadingTests {
    @Test func readsTheCommonsAndItsTurfAndNotAByteMore() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let ana = scene.ana
            var secrets: [String] = []
            var ids: [RecordID] = []
            func secret(_ place: String) -> String {
                secrets.append("canary of \(place) \(secrets.count)")
                return secrets.last ?? ""
            }
            for place in [scene.south, Space.organizers] {
                let person = try ana.add(secret("a name"), phone: secret("a phone"), turf: place)
                ids.append(person)
                ids.append(try ana.meet(person, secret("a summary")))
                ids.append(try ana.notebook.promise(secret("a promise"), by: person, due: nil))
            }
            let (assessment, reflection) = (parish.newID(), parish.newID())
            ids += [assessment, reflection]
            try ana.act(
                Edit(
                    Assessment.key(assessment),
                    [.set(Assessment.person, .id(scene.rosa)), .basis(secret("an assessment"))]),
                Edit(Reflection.key(reflection), [.set(Reflection.story, .text(secret("a story")))])
            )
            try ana.setPhone("555-0143 shown", of: scene.rosa)
            try await ana.sync()

            let proxy = try await parish.proxy()
            defer { proxy.close() }
            let late = try await parish.laptop("Late", .leader, of: scene.north, through: proxy)
            try await late.sync()
            // Also what comes and goes while she reads.
            let passing = try ana.add(secret("one who was never here"), turf: scene.south)
            try await ana.sync()
            try await late.sync()
            ids.append(passing)
            let seen = [proxy.heard] + (try late.files())
            #expect(seen.contains { $0.holds(Array("555-0143 shown".utf8)) })
            for text in secrets {
                #expect(!seen.contains { $0.holds(Array(text.utf8)) }, "\(text)")
            }
            for id in ids { #expect(!seen.contains { $0.holds(id.bytes) }) }
            #expect(try await scene.differences(of: late, reading: scene.north) == [])
        }
    }

    @Test func losesAPersonWhoIsAssignedAwayAndTheOtherLeaderGetsThemWhole() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            #expect(try scene.lena.names() == ["Rosa Alvarez"])
            #expect(try scene.sam.names() == [])
            try await scene.move(scene.rosa, to: scene.south)
            #expect(try await scene.lena.sync().left == 3)
            try await scene.sam.sync()
            #expect(try scene.lena.names() == [])
            #expect(try scene.lena.notebook.oneToOnes(with: scene.rosa).isEmpty)
            #expect(try scene.lena.notebook.commitments(of: scene.rosa).isEmpty)
            #expect(try scene.sam.phone(of: scene.rosa) == "555-0142")
            let summaries = try scene.sam.notebook.oneToOnes(with: scene.rosa).map(\.summary)
            #expect(summaries == ["Walks her mother to dialysis."])
            #expect(try scene.sam.notebook.commitments(of: scene.rosa).count == 1)
            #expect(try await scene.differences(of: scene.lena, reading: scene.north) == [])
            #expect(try await scene.differences(of: scene.sam, reading: scene.south) == [])
        }
    }

    @Test func getsAPersonBackWithWhatWasWrittenMeanwhile() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            try await scene.move(scene.rosa, to: scene.south)
            try await parish.syncAll(scene.sam, scene.lena)
            try scene.sam.setPhone("555-0200", of: scene.rosa)
            try scene.sam.meet(scene.rosa, "Sam met her at the bus stop.")
            try await scene.sam.sync()
            try await scene.ana.sync()
            try await scene.move(scene.rosa, to: scene.north)
            try await parish.syncAll(scene.lena, scene.sam)
            #expect(try scene.lena.phone(of: scene.rosa) == "555-0200")
            #expect(try scene.lena.notebook.oneToOnes(with: scene.rosa).count == 2)
            #expect(try scene.sam.names() == [])
            #expect(try await scene.differences(of: scene.lena, reading: scene.north) == [])
            #expect(try await scene.differences(of: scene.sam, reading: scene.south) == [])
        }
    }

    /// There and back while she was away: she never sees it go.
    @Test func seesAPersonWhoWentAndCameBackWhileSheWasOffline() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            try await scene.move(scene.rosa, to: scene.south)
            try await scene.sam.sync()
            try scene.sam.setPhone("555-0200", of: scene.rosa)
            try await scene.sam.sync()
            try await scene.move(scene.rosa, to: scene.north)
            try scene.lena.meet(scene.rosa, "Written offline.")
            try await parish.syncAll(scene.lena, scene.sam)
            #expect(try scene.lena.phone(of: scene.rosa) == "555-0200")
            #expect(try scene.lena.notebook.oneToOnes(with: scene.rosa).count == 2)
            #expect(try scene.lena.refusals() == [])
            #expect(try await scene.differences(of: scene.lena, reading: scene.north) == [])
        }
    }

    /// What she wrote while the person was still hers counts, whenever it arrives.
    @Test(arguments: [(edits: 1, others: []), (1000, ["Ann", "Bea", "Cleo", "Dora"])])
    func sendsWhatWasWrittenOfflineBeforeThePersonLeaves(
        edits: Int, others: [String]
    ) async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            // More than fits one push, so that the page with the leave is held.
            for name in others { try scene.lena.rename(scene.lena.add(name), edits) }
            try scene.lena.rename(scene.rosa, edits, "Rosa")
            try await scene.move(scene.rosa, to: scene.south)
            try await scene.lena.sync()
            #expect(try scene.lena.refusals() == [])
            #expect(try scene.lena.names().count == others.count)
            try await parish.syncAll(scene.sam, scene.ana)
            #expect(try scene.sam.names() == ["Rosa \(edits - 1)"])
            #expect(try scene.ana.notebook.conflicts().isEmpty)
            #expect(try await scene.differences(of: scene.lena, reading: scene.north) == [])
            #expect(try await scene.differences(of: scene.sam, reading: scene.south) == [])
        }
    }

    @Test func joiningLateGetsWhatIsThereNow() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let omar = try scene.ana.add("Omar Khan", turf: scene.south)
            try await scene.move(scene.rosa, to: scene.south)
            try await scene.move(omar, to: scene.north)
            try await scene.move(scene.rosa, to: scene.north)
            try await scene.move(omar, to: scene.south)
            let late = try await parish.laptop("Late", .leader, of: scene.north)
            try await late.sync()
            #expect(try late.names() == ["Rosa Alvarez"])
            #expect(try late.notebook.oneToOnes(with: scene.rosa).count == 1)
            #expect(try await scene.differences(of: late, reading: scene.north) == [])
        }
    }

    @Test func dropsATurfThatIsTakenAway() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            try parish.withdraw(.leader, of: scene.north, from: scene.lena.notebook.me.member)
            try await scene.lena.sync()
            #expect(try scene.lena.names() == [])
            #expect(try scene.lena.notebook.turfs().isEmpty)
            try await scene.lena.sync()
            #expect(try scene.lena.problems() == [])
        }
    }

    /// What she wrote herself left with the turf: it comes back with it.
    @Test(arguments: [Role.leader, .organizer])
    func getsATurfBackWithWhatSheWroteThere(role: Role) async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let (lena, member) = (scene.lena, scene.lena.notebook.me.member)
            let omar = try lena.add("Omar Khan", phone: "555-0117")
            try await lena.sync()
            try parish.grant(.leader, of: scene.south, to: member)
            try parish.withdraw(.leader, of: scene.north, from: member)
            try await lena.sync()
            #expect(try lena.names() == [])
            try parish.grant(role, of: scene.north, to: member)
            try await lena.sync()
            #expect(try lena.phone(of: omar) == "555-0117")
            #expect(try lena.names() == ["Omar Khan", "Rosa Alvarez"])
            try await scene.ana.sync()
            let ana = try scene.ana.fingerprints()
            #expect(try lena.fingerprints()[scene.north] == ana[scene.north])
        }
    }

    /// Asked back for another turf, she keeps nothing of the first.
    @Test func dropsHerTurfWhenSheIsAskedBackForAnother() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            try await scene.lena.join(
                try await parish.invitation(for: "Lena", .leader, of: scene.south))
            try await scene.lena.sync()
            #expect(try scene.lena.names() == [])
            #expect(try await scene.differences(of: scene.lena, reading: scene.south) == [])
        }
    }

    /// Her push was stored, its answer lost, and the person moved on before she asked again.
    @Test func losesAPersonWhoLeftBeforeSheHadReadAnything() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let late = try await parish.laptop("Late", .leader, of: scene.north)
            let omar = try late.add("Omar Khan")
            let request = try late.store.request(for: parish.congregation)
            _ = try Exchange(hub: parish.hub).answer(request, from: late.store.device)
            try await scene.ana.sync()
            try await scene.move(omar, to: scene.south)
            try await late.sync()
            #expect(try late.names() == ["Rosa Alvarez"])
            #expect(try await scene.differences(of: late, reading: scene.north) == [])
        }
    }

    @Test func getsASecondTurfWhole() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let omar = try scene.ana.add("Omar Khan", turf: scene.south)
            try scene.ana.meet(omar, "Was on the tenants' board.")
            try await scene.ana.sync()
            try await scene.lena.sync()
            try parish.grant(.leader, of: scene.south, to: scene.lena.notebook.me.member)
            try await scene.lena.sync()
            #expect(try scene.lena.names() == ["Omar Khan", "Rosa Alvarez"])
            #expect(try scene.lena.notebook.oneToOnes(with: omar).count == 1)
            #expect(
                try await scene.differences(of: scene.lena, reading: scene.north, scene.south)
                    == [])
        }
    }
}

extension Change {
    static func basis(_ text: String) -> Change { .set(Assessment.basis, .text(text)) }
}

extension Laptop {
    /// The bytes of every file of the notebook.
    func files() throws -> [[UInt8]] {
        let folder = URL(filePath: path).deletingLastPathComponent()
        return try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil
        ).map { Array(try Data(contentsOf: $0)) }
    }
}

extension Laptop {
    /// Gives a person another name so many times.
    fileprivate func rename(_ person: RecordID, _ times: Int, _ name: String = "New") throws {
        try store.write { transaction in
            for number in 0..<times {
                try transaction.commit(
                    [Edit(Person.key(person), [.write("\(name) \(number)")])],
                    by: notebook.me.member)
            }
        }
    }
}
