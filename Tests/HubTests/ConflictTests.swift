import Notebook
import Replication
import Store
import Testing

@testable import Hub

@Suite("Two people edit the same field apart")
struct ConflictTests {
    /// Ana, Ben and Carla know Rosa; Ben and Carla each hear of another number, offline.
    private struct Scene {
        let ana: Laptop
        let ben: Laptop
        let carla: Laptop
        let rosa: RecordID

        init(_ parish: Parish) async throws {
            ana = try await parish.laptop("Ana")
            ben = try await parish.laptop("Ben")
            carla = try await parish.laptop("Carla")
            rosa = try ana.add("Rosa Alvarez", phone: "555-0142")
            try await parish.syncAll(ana, ben, carla)
        }

        func writeApart() throws {
            try ben.setPhone("555-0177", of: rosa)
            try carla.setPhone("555-0199", of: rosa)
        }

        var everyone: [Laptop] { [ana, ben, carla] }
    }

    @Test(arguments: [false, true])
    func bothValuesSurviveEverywhere(isCarlaFirst: Bool) async throws {
        try await Parish.open { parish in
            let scene = try await Scene(parish)
            try scene.writeApart()
            let order = [scene.ben, scene.carla]
            for laptop in isCarlaFirst ? order.reversed() : order { try await laptop.sync() }
            try await parish.syncAll(scene.ben, scene.carla, scene.ana)
            try await parish.hub.catchUp()
            for notebook in scene.everyone.map(\.notebook) + [parish.hub.own] {
                let conflicts = try notebook.conflicts()
                let conflict = try #require(conflicts.first)
                #expect(conflicts.count == 1)
                #expect(conflict.title.words == "Rosa Alvarez")
                #expect(conflict.field == "phone")
                let values = conflict.values.map { [$0.value.text ?? "", $0.by] }
                #expect(Set(values) == [["555-0177", "Ben"], ["555-0199", "Carla"]])
                let now = parish.clock.milliseconds
                #expect(conflict.values.allSatisfy { now - $0.at < 60_000 })
                #expect(try notebook.store.verify().problems == [])
            }
            #expect(Set(try scene.everyone.map { try $0.fingerprints() }).count == 1)
        }
    }

    @Test func settlingItOnceSettlesItEverywhere() async throws {
        try await Parish.open { parish in
            let scene = try await Scene(parish)
            try scene.writeApart()
            try await parish.syncAll(scene.ben, scene.carla, scene.ana)
            let conflict = try #require(try scene.ana.notebook.conflicts().first)
            let chosen = conflict.values[1].value.text
            try scene.ana.notebook.settle(conflict.key, field: "phone", .take(2))
            try await parish.syncAll(scene.ana, scene.ben, scene.carla)
            try await parish.hub.catchUp()
            for notebook in scene.everyone.map(\.notebook) + [parish.hub.own] {
                #expect(try notebook.conflicts().isEmpty)
                #expect(try notebook.person(scene.rosa)?.phone == chosen)
            }
        }
    }

    @Test func twoWhoSettleItApartMakeANewOneOfTheirAnswers() async throws {
        try await Parish.open { parish in
            let scene = try await Scene(parish)
            try scene.writeApart()
            try await parish.syncAll(scene.ben, scene.carla, scene.ana)
            let key = Person.key(scene.rosa)
            try scene.ana.notebook.settle(key, field: "phone", .value(.text("555-0001")))
            try scene.ben.notebook.settle(key, field: "phone", .value(.text("555-0002")))
            try await parish.syncAll(scene.ana, scene.ben, scene.carla)
            for laptop in scene.everyone {
                let conflict = try #require(try laptop.notebook.conflicts().first)
                #expect(
                    Set(conflict.values.map { $0.value.text ?? "" }) == ["555-0001", "555-0002"])
                #expect(Set(conflict.values.map(\.by)) == ["Ana", "Ben"])
            }
        }
    }

    @Test func editsOfDifferentFieldsOrPeopleNeverConflict() async throws {
        try await Parish.open { parish in
            let scene = try await Scene(parish)
            let omar = try scene.ana.add("Omar Khan")
            try await parish.syncAll(scene.ana, scene.ben, scene.carla)
            try scene.ben.setPhone("555-0177", of: scene.rosa)
            try scene.carla.notebook.edit(scene.rosa, PersonDetails(email: "rosa@example.org"))
            try scene.ana.setPhone("555-0135", of: omar)
            try scene.ben.meet(scene.rosa, "Walks her mother to dialysis.")
            try scene.carla.meet(scene.rosa, "Her brother drives the 14.")
            try await parish.syncAll(scene.ana, scene.ben, scene.carla)
            for laptop in scene.everyone {
                #expect(try laptop.notebook.conflicts().isEmpty)
                let rosa = try laptop.notebook.person(scene.rosa)
                #expect(rosa?.phone == "555-0177")
                #expect(rosa?.email == "rosa@example.org")
                #expect(try laptop.notebook.oneToOnes(with: scene.rosa).count == 2)
            }
        }
    }

    @Test func theSameAnswerTwiceIsNoConflict() async throws {
        try await Parish.open { parish in
            let scene = try await Scene(parish)
            try scene.ben.setPhone("555-0177", of: scene.rosa)
            try scene.carla.setPhone("555-0177", of: scene.rosa)
            try await parish.syncAll(scene.ben, scene.carla, scene.ana)
            for laptop in scene.everyone {
                #expect(try laptop.notebook.conflicts().isEmpty)
                #expect(try laptop.phone(of: scene.rosa) == "555-0177")
            }
        }
    }

    @Test func aPersonDeletedByOneAndEditedByAnotherStays() async throws {
        try await Parish.open { parish in
            let scene = try await Scene(parish)
            try scene.ben.notebook.deletePerson(scene.rosa)
            try scene.carla.setPhone("555-0199", of: scene.rosa)
            try await parish.syncAll(scene.ben, scene.carla, scene.ana)
            for laptop in scene.everyone {
                #expect(try laptop.phone(of: scene.rosa) == "555-0199")
                let conflict = try #require(try laptop.notebook.conflicts().first)
                #expect(conflict.field == "life")
                #expect(conflict.values.map(\.by) == ["Ben", "Carla"])
            }
        }
    }
}
