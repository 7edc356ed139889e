import Foundation
import GRDB
import Glibc
import Notebook
import Replication
import Store
import Testing

@testable import Hub
@testable import Sync

/// Somebody puts yesterday's hub in the place of today's, as it was copied: by a backup of the whole
/// machine, say, without a word to Fieldbook.
@Suite("A hub that was put back from a backup")
struct RestoreTests {
    /// The log grows again over numbers that laptops have read already: they hear what is new at
    /// those numbers, and the hub hears again what its laptops had sent.
    @Test func losesNothingOnceItHasGrownAgain() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            let ben = try await parish.laptop("Ben")
            let cleo = try await parish.laptop("Cleo")
            try await parish.syncAll(ana, ben, cleo)
            let backup = try await parish.copyHub()
            for name in ["Rosa", "Omar", "Grace"] { try ana.add(name) }
            try await ana.sync()
            try await ben.sync()
            try await parish.putBack(backup)
            // Cleo's new people take the numbers that Ana's had.
            for name in ["Tom", "Ida", "Lu", "Max", "Zoe"] { try cleo.add(name) }
            try await cleo.sync()
            try await parish.syncAll(ben, ana, cleo)
            let everybody = ["Grace", "Ida", "Lu", "Max", "Omar", "Rosa", "Tom", "Zoe"]
            for laptop in [ana, ben, cleo] {
                #expect(try laptop.names() == everybody, "\(laptop.name)")
                #expect(try laptop.problems() == [])
            }
            #expect(try parish.hub.verify().log == [])
        }
    }

    /// Ana's laptop was stolen before the hub was put back: Ben's has what she wrote.
    @Test func hearsFromOthersWhatAVanishedLaptopWrote() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            let ben = try await parish.laptop("Ben")
            let omar = try ana.add("Omar", phone: "555-0100")
            let ida = try ana.add("Ida")
            try await parish.syncAll(ana, ben)
            let backup = try await parish.copyHub()
            let rosa = try ana.add("Rosa", phone: "555-0142")
            try ana.meet(rosa, "Walks her mother to dialysis.")
            try ana.setPhone("555-0111", of: omar)
            try ana.notebook.deletePerson(ida)
            try await parish.syncAll(ana, ben)
            try await parish.putBack(backup)
            try await parish.hub.catchUp()

            let first = try await ben.sync()
            #expect(first.apart == 4)
            #expect(first.isRestored)
            #expect(try ben.names() == ["Omar", "Rosa"])
            let cleo = try await parish.laptop("Cleo")
            try await cleo.sync()
            #expect(try cleo.names() == ["Ida", "Omar"])

            try await parish.hub.catchUp()
            try ben.letAWeekPass()
            #expect(try await ben.sync().repaired == 4)
            try await parish.hub.catchUp()
            for laptop in [cleo, try ben.opened()] {
                try await laptop.sync()
                #expect(try laptop.names() == ["Omar", "Rosa"], "\(laptop.name)")
                #expect(try laptop.phone(of: omar) == "555-0111")
                #expect(try laptop.notebook.oneToOnes(with: rosa).count == 1)
                #expect(try laptop.notebook.conflicts().isEmpty)
            }
            #expect(try cleo.fingerprints() == ben.fingerprints())
        }
    }

    /// Ben writes before each of his exchanges. He is told no fingerprint with what he sends.
    @Test func hearsFromSomebodyWhoAlwaysHasSomethingToSend() async throws {
        try await Parish.open { parish in
            var (ana, ben, backup) = try await parish.backedUp()
            try ana.add("Rosa")
            try await parish.syncAll(ana, ben)
            try await parish.putBack(backup)
            try ben.add("Omar")
            try await ben.sync()
            ben = try ben.opened()
            try ben.add("Ida")
            #expect(try await ben.sync().apart == 1)
            try ben.letAWeekPass()
            try ben.add("Jo")
            #expect(try await ben.sync().isEven)
            let cleo = try await parish.laptop("Cleo")
            try await cleo.sync()
            #expect(try cleo.names() == ["Ida", "Jo", "Omar", "Rosa"])
            try ben.add("Kim")
            try await ben.sync()
            #expect(try ben.notebook.givesBackFrom == nil)
        }
    }

    /// Ben's clock was ten years ahead when he noticed: he does not wait ten years to give back.
    @Test func hearsFromSomebodyWhoseClockWasWrong() async throws {
        try await Parish.open { parish in
            let (ana, ben, backup) = try await parish.backedUp()
            try ana.add("Rosa")
            try await parish.syncAll(ana, ben)
            try await parish.putBack(backup)
            try await parish.hub.catchUp()
            let decade = ben.store.environment.milliseconds() + 10 * 365 * 86_400_000
            try ben.store.write { try $0.setSetting("hub.apart", String(decade)) }
            try await ben.sync()
            let givesBack = try ben.notebook.givesBackFrom
            #expect(try #require(givesBack) < decade)
        }
    }

    /// Whom somebody deleted before the hub was put back is not forgotten: deleted still, restored by
    /// whoever comes with all that was known, also what was edited since the backup.
    @Test func hearsOfWhomOthersHaveDeleted() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            let ben = try await parish.laptop("Ben")
            let omar = try ana.add("Omar", phone: "555-0101")
            try await parish.syncAll(ana, ben)
            let backup = try await parish.copyHub()
            let rosa = try ana.add("Rosa", phone: "555-0142")
            try ana.setPhone("555-0111", of: omar)
            try await parish.syncAll(ana, ben)
            for gone in [rosa, omar] { try ana.notebook.deletePerson(gone) }
            try await parish.syncAll(ana, ben)
            try await parish.putBack(backup)
            try await parish.hub.catchUp()
            let first = try await ben.sync()
            #expect(first.apart == 2)
            #expect(!first.isEven)
            let givesBack = try ben.notebook.givesBackFrom
            let wait = try #require(givesBack) - ben.store.environment.milliseconds()
            #expect((6 * 86_400_000...7 * 86_400_000).contains(wait))
            try ben.letAWeekPass()
            #expect(try await ben.sync().isEven)
            #expect(try await ben.opened().sync().apart == 0)
            let cleo = try await parish.laptop("Cleo")
            try await cleo.sync()
            #expect(try cleo.names() == [])
            for gone in [rosa, omar] { try cleo.notebook.restorePerson(gone) }
            #expect(try cleo.names() == ["Omar", "Rosa"])
            #expect(try cleo.phone(of: rosa) == "555-0142")
            #expect(try cleo.phone(of: omar) == "555-0111")
            try await parish.syncAll(cleo, try ben.opened())
            #expect(try cleo.fingerprints() == ben.opened().fingerprints())
            try await parish.hub.catchUp()
            try await ben.opened().sync()
            #expect(try ben.opened().notebook.givesBackFrom == nil)
        }
    }

    /// She comes within the week: then it is she who wrote it, and nobody wrote it twice.
    @Test func hearsFromHerWhatSheWroteWhenSheComes() async throws {
        try await Parish.open { parish in
            let (ana, ben, backup) = try await parish.backedUp()
            let rosa = try ana.add("Rosa")
            try await parish.syncAll(ana, ben)
            try await parish.putBack(backup)
            try await parish.hub.catchUp()
            #expect(try await ben.sync().apart == 1)
            #expect(try await ana.sync().sent == 1)
            try await parish.hub.catchUp()
            try ben.letAWeekPass()
            try await ben.sync()
            let history = try ben.store.read { try History.entries(of: Person.key(rosa), $0) }
            #expect(Set(history.map(\.write.author)) == [ana.notebook.me.member])
        }
    }

    /// Ana was the one who knew Omar, and Lena comes before her: what Lena wrote about him, be it sent
    /// before the hub lost him or after, is refused until he is known again.
    @Test(arguments: [true, false])
    func keepsWhatRestsOnSomebodyWhoIsYetToCome(wasLetIn: Bool) async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let ana = scene.ana
            var lena = scene.lena
            let backup = try await parish.copyHub()
            let omar = try ana.add("Omar Khan", turf: scene.north)
            try await parish.syncAll(ana, lena)
            if wasLetIn {
                try lena.meet(omar, "Wants longer library hours.")
                try await lena.sync()
            }
            try await parish.putBack(backup)
            if !wasLetIn { try lena.meet(omar, "Wants longer library hours.") }
            try await lena.sync()
            lena = try lena.opened()
            try await lena.sync()
            #expect(try lena.notebook.oneToOnes(with: omar).count == 1)
            try await ana.sync()
            try lena.letAWeekPass()
            try await parish.hub.catchUp()
            try await lena.sync()
            lena = try lena.opened()
            try await lena.sync()
            try await parish.hub.catchUp()
            #expect(try lena.notebook.oneToOnes(with: omar).count == 1)
            #expect(try parish.hub.own.oneToOnes(with: omar).count == 1)
            #expect(try lena.problems() == [])
        }
    }

    /// In one act with an edit of Rosa, whom Ana has yet to bring again, Ben wrote of somebody new.
    @Test func keepsWhatWasWrittenBesideSomethingLost() async throws {
        try await Parish.open { parish in
            var (ana, ben, backup) = try await parish.backedUp()
            let rosa = try ana.add("Rosa")
            try await parish.syncAll(ana, ben)
            try await parish.putBack(backup)
            let omar = parish.newID()
            try ben.act(
                Edit(Person.key(rosa), [.write("Rosa A.")]),
                Edit(Person.key(omar), [.write("Omar")]))
            try await ben.sync()
            ben = try ben.opened()
            try ben.setPhone("555-0142", of: omar)
            try await ben.sync()
            ben = try ben.opened()
            #expect(try ben.names() == ["Omar", "Rosa A."])
            try await ana.sync()
            try await parish.hub.catchUp()
            try ben.letAWeekPass()
            try await ben.sync()
            try await parish.hub.catchUp()
            try await parish.syncAll(try ana.opened(), try ben.opened())
            #expect(try ana.opened().names() == ["Omar", "Rosa A."])
            #expect(try ana.opened().phone(of: omar) == "555-0142")
            #expect(try ben.opened().names() == ["Omar", "Rosa A."])
        }
    }

    /// Ana's number for Rosa is lost with the hub's disk. Lena has it, and her hub refuses an edit of hers
    /// on the same record.
    @Test func losesNothingBesideARefusedEdit() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            var lena = scene.lena
            let backup = try await parish.copyHub()
            try scene.ana.setPhone("555-0199", of: scene.rosa)
            try await parish.syncAll(scene.ana, lena)
            try await parish.putBack(backup)
            try lena.act(Edit(Person.key(scene.rosa), [.move(Space.organizers)]))
            try await lena.sync()
            lena = try lena.opened()
            try await lena.sync()
            #expect(try lena.phone(of: scene.rosa) == "555-0199")
            #expect(try lena.refusals() == ["grant"])
            #expect(try lena.space(of: Person.key(scene.rosa)) == scene.north)
            #expect(try lena.problems() == [])
        }
    }

    /// Omar comes to the north after the backup, and Lena writes down his number. Her hub, which was put
    /// back, has him elsewhere: he leaves, and is here with his number when Ana brings him again.
    @Test func keepsWhatWasWrittenOfSomebodyWhoLeavesMeanwhile() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            var lena = scene.lena
            let omar = try scene.ana.add("Omar Khan")
            try await scene.ana.sync()
            let backup = try await parish.copyHub()
            try scene.ana.notebook.assign([omar], to: scene.north)
            try await parish.syncAll(scene.ana, lena)
            try lena.setPhone("555-0177", of: omar)
            try await lena.sync()
            try await parish.putBack(backup)
            try await lena.sync()
            #expect(try lena.opened().names() == ["Rosa Alvarez"])
            try await scene.ana.sync()
            lena = try lena.opened()
            try await lena.sync()
            #expect(try lena.phone(of: omar) == "555-0177")
            try lena.letAWeekPass()
            for _ in 1...2 {
                lena = try lena.opened()
                try await lena.sync()
            }
            let ana = try scene.ana.opened()
            try await ana.sync()
            #expect(try ana.phone(of: omar) == "555-0177")
            #expect(try lena.opened().problems() == [])
        }
    }

    /// Ben comes late, and nobody who gave back had heard of all: the number that he had overwritten, and
    /// the entry that was deleted, do not come up again.
    @Test func whatWasOverwrittenDoesNotComeUpAgain() async throws {
        try await Parish.open { parish in
            var (ana, ben, _) = try await parish.backedUp()
            var cleo = try await parish.laptop("Cleo")
            let backup = try await parish.copyHub()
            let rosa = try ana.add("Rosa", phone: "1")
            let omar = try ana.add("Omar")
            try await parish.syncAll(ana, cleo)
            try await ben.sync()
            try ben.setPhone("2", of: rosa)
            try ben.notebook.deletePerson(omar)
            try await ben.sync()
            try await cleo.sync()
            try await parish.putBack(backup)
            try await cleo.sync()
            try cleo.letAWeekPass()
            for _ in 1...2 {
                cleo = try cleo.opened()
                try await cleo.sync()
                try await parish.hub.catchUp()
            }
            for _ in 1...3 {
                ana = try ana.opened()
                try await ana.sync()
                try await parish.hub.catchUp()
            }
            #expect(try ana.names() == ["Rosa"])
            #expect(try ana.phone(of: rosa) == "2")
            #expect(try ana.notebook.conflicts().isEmpty)
            ben = try ben.opened()
            try await ben.sync()
            #expect(try ben.notebook.conflicts().isEmpty)
        }
    }

    /// What is known of Rosa is more than fits into one act.
    @Test func givesBackMoreThanAnActHolds() async throws {
        try await Parish.open { parish in
            let (ana, first, backup) = try await parish.backedUp()
            var ben = first
            let rosa = try ana.add("Rosa")
            let long = String(repeating: "lorem ", count: 10_000)
            for number in 0..<20 {
                try ana.act(
                    Edit(
                        Person.key(rosa),
                        [.insert(Person.interests, .text("\(number) \(long)"))]))
                try await ana.sync()
            }
            try await ben.sync()
            try await parish.putBack(backup)
            try await ben.sync()
            try ben.letAWeekPass()
            for _ in 1...2 {
                ben = try ben.opened()
                try await ben.sync()
            }
            #expect(try ben.store.meta().pending == 0)
            let cleo = try await parish.laptop("Cleo")
            try await cleo.sync()
            let person = try #require(try cleo.notebook.person(rosa))
            #expect(person.interests.count == 20)
        }
    }

    /// Thousands of people were lost: more than one request asks about.
    @Test func givesThousandsBack() async throws {
        try await Parish.open { parish in
            let (ana, first, backup) = try await parish.backedUp()
            var ben = first
            for hundred in 0..<32 {
                try ana.act(
                    (0..<100).map { number in
                        Edit(
                            Person.key(parish.newID()), home: Space.organizers,
                            [.set(Person.name, .text("Person \(hundred * 100 + number)"))])
                    })
            }
            try await parish.syncAll(ana, ben)
            try await parish.putBack(backup)
            try await parish.hub.catchUp()
            #expect(try await ben.sync().apart == 3200)
            try ben.letAWeekPass()
            for _ in 1...3 {
                ben = try ben.opened()
                try await ben.sync()
            }
            let cleo = try await parish.laptop("Cleo")
            try await cleo.sync()
            #expect(try cleo.names() == ben.names())
            #expect(try cleo.notebook.people().count == 3200)
        }
    }

    /// Who was erased meanwhile is not to be the one with whom Ben met: his edit goes, and the meeting,
    /// which is Ana's, stays when the hub loses it.
    @Test func losesNoMeetingByAnEditThatWasRefused() async throws {
        try await Parish.open { parish in
            let (ana, first, backup) = try await parish.backedUp()
            let rosa = try ana.add("Rosa")
            let pilar = try ana.add("Pilar")
            let meeting = try ana.meet(rosa, "Wants longer library hours.")
            var ben = first
            try await parish.syncAll(ana, ben)
            try await ben.sync()
            let ruth = try await parish.admin()
            try await ruth.sync()
            try ruth.notebook.erase(ruth.notebook.erasure(of: pilar))
            try await ruth.sync()
            try ben.act(
                Edit(OneToOne.key(meeting), [.set(OneToOne.person, .id(pilar))]))
            try await ben.sync()
            ben = try ben.opened()
            #expect(try ben.refusals() == ["erased"])
            #expect(try ben.notebook.oneToOnes(with: rosa).count == 1)
            try await parish.putBack(backup)
            for _ in 1...2 {
                ben = try ben.opened()
                try await ben.sync()
            }
            #expect(try ben.opened().notebook.oneToOnes(with: rosa).count == 1)
            #expect(try ben.opened().problems() == [])
        }
    }

    /// An institution is lost with the hub's disk. Lena may not write it, and keeps it until somebody
    /// comes who may.
    @Test func leadersKeepWhatTheyMayNotGiveBack() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            var lena = scene.lena
            let backup = try await parish.copyHub()
            let parishHall = RecordKey(Institution.kind.number, parish.newID())
            try scene.ana.act(
                Edit(parishHall, home: Space.commons, [.set(Institution.name, .text("St. Mark"))]))
            try await parish.syncAll(scene.ana, lena)
            try await parish.putBack(backup)
            try await lena.sync()
            try lena.letAWeekPass()
            for _ in 1...2 {
                lena = try lena.opened()
                try await lena.sync()
                #expect(try lena.refusals() == [])
                #expect(try lena.value(of: 16, on: parishHall) == .text("St. Mark"))
            }
        }
    }

    /// Ana's number for Rosa is lost with the hub's disk, and Ana does not come any more. Lena had read
    /// it, and corrects it: her correction takes the place of what the hub does not know.
    @Test func keepsWhatTakesThePlaceOfSomethingLost() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let ana = scene.ana
            var lena = scene.lena
            let backup = try await parish.copyHub()
            try ana.setPhone("555-0199", of: scene.rosa)
            try await parish.syncAll(ana, lena)
            try await parish.putBack(backup)
            try lena.setPhone("555-0200", of: scene.rosa)
            try await lena.sync()
            lena = try lena.opened()
            try await lena.sync()
            #expect(try lena.phone(of: scene.rosa) == "555-0200")
            try await parish.hub.catchUp()
            try lena.letAWeekPass()
            try await lena.sync()
            lena = try lena.opened()
            try await lena.sync()
            try await parish.hub.catchUp()
            #expect(try lena.phone(of: scene.rosa) == "555-0200")
            #expect(try parish.hub.own.person(scene.rosa)?.phone == "555-0200")
            #expect(try lena.problems() == [])
        }
    }

    /// Ana moved Omar before her laptop was stolen. Ben knows it, and the hub that was put back does
    /// not: what Ben wrote about Omar is not moved back and forth between them, and in the end it
    /// lives where Omar does.
    @Test func doesNotMoveBackAndForthWhatBenWrote() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            let ben = try await parish.laptop("Ben")
            let omar = try ana.add("Omar")
            let north = try ana.notebook.addTurf("North")
            try await parish.syncAll(ana, ben)
            let backup = try await parish.copyHub()
            try ana.notebook.assign([omar], to: north)
            try await ana.sync()
            let meeting = OneToOne.key(try ben.meet(omar, "Drives the school bus."))
            try await ben.sync()
            #expect(try ben.space(of: meeting) == north)
            try await parish.putBack(backup)
            try await parish.hub.catchUp()
            for _ in 0..<3 {
                try await ben.opened().sync()
                try await parish.hub.follow()
            }
            let end = try parish.hub.logEnd()
            try await ben.opened().sync()
            try await parish.hub.follow()
            #expect(try parish.hub.logEnd() == end)

            try ben.opened().letAWeekPass()
            for _ in 0..<2 {
                try await ben.opened().sync()
                try await parish.hub.follow()
            }
            let cleo = try await parish.laptop("Cleo")
            try await cleo.sync()
            #expect(try cleo.space(of: Person.key(omar)) == north)
            #expect(try cleo.space(of: meeting) == north)
            try await ben.opened().sync()
            #expect(try cleo.fingerprints() == ben.opened().fingerprints())
        }
    }

    /// Ana had taken Omar to the north before her laptop was stolen, and Cleo takes him to the south
    /// before Ben gives Ana's move back: the newer one stands.
    @Test func aMoveThatIsGivenBackIsNoNewer() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let ben = try await parish.laptop("Ben")
            let omar = try scene.ana.add("Omar Khan")
            try await parish.syncAll(scene.ana, ben)
            let backup = try await parish.copyHub()
            try scene.ana.notebook.assign([omar], to: scene.north)
            try await parish.syncAll(scene.ana, ben)
            try await parish.putBack(backup)
            try await ben.sync()
            parish.clock.advance(minutes: 1)
            let cleo = try await parish.laptop("Cleo")
            try await cleo.sync()
            try cleo.notebook.assign([omar], to: scene.south)
            try await cleo.sync()
            try ben.opened().letAWeekPass()
            for _ in 1...2 { try await ben.opened().sync() }
            try await cleo.sync()
            for laptop in [cleo, try ben.opened()] {
                #expect(try laptop.space(of: Person.key(omar)) == scene.south, "\(laptop.name)")
            }
        }
    }

    /// Each try is written into the log: whoever goes on refusing is asked more and more seldom.
    @Test func asksLessOftenWhoGoesOnRefusing() async throws {
        try await Parish.open { parish in
            let ben = try await parish.laptop("Ben")
            let week = 7 * 86_400_000.0
            var weeks: [Int] = []
            for _ in 1...10 {
                try ben.letAWeekPass()
                // Its refusals come in two answers.
                for _ in 1...2 { try ben.store.write { try ben.notebook.waitToGiveBack($0) } }
                let next = try #require(try ben.notebook.givesBackFrom)
                let wait = next - ben.store.environment.milliseconds()
                weeks.append(Int((Double(wait) / week).rounded()))
            }
            #expect(weeks == [1, 1, 1, 2, 4, 8, 16, 32, 32, 32])
            try await ben.sync()
            #expect(try ben.notebook.givesBackFrom == nil)
        }
    }

    /// What was never sent goes up under a new key; what was sent keeps its name.
    @Test func givesUnsentWorkANewName() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            try await ana.sync()
            let backup = try await parish.copyHub()
            let rosa = try ana.add("Rosa")
            try await ana.sync()
            try ana.add("Omar")
            try await parish.putBack(backup)
            try parish.hub.wasRestored()
            let outcome = try await ana.run("sync")
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("The hub was put back from a backup."))
            let next = try ana.opened()
            #expect(next.store.device != ana.store.device)
            let history = try next.store.read { try History.entries(of: Person.key(rosa), $0) }
            #expect(Set(history.map(\.write.dot.device)) == [ana.store.device])
            let ben = try await parish.laptop("Ben")
            try await ben.sync()
            #expect(try ben.names() == ["Omar", "Rosa"])
        }
    }

    /// Somebody serves a backup where it lies, and says nothing.
    @Test func knowsThatItIsACopy() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            try await ana.sync()
            let epoch = try parish.hub.read { try Epochs.current($0) }
            let copy = try HubFolder(path: parish.hub.backUp()).open()
            #expect(try copy.read { try Epochs.current($0) } != epoch)
            #expect(try copy.read { try HubDevice.all($0).allSatisfy(\.isFrozen) })
            let own = copy.own.store.device
            _ = try copy.own.store.write {
                try $0.commit(
                    [Edit(Member.key(copy.own.me.member), [.write("The hub")])],
                    by: copy.own.me.member)
            }
            try await copy.catchUp()
            #expect(copy.own.store.device != own)
            try copy.close()
        }
    }

    /// Only the hub's own word makes it believe that it has lost something.
    @Test func isNotMovedByAForgedCursor() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            try ana.add("Rosa")
            try await ana.sync()
            var request = try ana.store.request(for: parish.congregation)
            let epoch = try parish.hub.read { try Epochs.current($0) }
            for change in [
                { (cursor: inout Replication.Cursor) in cursor.positions[Space.all]? += 9 },
                { $0.mark += 1 }, { $0.epoch = Epoch(rawValue: 9) },
            ] {
                var cursor = try #require(ana.store.meta().cursor)
                change(&cursor)
                request.cursor = cursor
                _ = try Exchange(hub: parish.hub).answer(request, from: ana.store.device)
            }
            #expect(try parish.hub.read { try Epochs.current($0) } == epoch)
        }
    }
}

