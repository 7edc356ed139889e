import Replication
import Store
import Sync
import Testing

@testable import Hub
@testable import Notebook

/// An enrolled leader's device that a thief has, or a leader who means harm, can write lies in the
/// leader's own turf. It can do nothing to others that they cannot undo.
@Suite("A leader who means harm")
struct HostileLeaderTests {
    /// Fills a record until the hub takes no more of it from a leader.
    private func fill(_ key: RecordKey, _ laptop: Laptop) async throws {
        while try !laptop.refusals().contains("full") {
            try laptop.store.write { transaction in
                for _ in 0..<1000 {
                    try transaction.commit(
                        [Edit(key, [.remark(laptop.notebook.newID().description)])],
                        by: laptop.notebook.me.member)
                }
            }
            try await laptop.sync()
        }
    }

    @Test func keepsNobodyFromMendingARecordThatSheFilled() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            try await fill(Person.key(scene.rosa), scene.lena)
            try await scene.ana.sync()
            try scene.ana.setPhone("555-0177", of: scene.rosa)
            try await scene.move(scene.rosa, to: scene.south)
            try scene.ana.notebook.deletePerson(scene.rosa)
            try await scene.ana.sync()
            #expect(try scene.ana.refusals() == [])
            try await scene.sam.sync()
            #expect(try scene.sam.names() == [])
            #expect(try await scene.differences(of: scene.sam, reading: scene.south) == [])
        }
    }

    /// What is written about a person would follow that one to wherever they live.
    @Test(arguments: [OneToOne.kind, Commitment.kind])
    func writesAboutNobodyElsesPeople(kind: KindSchema) async throws {
        try await Parish.open { parish in
            let scene = try await DoorScene(parish)
            let theirs = try await scene.make(Person.kind.number, in: .otherTurf)
            let hers = try await scene.make(Person.kind.number, in: .ownTurf)
            func rules(_ caller: Caller, about person: RecordID) async throws -> [String] {
                let key = RecordKey(kind.number, parish.newID())
                return try await scene.rules(
                    for: caller,
                    [Edit(key, home: scene.space(.ownTurf), [.set(16, .keep, .id(person))])])
            }
            #expect(try await rules(.leader, about: theirs.id) == ["person"])
            #expect(try await rules(.leader, about: parish.newID()) == ["person"])
            #expect(try await rules(.leader, about: hers.id) == [])
            #expect(try await rules(.organizer, about: theirs.id) == [])
        }
    }

    /// Whoever reads "met by Ana" must not be shown another name for Ana.
    @Test func takesNobodysID() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            for id in [scene.ana.notebook.me.member, scene.north, scene.rosa] {
                let key = RecordKey(Commitment.kind.number, id)
                try scene.lena.act(
                    Edit(
                        key, home: scene.north,
                        [.set(16, .keep, .id(scene.rosa)), .remark("The Bishop")]))
            }
            try await scene.lena.sync()
            #expect(try scene.lena.refusals() == ["id", "id", "id"])
            let invitation = try await parish.invitation(for: "The Bishop")
            let request = EnrolRequest(
                code: invitation.code, publicKey: DeviceKey().publicKey, member: scene.rosa)
            #expect(throws: Problem.memberKnown) {
                try Enrolment(hub: parish.hub).enrol(request)
            }
        }
    }

    @Test func makesNoTwinsInOneAct() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let id = parish.newID()
            let kinds = [Person.kind, OneToOne.kind, Commitment.kind].map(\.number)
            try scene.lena.act(
                kinds.map { kind in
                    let about = kind == Person.kind.number ? [] : [Change.set(16, .keep, .id(id))]
                    return Edit(
                        RecordKey(kind, id), home: scene.north, about + [.remark("twin")])
                })
            try await scene.lena.sync()
            #expect(try Set(scene.lena.refusals()) == ["id", "act"])
        }
    }

    /// Whoever leads such a turf would read everything.
    @Test(arguments: [Space.all, Space.commons, Space.organizers])
    func aTurfHasNoReservedID(id: RecordID) async throws {
        try await Parish.open { parish in
            let scene = try await DoorScene(parish)
            let rules = try await scene.rules(
                for: .organizer, [Edit(Turf.key(id), home: id, [.write("North")])])
            #expect(rules == ["space"])
        }
    }

    @Test func writesAboutSomebodySheJustMet() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            _ = try scene.lena.notebook.log(
                OneToOneNotes(on: scene.lena.notebook.today, summary: "At the bus stop."),
                withNew: PersonDetails(name: "Tom Bell"))
            try await parish.syncAll(scene.lena, scene.ana)
            #expect(try scene.lena.refusals() == [])
            #expect(try scene.ana.names().contains("Tom Bell"))
        }
    }

    /// What takes the place of itself says nothing, and would put a record where nobody sees it; what
    /// somebody has yet to write would be dead before they write it. No organizer may do that either.
    @Test(arguments: [false, true])
    func namesNothingThatIsToCome(ofAHubThatWasPutBack: Bool) async throws {
        try await Parish.open { parish in
            if ofAHubThatWasPutBack { try parish.hub.wasRestored() }
            let ana = try await parish.laptop("Ana")
            try await ana.sync()
            var scribe = try await Scribe(parish)
            try await scribe.greet()
            let next = Dot(ana.store.device, try ana.store.meta().head.seq + 1)
            let named = [Dot(scribe.key.device, 1), Dot(scribe.key.device, 9), next]
            let commits = named.enumerated().map {
                scribe.commit(Seq($0.offset + 1), overwriting: [$0.element])
            }
            let answer = try await scribe.send(scribe.push(commits))
            let rules = try SyncAnswer(decoding: answer.plainBody).refused.map(\.rule)
            #expect(rules == ["dots", "dots", "dots"])
            #expect(try parish.hub.verify().log == [])
        }
    }

    /// Another device's commits cost the hub no search each, however many a push names.
    @Test func namesAHundredThousandDotsInVain() async throws {
        try await Parish.open { parish in
            var scribe = try await Scribe(parish, .leader, of: parish.newID())
            try await scribe.greet()
            let dots = (0..<8000).map { Dot(DeviceID(rawValue: UInt64($0) << 20), 1) }
            let commits = (1...14).map { seq in
                scribe.commit(Seq(seq), overwriting: dots)
            }
            let answer = try await scribe.send(scribe.push(commits))
            #expect(answer.status == 200)
            #expect(try SyncAnswer(decoding: answer.plainBody).refused.count == commits.count)
        }
    }

    /// She keeps her old place in the log to keep the rights that she had then.
    @Test func cannotEditForEverWhatHasLeftHerTurf() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            try await scene.move(scene.rosa, to: scene.south)
            func edit(_ text: String) throws -> [String] {
                let before = try scene.lena.refusals().count
                try scene.lena.act(Edit(Person.key(scene.rosa), [.remark(text)]))
                try scene.lena.pushAndReadNothing(to: parish)
                return Array(try scene.lena.refusals()[before...])
            }
            #expect(try edit("soon after") == [])
            for _ in 0..<4 {
                parish.clock.advance(days: 8)
                try scene.lena.pushAndReadNothing(to: parish)
            }
            #expect(try edit("a month later") == ["grant"])
        }
    }

    /// Who comes after a person has left never had a right to that one.
    @Test func hasNoRightToWhatLeftBeforeSheCame() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            try await scene.move(scene.rosa, to: scene.south)
            let late = try await parish.laptop("Late", .leader, of: scene.north)
            try late.act(Edit(Person.key(scene.rosa), home: scene.north, [.remark("mine")]))
            try late.pushAndReadNothing(to: parish)
            #expect(try late.refusals() == ["grant"])
        }
    }
}

extension Laptop {
    /// Sends what is unsent, with the cursor as it is, and stores nothing of what comes back but
    /// what became of it.
    fileprivate func pushAndReadNothing(to parish: Parish) throws {
        let request = try store.request(for: parish.congregation)
        var answer = try Exchange(hub: parish.hub).answer(request, from: store.device)
        answer.entries = []
        answer.leave = []
        answer.enter = []
        if let cursor = request.cursor { answer.cursor = cursor }
        _ = try store.write { try $0.receive(answer) }
    }
}
