import Notebook
import Replication
import Store
import Testing

@testable import Hub

/// Who is at the door.
enum Caller: String, CaseIterable, Sendable {
    case organizer, leader, admin
}

/// Where a record lives, as the leader at the door sees it.
enum Place: Int, CaseIterable, Sendable {
    case commons, organizers, ownTurf, otherTurf
}

@Suite("What the door lets in")
struct DoorTests {
    /// A kind that no table knows: a newer program made it.
    private static let future: Kind = 900

    /// Rows of the policy: who creates or edits a kind, in the commons, with the organizers, in
    /// the leader's own turf, and in another one. `+` is let in.
    private static let policy: [(kind: Kind, caller: Caller, outcomes: String)] =
        rows(
            [1, 2, 3, 18, 19, 20, 45], organizer: "space + + +", leader: "space grant + grant",
            admin: "space grant grant grant")
        + rows(
            [9, 12, 14], organizer: "space + + +", leader: "space grant grant grant",
            admin: "space grant grant grant")
        + rows(
            [4, 5, 10, 15] + Array(22...41) + [43, 47], organizer: "space + space space",
            leader: "space grant space space", admin: "space grant space space")
        + rows(
            [6], organizer: "space space space space", leader: "space space space space",
            admin: "space space space space")
        + rows(
            [7, 8, 11, 13, 16, 17, 21, 42, 44, 46], organizer: "+ space space space",
            leader: "grant space space space", admin: "grant space space space")
        + rows(
            [future], organizer: "+ + + +", leader: "grant grant grant grant",
            admin: "grant grant grant grant")

    private static func rows(
        _ kinds: [Kind], organizer: String, leader: String, admin: String
    ) -> [(kind: Kind, caller: Caller, outcomes: String)] {
        kinds.flatMap { [($0, .organizer, organizer), ($0, .leader, leader), ($0, .admin, admin)] }
    }

    @Test func everyKindHasItsRowInThisTable() {
        let rows = Set(Self.policy.map { "\($0.kind) \($0.caller)" })
        for kind in Kinds.all.map(\.schema.number) + [Self.future] {
            for caller in Caller.allCases { #expect(rows.contains("\(kind) \(caller)")) }
        }
        #expect(rows.count == Self.policy.count)
    }

    @Test(arguments: Caller.allCases)
    func makingARecord(caller: Caller) async throws {
        try await Parish.open { parish in
            let scene = try await DoorScene(parish)
            for (kind, _, outcomes) in Self.policy.filter({ $0.caller == caller }) {
                for (place, outcome) in zip(Place.allCases, outcomes.split(separator: " ")) {
                    let key = RecordKey(kind, parish.newID())
                    let rules = try await scene.rules(
                        for: caller, [Edit(key, home: scene.space(place), [.remark("new")])])
                    let label = "\(caller) makes kind \(kind) in \(place)"
                    #expect(rules == (outcome == "+" ? [] : ["\(outcome)"]), "\(label)")
                }
            }
        }
    }

    /// An edit and a delete are judged by where the record lives, whatever the commit claims.
    @Test(arguments: Caller.allCases)
    func editingAndDeletingARecord(caller: Caller) async throws {
        try await Parish.open { parish in
            let scene = try await DoorScene(parish)
            for (kind, _, outcomes) in Self.policy.filter({ $0.caller == caller }) {
                for (place, outcome) in zip(Place.allCases, outcomes.split(separator: " "))
                where outcome != "space" {
                    let key = try await scene.make(kind, in: place)
                    for change in [Change.remark("changed"), .delete] {
                        let rules = try await scene.rulesByHand(for: caller, key, change)
                        let label = "\(caller) \(change) of kind \(kind) in \(place)"
                        #expect(rules == (outcome == "+" ? [] : ["\(outcome)"]), "\(label)")
                    }
                }
            }
        }
    }

    @Test(arguments: [
        (Caller.organizer, "+", "+"), (.leader, "grant", "grant"), (.admin, "grant", "grant"),
    ])
    func movingARecord(caller: Caller, out: String, within: String) async throws {
        try await Parish.open { parish in
            let scene = try await DoorScene(parish)
            for (from, to, outcome) in [
                (Place.ownTurf, Place.otherTurf, out), (.otherTurf, .ownTurf, out),
                (.ownTurf, .organizers, out), (.ownTurf, .ownTurf, within),
            ] {
                let key = try await scene.make(Person.kind.number, in: from)
                let rules = try await scene.rulesByHand(for: caller, key, .move(scene.space(to)))
                #expect(rules == (outcome == "+" ? [] : [outcome]), "\(from) to \(to)")
            }
        }
    }

    @Test(arguments: [
        (Kind(4), Place.organizers, Place.ownTurf), (5, .organizers, .otherTurf),
        (1, .ownTurf, .commons), (7, .commons, .organizers),
    ])
    func nobodyMovesAKindWhereItMayNotLive(kind: Kind, from: Place, to: Place) async throws {
        try await Parish.open { parish in
            let scene = try await DoorScene(parish)
            let key = try await scene.make(kind, in: from)
            let rules = try await scene.rulesByHand(
                for: .organizer, key, .move(scene.space(to)))
            #expect(rules == ["space"])
        }
    }

    @Test func onlyAnAdminErasesAndNothingComesAfter() async throws {
        try await Parish.open { parish in
            let scene = try await DoorScene(parish)
            let key = try await scene.make(Person.kind.number, in: .ownTurf)
            let erase = Change.set(CommonField.erased, .keep, .int(1))
            for caller in [Caller.leader, .organizer] {
                #expect(try await scene.rulesByHand(for: caller, key, erase) == ["grant"])
            }
            try parish.grant(.admin, to: scene.member(of: .organizer))
            // Everybody would be told of what stands beside it.
            #expect(
                try await scene.rulesByHand(for: .organizer, key, erase, .remark("x")) == ["form"])
            #expect(try await scene.rulesByHand(for: .organizer, key, erase) == [])
            #expect(try await scene.rulesByHand(for: .organizer, key, .remark("x")) == ["erased"])
            #expect(try await scene.rulesByHand(for: .leader, key, .remark("x")) == ["erased"])
        }
    }

