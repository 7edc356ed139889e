import Foundation

/// Where people live and when they were born, beside each other.
extension Census {
    /// Says nothing of two at one address: that they live in one neighbourhood is known from it.
    func compareNeighbourhoods(
        _ a: Traits, _ b: Traits, _ strangers: Strangers, _ levels: inout Levels
    ) {
        guard let one = a.neighbourhood, let other = b.neighbourhood,
            levels[.address] != Int(ContactLevel.same.rawValue)
        else { return }
        guard one == other else {
            // Ward 5 and Ward 6 are two.
            let isSlip =
                !one.contains(where: \.isNumber)
                && JaroWinkler.isOneSlip(Array(one.utf8), Array(other.utf8))
            let level: ContactLevel = isSlip ? .alike : .different
            levels[.neighbourhood] = Int(level.rawValue)
            return
        }
        levels[.neighbourhood] = Int(ContactLevel.same.rawValue)
        let chance = chance(of: neighbourhoodCounts[one] ?? 0, elsewhere: 0.06)
        strangers.weigh(chance, .neighbourhood, &levels)
    }

    func compareBirthdays(_ a: Traits, _ b: Traits, _ levels: inout Levels) {
        guard let one = a.birthday, let other = b.birthday, let level = one.likeness(to: other)
        else { return }
        levels[.birthday] = Int(level.rawValue)
        guard level == .same else { return }
        // The first of January is written for many whose birthday nobody knows.
        let chance = chance(of: birthdayCounts[one] ?? 0, elsewhere: Birthday.chance)
        levels.add(rarityBits: log2(chance / Birthday.chance))
    }
}

extension Birthday {
    /// How often two strangers have the same one, the year included.
    fileprivate static let chance = 0.0001

    /// Nil where it says nothing: of four digits, without a year, strangers' differ in one as often
    /// as a slip of the finger comes.
    func likeness(to other: Birthday) -> BirthdayLevel? {
        if self == other { return year == nil ? .sameDay : .same }
        let isYearless = year == nil || other.year == nil
        if isYearless, month == other.month, day == other.day { return .sameDay }
        let isSameYear = isYearless || year == other.year
        if isSameYear, month == other.day, day == other.month { return .alike }
        let count = isYearless ? 5 : 10
        guard JaroWinkler.isOneSlip(digits(count), other.digits(count)) else { return .different }
        return isYearless ? nil : .alike
    }

    /// The last characters: `05-24` of `1956-05-24`.
    private func digits(_ count: Int) -> [UInt8] { Array(description.utf8.suffix(count)) }
}
