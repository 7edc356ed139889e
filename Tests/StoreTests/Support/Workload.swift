import Histories
import Replication
import Store

/// Seeded edits of every kind, on few records and few values, so that they meet.
struct Workload {
    var random: SplitMix64
    private let keys: [RecordKey]
    private static let words = ["Ada", "José", "Jose\u{301}", "", "\"; DROP TABLE person", "o'k\n"]

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        keys = (1...5).map { RecordKey($0 > 4 ? .meeting : .person, RecordID(rawValue: $0)) }
    }

    /// One act of one to three edits.
    mutating func act(on store: Store) throws {
        let edits = (0..<Int.random(in: 1...3, using: &random)).map { _ in edit() }
        try store.act(edits)
    }

    private mutating func edit() -> Edit {
        let key = pick(keys)
        let home = pick([Space.commons, Space.organizers, .northTurf])
        let changes = (0..<Int.random(in: 1...3, using: &random)).map { _ in change() }
        return Edit(key, home: home, changes)
    }

    private mutating func change() -> Change {
        let word = Value.text(pick(Self.words))
        return switch Int.random(in: 0..<14, using: &random) {
        case 0: .set(.name, word)
        case 1: .set(.notes, word)
        case 2: .set(.visits, .int(Int64.random(in: -2...2, using: &random)))
        case 3: .set(.born, .day(Int64.random(in: -2...2, using: &random)))
        case 4: .insert(.languages, word)
        case 5: .remove(.languages, word)
        case 6: .set(.color, word)
        case 7: .set(.origin, word)
        case 8: .set(.nickname, word)
        case 9: .set(.sponsor, .id(pick(keys).id))
        case 10: .set(pick([.name, .notes, .born, .visits]), .null)
        case 11: .move(pick([Space.commons, Space.organizers, .northTurf, .southTurf]))
        case 12: .delete
        default: .restore
        }
    }

    mutating func pick<Thing>(_ things: [Thing]) -> Thing {
        things[Int.random(in: things.indices, using: &random)]
    }
}
