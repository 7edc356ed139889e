import Foundation
import Notebook
import Replication
import Store
import Sync
import Testing

@testable import Hub

@Suite("A notebook that was copied, or restored from a backup")
struct CopyTests {
    /// Both copies of a laptop's folder are used; whichever meets the hub second goes on under a
    /// new key.
    @Test(arguments: [false, true])
    func bothCopiesKeepAllTheyWrote(isCopyFirst: Bool) async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            let rosa = try ana.add("Rosa Alvarez", phone: "555-0100")
            try await ana.sync()
            let copy = try ana.copied(in: parish)
            try ana.setPhone("555-0111", of: rosa)
            try copy.setPhone("555-0122", of: rosa)
            try copy.meet(rosa, "Written on the copy.")
            let (first, second) = isCopyFirst ? (copy, ana) : (ana, copy)
            #expect(try await first.sync().reissued == nil)
            let report = try await second.sync()
            #expect(report.reissued == (isCopyFirst ? 1 : 2))
            #expect(report.isEven && report.refused == 0)

            let (one, two) = (try first.opened(), try second.opened())
            #expect(one.store.device != two.store.device)
            try await parish.syncAll(one, two)
            for laptop in [one, two] {
                let phones = try laptop.notebook.conflicts().flatMap(\.values).map(\.value.text)
                #expect(Set(phones) == ["555-0111", "555-0122"])
                #expect(try laptop.notebook.oneToOnes(with: rosa).count == 1)
                #expect(try laptop.problems() == [])
            }
            #expect(try one.fingerprints() == two.fingerprints())
            #expect(try parish.hub.verify().log == [])
            // Each goes on as a device of its own.
            try one.setPhone("555-0133", of: rosa)
            try await parish.syncAll(one, two)
            #expect(try two.phone(of: rosa) == "555-0133")
        }
    }

    /// Somebody puts only the database back, and its keys stay as they are: under the key that it had
    /// taken since, it has written, and others may know it.
    @Test func aKeyThatWasTakenIsNotGivenAgain() async throws {
        try await Parish.open { parish in
            let (ana, copy) = try await parish.twoCopies()
            let taken = try copy.opened().store.device
            try #require(taken != ana.store.device)
            let file = NotebookFile(path: copy.path)
            let next = try file.successor(of: ana.store.device)
            #expect(next.device != taken)
            // Nor is another one made before it is taken itself.
            #expect(try file.successor(of: ana.store.device).device == next.device)
        }
    }

    /// What was sent since the backup comes back from the hub; what was written after restoring it
    /// is kept; and no seq is used twice.
    @Test(arguments: [0, 3, 200])
    func aRestoredBackupLosesNothingThatTheHubHas(writtenSince: Int) async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            try ana.add("Rosa Alvarez")
            try await ana.sync()
            let backup = try ana.copied(in: parish)
            for number in 0..<writtenSince { try ana.add("Since \(number)") }
            try await ana.sync()
            try backup.add("Omar Khan")
            let report = try await backup.sync()
            #expect(report.reissued == (writtenSince == 0 ? nil : 1))
            let restored = try backup.opened()
            #expect(try restored.names().count == writtenSince + 2)
            #expect(try restored.problems() == [])
            #expect(try await restored.sync().reissued == nil)
            #expect(try parish.hub.verify().log == [])
        }
    }

    /// Ana's notebook has taken a new key, and then its file alone is put back from a backup; the keys
    /// stay. What it wrote under that key comes from the hub, and what it writes now gets other names.
    @Test func aRestoredFileTakesNoKeyThatItHasGivenUp() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            let rosa = try ana.add("Rosa Alvarez", phone: "555-0100")
            try await ana.sync()
            let backup = try ana.copied(in: parish)
            try parish.hub.wasRestored()
            try ana.setPhone("555-0111", of: rosa)
            #expect(try await ana.sync().reissued == 1)
            try Data(contentsOf: URL(fileURLWithPath: ana.path + ".key"))
                .write(to: URL(fileURLWithPath: backup.path + ".key"))

            let restored = try backup.opened()
            try await restored.sync()
            #expect(try restored.phone(of: rosa) == "555-0111")
            try restored.setPhone("555-0122", of: rosa)
            try restored.meet(rosa, "Written after the restore.")
            #expect(try await restored.sync().reissued == 2)
            let next = try restored.opened()
            #expect(try next.problems() == [])
            let ben = try await parish.laptop("Ben")
            try await ben.sync()
            try await next.sync()
            #expect(try ben.phone(of: rosa) == "555-0122")
            #expect(try next.phone(of: rosa) == "555-0122")
            #expect(try ben.notebook.oneToOnes(with: rosa).count == 1)
            #expect(try ben.fingerprints() == next.fingerprints())
            #expect(try parish.hub.verify().log == [])
        }
    }

    /// The hub refused what both copies had before they parted: both hear of it.
    @Test func bothCopiesHearOfWhatWasRefused() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let omar = try scene.ana.add("Omar Khan", turf: scene.south)
            try await scene.ana.sync()
            try scene.lena.act(
                Edit(Person.key(omar), home: scene.north, [.write("Not hers to write")]))
            let copy = try scene.lena.copied(in: parish)
            try await scene.lena.sync()
            try copy.setPhone("555-0177", of: scene.rosa)
            try await copy.sync()
            let second = try copy.opened()
            for laptop in [scene.lena, second] {
                #expect(try laptop.refusals() == ["grant"])
                #expect(try laptop.names() == ["Rosa Alvarez"])
            }
            #expect(try await scene.differences(of: second, reading: scene.north) == [])
        }
    }

    /// A key that a copy took ends with the one in whose place it came.
    @Test func revokingADeviceEndsItsSuccessors() async throws {
        try await Parish.open { parish in
            let (ana, copy) = try await parish.twoCopies()
            _ = try parish.hub.revoke(ana.store.device.description)
            for laptop in [ana, try copy.opened()] {
                await #expect(throws: SyncError.revoked) { try await laptop.sync() }
            }
        }
    }

    /// The hub was put back to before Ana joined, and forgot all her keys. The copy, which goes on
    /// under a later key, joins anew; Ana's own laptop, which still writes with the first, then needs
    /// an invitation too, and that suffices.
    @Test(arguments: [1, 2])
    func aHubThatForgotBothCopiesLetsBothInAgain(laterKeys: Int) async throws {
        try await Parish.open { parish in
            let backup = try await parish.copyHub()
            var (ana, copy) = try await parish.twoCopies()
            if laterKeys == 2 {
                let third = try copy.opened().copied(in: parish)
                try third.add("Tom Baker")
                try copy.opened().add("Ida Wells")
                try await copy.opened().sync()
                #expect(try await third.sync().reissued == 1)
                copy = third
            }
            try await parish.putBack(backup)
            try ana.add("Lena Park")
            copy = try copy.opened()
            await #expect(throws: SyncError.notKnown) { try await copy.sync() }
            _ = try await copy.notebook.join(parish.invitation(for: "Ana"))
            try await copy.sync()
            await #expect(throws: SyncError.lapsed) { try await ana.sync() }
            _ = try await ana.notebook.join(parish.invitation(for: "Ana"))
            try await ana.sync()

            // What the hub had acknowledged under keys that are past is compared, not sent.
            try await parish.hub.catchUp()
            try copy.opened().letAWeekPass()
            try await copy.opened().sync()
            try await parish.hub.catchUp()
            try await parish.syncAll(ana.opened(), copy.opened())
            let everybody = ["Grace Mensah", "Lena Park", "Omar Khan"]
            #expect(try Set(copy.opened().names()).isSuperset(of: everybody))
            #expect(try ana.opened().fingerprints() == copy.opened().fingerprints())
            #expect(try parish.hub.devices().count == 1)
            #expect(try parish.hub.verify().log == [])
        }
    }

    /// A key in whose place another came is its member's, and nobody else's.
    @Test func aForgottenKeyComesInUnderItsOwnMemberAlone() async throws {
        try await Parish.open(isServing: false) { parish in
            let (first, second) = (DeviceKey(), DeviceKey())
            let member = parish.newID()
            let enrolment = Enrolment(hub: parish.hub)
            func request(
                _ key: DeviceKey, for member: MemberID, after predecessors: [DeviceKey] = [],
                signedBy signer: DeviceKey? = nil
            ) throws -> EnrolRequest {
                EnrolRequest(
                    code: try parish.code(for: "Ana"), publicKey: key.publicKey, member: member,
                    predecessors: try predecessors.map {
                        let message = EnrolRequest.Predecessor.signed(
                            key.publicKey, after: $0.device, congregation: parish.congregation)
                        return .init(
                            publicKey: $0.publicKey, consent: try (signer ?? $0).sign(message))
                    })
            }
            _ = try enrolment.enrol(request(second, for: member, after: [first]))
            #expect(throws: Problem.memberKnown) {
                try enrolment.enrol(request(first, for: parish.newID()))
            }
            _ = try enrolment.enrol(request(first, for: member))
            // Without the older key's consent nobody brings it along, or comes with it.
            let (third, stolen) = (DeviceKey(), DeviceKey())
            _ = try enrolment.enrol(
                request(third, for: parish.newID(), after: [stolen], signedBy: third))
            #expect(try parish.hub.read { try HubDevice.find(stolen.device, $0) } == nil)
            #expect(throws: Problem.memberKnown) {
                try enrolment.enrol(
                    request(DeviceKey(), for: member, after: [first], signedBy: third))
            }
        }
    }

    /// Whichever key of a line is revoked, the thief may have any of them.
    @Test func revokingTheNewKeyEndsTheOldOneToo() async throws {
        try await Parish.open { parish in
            let (ana, copy) = try await parish.twoCopies()
            let copied = try copy.opened().store.device.description
            #expect(try parish.hub.devices().map(\.id) == [copied])
            #expect(try parish.hub.revoke(copied).map(\.id) == [copied])
            await #expect(throws: SyncError.revoked) { try await ana.sync() }
        }
    }

    /// Whoever has a key cannot make devices without end.
    @Test func aLineOfKeysIsNotEndless() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            try await ana.sync()
            var predecessor = ana.store.environment.key
            for number in 1...Enrolment.mostKeys {
                let next = DeviceKey()
                let consent = EnrolRequest.Predecessor.signed(
                    next.publicKey, after: predecessor.device, congregation: parish.congregation)
                let request = EnrolRequest(
                    code: [], publicKey: next.publicKey, member: ana.notebook.me.member,
                    predecessors: [
                        .init(
                            publicKey: predecessor.publicKey,
                            consent: try predecessor.sign(consent))
                    ])
                if number < Enrolment.mostKeys {
                    _ = try Enrolment(hub: parish.hub).enrol(request)
                    predecessor = next
                } else {
                    #expect(throws: Problem.tooManyKeys) {
                        try Enrolment(hub: parish.hub).enrol(request)
                    }
                }
            }
        }
    }

    /// The hub took a laptop's next key, and the laptop was cut off before it wrote with it. Months
    /// later it is asked back under the key that it has, and needs the one after the next.
    @Test func aNewInvitationIsForTheLaptopWhicheverKeyItTakesNext() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            try await ana.sync()
            let first = ana.store.environment.key
            let (second, third) = (DeviceKey(), DeviceKey())
            func comes(_ key: DeviceKey, after keys: [DeviceKey]) throws {
                let predecessors = try zip([key] + keys, keys).map { key, old in
                    EnrolRequest.Predecessor(
                        publicKey: old.publicKey,
                        consent: try old.sign(
                            EnrolRequest.Predecessor.signed(
                                key.publicKey, after: old.device,
                                congregation: parish.congregation)))
                }
                let request = EnrolRequest(
                    code: [], publicKey: key.publicKey, member: ana.notebook.me.member,
                    predecessors: predecessors)
                _ = try Enrolment(hub: parish.hub).enrol(request)
            }
            try comes(second, after: [first])
            parish.clock.advance(days: 60)
            #expect(throws: Problem.lapsed) { try comes(third, after: [second, first]) }
            _ = try await ana.notebook.join(parish.invitation(for: "Ana"))
            try comes(third, after: [second, first])
            #expect(try parish.hub.devices().count == 1)
        }
    }

    /// Who has no key of the device cannot come in its place.
    @Test func nobodyComesInADevicesPlaceWithoutItsConsent() async throws {
        try await Parish.open(isServing: false) { parish in
            let key = DeviceKey()
            let other = DeviceKey()
            try parish.hub.write { db in
                let member = HubMember(id: parish.newID(), name: "Ana", person: nil)
                try member.add(at: 0, db)
                try Grants.add(.organizer, turf: nil, to: member.id, db)
                try HubDevice.add(
                    key.publicKey, of: member.id, at: parish.clock.milliseconds, db)
            }
            let member = try parish.hub.read { try HubDevice.find(key.device, $0)?.member }
            func request(
                signedBy signer: DeviceKey, congregation: RecordID? = nil,
                member other: MemberID? = nil
            ) throws -> EnrolRequest {
                let successor = DeviceKey()
                let message = EnrolRequest.Predecessor.signed(
                    successor.publicKey, after: key.device,
                    congregation: congregation ?? parish.congregation)
                return EnrolRequest(
                    code: [], publicKey: successor.publicKey,
                    member: try #require(other ?? member),
                    predecessors: [
                        .init(publicKey: key.publicKey, consent: try signer.sign(message))
                    ])
            }
            let enrolment = Enrolment(hub: parish.hub)
            for request in [
                try request(signedBy: other),
                try request(signedBy: key, congregation: parish.newID()),
                try request(signedBy: key, member: parish.newID()),
            ] {
                #expect(throws: Problem.signature) { try enrolment.enrol(request) }
            }
            let good = try request(signedBy: key)
            #expect(try enrolment.enrol(good) == enrolment.enrol(good))
        }
    }
}

extension Parish {
    fileprivate func code(for name: String) throws -> [UInt8] {
        try hub.invite(
            HubInvitation(
                name: name, roles: [.organizer], turf: nil, person: nil, isPage: false,
                expires: clock.milliseconds + 60_000), url: "https://hub"
        ).code
    }

    /// A laptop and a copy of it, which both wrote and have exchanged: the copy has another key.
    fileprivate func twoCopies() async throws -> (ana: Laptop, copy: Laptop) {
        let ana = try await laptop("Ana")
        try await ana.sync()
        let copy = try ana.copied(in: self)
        try ana.add("Omar Khan")
        try copy.add("Grace Mensah")
        try await ana.sync()
        try await copy.sync()
        return (ana, copy)
    }
}

extension Laptop {
    /// The whole folder, key and all, on another machine.
    func copied(in parish: Parish) throws -> Laptop {
        let folder = "\(parish.folder)/laptops/copy-\(UUID().uuidString)"
        try Folder.create(folder)
        let copy = "\(folder)/notebook.sqlite"
        try store.file.backup(to: copy)
        try FileManager.default.copyItem(atPath: path + ".key", toPath: copy + ".key")
        return Laptop(name: name, path: copy, notebook: try NotebookFile(path: copy).open())
    }

}
