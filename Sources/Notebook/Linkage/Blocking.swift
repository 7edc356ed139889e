/// Which people are worth comparing: those who have something in common that two records of one person
/// would hardly both lack. Of a hundred thousand people it brings some millions of pairs together, out of
/// five thousand million.
///
/// People are to be in the order of their names. In a block of more than `reach` each is compared with
/// those beside them alone (the sorted neighbourhood of Hernández and Stolfo, 1995), so that a number which a
/// whole parish shares, or a name that thousands bear, costs time and memory in proportion to the people.
struct Blocking {
    static let reach = 50

    /// Keys with who has them, in order of both.
    private var entries: [(key: UInt64, person: Int32)] = []
    /// Where each person's entries are.
    private var places: [Int32] = []
    private var firstPlace: [Int32] = []

    init(_ census: Census) {
        for (person, traits) in census.people.enumerated() {
            for key in Set(Self.keys(of: traits, census.words)) {
                entries.append((key, Int32(person)))
            }
        }
        entries.sort { ($0.key, $0.person) < ($1.key, $1.person) }
        dropLonely()
        note(census.people.count)
    }

    /// Nobody is compared by a key that nobody else has.
    private mutating func dropLonely() {
        var kept = 0
        for index in entries.indices {
            let key = entries[index].key
            let isShared =
                index > 0 && kept > 0 && entries[kept - 1].key == key
                || index + 1 < entries.count && entries[index + 1].key == key
            if isShared {
                entries[kept] = entries[index]
                kept += 1
            }
        }
        entries.removeLast(entries.count - kept)
    }

    private mutating func note(_ people: Int) {
        firstPlace = [Int32](repeating: 0, count: people + 1)
        for entry in entries { firstPlace[Int(entry.person) + 1] += 1 }
        for person in 0..<people { firstPlace[person + 1] += firstPlace[person] }
        var next = firstPlace
        places = [Int32](repeating: 0, count: entries.count)
        for (place, entry) in entries.enumerated() {
            places[Int(next[Int(entry.person)])] = Int32(place)
            next[Int(entry.person)] += 1
        }
    }

    /// Those after a person with whom it is to be compared, each once, in order.
    func partners(of person: Int) -> [Int] {
        var found: [Int32] = []
        for place in places[Int(firstPlace[person])..<Int(firstPlace[person + 1])] {
            let key = entries[Int(place)].key
            var next = Int(place) + 1
            let end = min(entries.count, next + Self.reach)
            while next < end, entries[next].key == key {
                found.append(entries[next].person)
                next += 1
            }
        }
        found.sort()
        var partners: [Int] = []
        for other in found where partners.last != Int(other) { partners.append(Int(other)) }
        return partners
    }
}

/// What people may have in common.
extension Blocking {
    private enum Kind: UInt64 {
        case phone, email, local, house, sounds, nickname, slipInFamily, slipInGiven, alone,
            birthday
    }

    private static func keys(of person: Traits, _ words: Vocabulary) -> [UInt64] {
        var keys = person.phones.map { key(.phone, Traits.phoneKey($0)) }
        for email in person.emails {
            keys.append(key(.email, email.whole))
            if email.isPersonal { keys.append(key(.local, email.local)) }
        }
        if let building = person.address?.building { keys.append(key(.house, building.utf8)) }
        if let birthday = person.birthday, birthday.year != nil {
            keys.append(key(.birthday, birthday.description.utf8))
        }
        guard let given = person.given.map({ words[$0] }) else { return keys }
        if person.others.isEmpty { keys.append(key(.alone, [given.sound])) }
        for other in person.others.prefix(3).map({ words[$0] }) {
            keys += Self.keys(given, other)
        }
        return keys
    }

    private static func keys(_ given: Vocabulary.Word, _ other: Vocabulary.Word) -> [UInt64] {
        // In either order: "García Ana".
        var keys = [key(.sounds, [min(given.sound, other.sound), max(given.sound, other.sound)])]
        for group in given.groups { keys.append(key(.nickname, [Int32(group), other.sound])) }
        if other.letters.count >= 5, !other.isNumber {
            for rest in withoutOne(other.letters) {
                keys.append(key(.slipInFamily, [given.sound], rest))
            }
        }
        if given.letters.count >= 4, !given.isNumber {
            for rest in withoutOne(given.letters) {
                keys.append(key(.slipInGiven, [other.sound], rest))
            }
        }
        return keys
    }

    /// A word and what is left of it without each of its letters: two between which is one slip have one
    /// of them in common (Garbe's symmetric deletion, 2012).
    private static func withoutOne(_ letters: [UInt8]) -> [[UInt8]] {
        [letters]
            + letters.indices.map { index in Array(letters[..<index] + letters[(index + 1)...]) }
    }

    private static func key(_ kind: Kind, _ bytes: some Sequence<UInt8>) -> UInt64 {
        mixed(kind.rawValue, [], bytes)
    }

    private static func key(_ kind: Kind, _ numbers: [Int32], _ bytes: [UInt8] = []) -> UInt64 {
        mixed(kind.rawValue, numbers, bytes)
    }

    /// FNV-1a, whose numbers are the same on every machine, mixed at the end.
    private static func mixed(
        _ kind: UInt64, _ numbers: [Int32], _ bytes: some Sequence<UInt8>
    ) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ kind
        hash &*= 0x100_0000_01B3
        for number in numbers {
            hash = (hash ^ UInt64(UInt32(bitPattern: number))) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 32
        }
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash ^ hash >> 29
    }
}