@Suite("Putting a backup back")
struct RestoreCommandTests {
    @Test func bringsBackTheHubAndKeepsWhatWasThere() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            try ana.add("Rosa")
            try await ana.sync()
            let data = parish.hubFolder
            let backup = try await Program.run(["backup", "--data", data, "--json"]).text("backup")
            let looked = try await Program.run(["verify", "--data", backup])
            #expect(looked.status == 0)
            try ana.add("Omar")
            try await ana.sync()

            var kept = ""
            try await parish.restart { folder in
                kept = try await Program.run(["restore", backup, "--data", folder, "--json"])
                    .text("kept")
            }
            #expect(FileManager.default.fileExists(atPath: kept + "/hub.sqlite"))
            // It may be needed once more.
            let copy = try HubFolder(path: backup).openToLook()
            #expect(try copy.isCopy)
            try copy.close()
            #expect(try await ana.sync().sent == 1)
            let ben = try await parish.laptop("Ben")
            try await ben.sync()
            #expect(try ben.names() == ["Omar", "Rosa"])
        }
    }

    @Test func waitsUntilNobodyServes() async throws {
        try await KeepersHub.open { hub in
            let backup = try await hub.run("backup", "--json").text("backup")
            let serving = try await Serving.start(hub.data)
            let refused = try await hub.run("restore", backup)
            #expect(refused.status == 1)
            #expect(refused.errors.contains("Stop that one first"))
            _ = try await serving.end(SIGTERM)
            let done = try await hub.run("restore", backup)
            #expect(done.status == 0)
            #expect(done.output.contains("was put back, with 1 entry. Start"))
        }
    }

    @Test(arguments: ["nothing", "an empty folder", "a damaged log"])
    func takesNothingThatIsNoBackup(what: String) async throws {
        try await Parish.open { parish in
            let folder = parish.folder + "/copy"
            if what != "nothing" {
                try FileManager.default.createDirectory(
                    atPath: folder, withIntermediateDirectories: true)
            }
            if what == "a damaged log" {
                let backup = try parish.hub.backUp()
                try FileManager.default.removeItem(atPath: folder)
                try FileManager.default.copyItem(atPath: backup, toPath: folder)
                let copy = try HubFolder(path: folder).open()
                try copy.write { try $0.execute(sql: "UPDATE log SET digest = zeroblob(32)") }
                try copy.close()
            }
            let other = HubFolder(path: parish.folder + "/other")
            #expect(throws: HubError.self) {
                try other.restore(from: HubFolder(path: folder), at: 0)
            }
            #expect(throws: HubError.missing(path: other.path)) { try other.open() }
        }
    }
}

extension Hub {
    /// What the hub does at night with what lies where its person does not live.
    fileprivate func follow() async throws {
        try await catchUp()
        if try own.followMovedPeople(writtenHere: false) > 0 { try await catchUp() }
    }
}
