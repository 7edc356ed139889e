/// One of the ways in which two records are compared, each with levels from the most alike to different.
///
/// What a level is worth without any experience stands here: how often records of one person are so
/// (`same`), those of two of a household (`kin`), and those of two strangers (`strangers`). They are
/// what the authors hold plausible, and count as much as some dozens of pairs that one has seen.
enum Comparison: Int, CaseIterable, Sendable {
    case given, family, phone, email, address, institution, neighbourhood, birthday

    struct Level: Sendable {
        let same: Double
        let kin: Double
        let strangers: Double
    }

    /// In the order of the levels; each column adds up to 1.
    var levels: [Level] {
        let rows: [(Double, Double, Double)] =
            switch self {
            case .given:
                [
                    (0.80, 0.004, 0.008), (0.05, 0.003, 0.003), (0.06, 0.008, 0.004),
                    (0.03, 0.004, 0.001), (0.025, 0.003, 0.002), (0.015, 0.015, 0.015),
                    (0.003, 0.015, 0.0002), (0.017, 0.948, 0.9668),
                ]
            case .family:
                [
                    (0.73, 0.620, 0.0040), (0.12, 0.100, 0.0040), (0.05, 0.020, 0.0040),
                    (0.01, 0.005, 0.0005), (0.015, 0.010, 0.0010), (0.03, 0.080, 0.0080),
                    (0.045, 0.165, 0.9785),
                ]
            case .phone:
                [(0.62, 0.50, 0.00001), (0.05, 0.002, 0.00002), (0.33, 0.498, 0.99997)]
            case .email:
                [(0.60, 0.06, 0.00001), (0.08, 0.04, 0.0003), (0.32, 0.90, 0.99969)]
            case .address:
                [(0.55, 0.80, 0.00005), (0.05, 0.03, 0.0001), (0.40, 0.17, 0.99985)]
            case .institution:
                [(0.75, 0.70, 0.05), (0.25, 0.30, 0.95)]
            case .neighbourhood:
                [(0.73, 0.75, 0.06), (0.05, 0.05, 0.006), (0.22, 0.20, 0.934)]
            case .birthday:
                // Among siblings are twins.
                [
                    (0.66, 0.030, 0.0001), (0.22, 0.005, 0.0013), (0.06, 0.010, 0.0015),
                    (0.06, 0.955, 0.9971),
                ]
            }
        return rows.map { Level(same: $0, kin: $1, strangers: $2) }
    }
}

/// How alike the words are by which two people are called.
enum GivenLevel: UInt8, Sendable, Comparable {
    case same, nickname, slip
    /// One's given name is a further name of the other, or stands in another place.
    case moved
    case initial, similar
    /// The same, of which one says that they are the elder or the younger.
    case generation
    case different

    static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// How alike all other words of two names are.
enum FamilyLevel: UInt8, Sendable {
    case same
    /// One has all the words of the other, and more: a second family name, a middle name.
    case included
    case alike
    /// Both have one name alone.
    case neither
    case initial
    /// They have a word in common, and each has another one.
    case partly
    case different
}

/// How alike two birthdays are.
enum BirthdayLevel: UInt8, Sendable {
    case same
    /// One or both are without a year.
    case sameDay
    /// A slip of the finger, or day and month in another order.
    case alike
    case different
}

/// How alike telephone numbers, e-mail addresses, addresses or neighbourhoods are.
enum ContactLevel: UInt8, Sendable {
    case same
    /// A slip of the finger; the same name at another provider.
    case alike
    case different
}

/// What comparing two records gave: a level of each comparison, or nothing where one does not say.
struct Levels: Hashable, Sendable {
    private static let unknown: UInt32 = 15
    /// Four bits for each comparison.
    private var bits: UInt32 = 0xFFFF_FFFF
    /// How much rarer than others the values are that the two have in common: quarters of a bit of
    /// information, negative for rare ones.
    var rarity: Int16 = 0

    subscript(comparison: Comparison) -> Int? {
        get {
            let level = bits >> (4 * UInt32(comparison.rawValue)) & 15
            return level == Self.unknown ? nil : Int(level)
        }
        set {
            let shift = 4 * UInt32(comparison.rawValue)
            bits = bits & ~(15 << shift) | UInt32(newValue ?? Int(Self.unknown)) << shift
        }
    }

    /// With the comparison of names that was made apart.
    func with(_ names: Levels) -> Levels {
        var both = self
        both[.family] = names[.family]
        both.rarity += names.rarity
        return both
    }

    mutating func add(rarityBits: Double) {
        let sum = Double(rarity) + (rarityBits * 4).rounded()
        rarity = Int16(max(-400, min(400, sum)))
    }
}

extension Levels: Comparable {
    static func < (a: Levels, b: Levels) -> Bool { (a.bits, a.rarity) < (b.bits, b.rarity) }
}
