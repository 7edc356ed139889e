import Foundation
import GRDB
import Notebook
import Replication
import Store
import Sync

@testable import Hub

/// Two turfs, and one device of every role at the hub's door.
struct DoorScene {
    let parish: Parish
    let north: RecordID
    let south: RecordID
    private let keeper: Laptop
    private let elsewhere: SpaceID
    private let laptops: [Caller: Laptop]

    init(_ parish: Parish) async throws {
        self.parish = parish
        elsewhere = parish.newID()
        keeper = try await parish.laptop("Keeper")
        north = try keeper.notebook.addTurf("North Side")
        south = try keeper.notebook.addTurf("South Side")
        try await keeper.sync()
        laptops = [
            .organizer: try await parish.laptop("Olga", .organizer),
            .leader: try await parish.laptop("Lena", .leader, of: north),
            .admin: try await parish.laptop("Adam", .admin),
        ]
        for laptop in laptops.values { try await laptop.sync() }
    }

    func space(_ place: Place) -> SpaceID {
        switch place {
        case .commons: Space.commons
        case .organizers: Space.organizers
        case .ownTurf: north
        case .otherTurf: south
        }
    }

    func laptop(of caller: Caller) throws -> Laptop {
        guard let laptop = laptops[caller] else { throw TCP.Failure(what: "no laptop") }
        return laptop
    }

    func member(of caller: Caller) -> MemberID {
        laptops[caller]?.notebook.me.member ?? parish.newID()
    }

    /// A record that an organizer made there and the hub has.
    func make(_ kind: Kind, in place: Place) async throws -> RecordKey {
        let key = RecordKey(kind, parish.newID())
        try keeper.act(Edit(key, home: space(place), [.remark("as it was")]))
        try await keeper.sync()
        return key
    }

    /// The rules by which the hub refuses an act; none when it lets it in.
    func rules(
        for caller: Caller, _ edits: [Edit], by author: MemberID? = nil
    ) async throws -> [String] {
        let laptop = try laptop(of: caller)
        let before = try laptop.refusals().count
        try laptop.act(edits, by: author)
        try await laptop.sync()
        return Array(try laptop.refusals()[before...])
    }

    /// The same for changes of a record that the device may never have seen: the commit is
    /// written as if it had.
    func rulesByHand(
        for caller: Caller, _ key: RecordKey, _ changes: Change...
    ) async throws -> [String] {
        let laptop = try laptop(of: caller)
        let before = try laptop.refusals().count
        try laptop.store.write { transaction in
            // A commit that the hub knows, on another record there, gives this one some space here,
            // so that the edit neither makes the record nor moves it to where it is.
            if try transaction.space(of: key) == nil {
                try transaction.merge(
                    Commit(
                        dot: Dot(keeper.store.device, 1), stamp: Stamp(rawValue: 1),
                        author: parish.newID(), key: key, transaction: 1, salt: nil,
                        writes: [FieldWrite(field: 2, rule: .latest, value: .id(elsewhere))]))
            }
            try transaction.commit([Edit(key, changes)], by: laptop.notebook.me.member)
        }
        try await laptop.sync()
        return Array(try laptop.refusals()[before...])
    }
}

extension Change {
    /// A text in the first field of any kind.
    static func write(_ text: String) -> Change { .set(16, .keep, .text(text)) }

    /// A text in a field that no table of kinds knows.
    static func remark(_ text: String) -> Change { .set(900, .keep, .text(text)) }
}

extension Parish {
    func newID() -> RecordID { hub.own.store.environment.newID() }

    func grant(_ role: Role, of turf: RecordID? = nil, to member: MemberID) throws {
        try hub.write { try Grants.add(role, turf: turf, to: member, $0) }
    }

    func withdraw(_ role: Role, of turf: RecordID, from member: MemberID) throws {
        try hub.write { db in
            try db.execute(
                sql: "DELETE FROM grants WHERE member = ? AND role = ? AND turf = ?",
                arguments: [Data(member.bytes), role.rawValue, Data(turf.bytes)])
        }
    }

    func place(of key: RecordKey) throws -> SpaceID? {
        try hub.read { db in
            var places = Places(db, at: hub.milliseconds)
            return try places.place(of: key)?.space
        }
    }
}