    @Test(arguments: Caller.allCases)
    func everybodyWritesAboutThemselvesInTheCommons(caller: Caller) async throws {
        try await Parish.open { parish in
            let scene = try await DoorScene(parish)
            let own = Member.key(scene.member(of: caller))
            #expect(try await scene.rulesByHand(for: caller, own, .write("Me")) == [])
        }
    }

    @Test(arguments: Caller.allCases)
    func nobodyWritesInAnotherMembersName(caller: Caller) async throws {
        try await Parish.open { parish in
            let scene = try await DoorScene(parish)
            let key = RecordKey(Person.kind.number, parish.newID())
            let edit = Edit(key, home: scene.space(.ownTurf), [.remark("x")])
            let rules = try await scene.rules(for: caller, [edit], by: parish.newID())
            #expect(rules == ["author"])
        }
    }

    @Test(arguments: Caller.allCases)
    func anEditOfARecordThatTheHubDoesNotKnowIsRefused(caller: Caller) async throws {
        try await Parish.open { parish in
            let scene = try await DoorScene(parish)
            let key = RecordKey(Person.kind.number, parish.newID())
            #expect(
                try await scene.rulesByHand(for: caller, key, .remark("x")) == ["unknown-record"])
        }
    }

    /// A field that every kind has is written in one way, or devices would read it in two.
    @Test(arguments: [
        Change.set(CommonField.life, .keep, .int(7)), .set(CommonField.life, .latest, .deleted),
        .set(CommonField.space, .keep, .id(Space.organizers)),
        .set(CommonField.space, .latest, .text("organizers")),
        .set(CommonField.space, .latest, .null),
        .set(CommonField.erased, .keep, .int(0)), .set(4, .keep, .text("x")),
    ])
    func aCommonFieldOfAnotherFormIsRefused(change: Change) async throws {
        try await Parish.open { parish in
            let scene = try await DoorScene(parish)
            let key = try await scene.make(Person.kind.number, in: .ownTurf)
            for caller in [Caller.organizer, .leader] {
                #expect(try await scene.rulesByHand(for: caller, key, change) == ["form"])
            }
        }
    }

    /// A field that the table knows is written with its rule and a value of its type, or cleared.
    @Test(arguments: [
        (Change.set(Person.name.number, .keep, .int(7)), ["form"]),
        (.set(Person.name.number, .latest, .text("x")), ["form"]),
        (.set(Person.institution.number, .keep, .text("x")), ["form"]),
        (.set(Person.tags.number, .keep, .text("x")), ["form"]),
        (.insert(Person.tags.number, .int(7)), ["form"]),
        (.set(Person.name.number, .keep, .null), []), (.set(900, .latest, .int(7)), []),
    ])
    func aKnownFieldOfAnotherFormIsRefused(change: Change, rules: [String]) async throws {
        try await Parish.open { parish in
            let scene = try await DoorScene(parish)
            let key = try await scene.make(Person.kind.number, in: .ownTurf)
            for caller in [Caller.organizer, .leader] {
                #expect(try await scene.rulesByHand(for: caller, key, change) == rules)
            }
        }
    }

    @Test func aWholeActIsRefusedTogether() async throws {
        try await Parish.open { parish in
            let scene = try await DoorScene(parish)
            let good = RecordKey(Person.kind.number, parish.newID())
            let bad = RecordKey(Person.kind.number, parish.newID())
            let rules = try await scene.rules(
                for: .leader,
                [
                    Edit(good, home: scene.space(.ownTurf), [.remark("good")]),
                    Edit(bad, home: scene.space(.otherTurf), [.remark("bad")]),
                ])
            #expect(rules == ["act", "grant"])
            #expect(try parish.place(of: good) == nil)
        }
    }

    /// More writes than one commit takes: the second commit of the act adds to what the first made.
    @Test(arguments: [Caller.organizer, .leader])
    func anActMayMakeARecordInSeveralCommits(caller: Caller) async throws {
        try await Parish.open { parish in
            let scene = try await DoorScene(parish)
            let key = RecordKey(Person.kind.number, parish.newID())
            let tags = (0..<(Limits.commitWrites + 10)).map {
                Change.insert(Person.tags, .text("tag \($0)"))
            }
            let rules = try await scene.rules(
                for: caller, [Edit(key, home: scene.space(.ownTurf), tags)])
            #expect(rules == [])
        }
    }
}
