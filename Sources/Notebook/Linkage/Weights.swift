import Foundation

/// What every level of every comparison speaks for: that two records are of one person, of two people of
/// one household, or of strangers.
///
/// Two classes are the theory of record linkage (Fellegi and Sunter, "A Theory for Record Linkage", 1969).
/// The third keeps twins, namesakes in one house, and parents and children from being one: they share
/// what strangers never do, their family name, telephone and address, and so look more like one person
/// than like strangers (Winkler, "Improved Decision Rules in the Fellegi-Sunter Model", 1993; Larsen and
/// Rubin, "Iterative Automated Record Linkage Using Mixture Models", 2001).
struct Weights: Sendable {
    /// By comparison and level; each comparison's levels add up to 1.
    var same: [[Double]]
    var kin: [[Double]]
    var strangers: Strangers
    /// The share of all pairs.
    var shareOfSame: Double
    var shareOfKin: Double

    /// In a list of this many people, as long as nothing was learnt: about every seventh has
    /// another record, and somebody of their household in it. A few people are taken for part of a
    /// parish, or a first name in common would make two of ten people one.
    init(people: Int, strangers: Strangers) {
        same = Comparison.allCases.map { $0.levels.map(\.same) }
        kin = Comparison.allCases.map { $0.levels.map(\.kin) }
        self.strangers = strangers
        shareOfSame = 0.3 / Double(max(people, Self.parish))
        shareOfKin = 0.4 / Double(max(people, Self.parish))
        nameKin()
    }

    static let parish = 250

    /// Parents choose their children's names among all that there are: but for one that is passed on, those of
    /// kin are alike as often as those of strangers.
    private mutating func nameKin() {
        let given = Comparison.given.rawValue
        let different = Int(GivenLevel.different.rawValue)
        let passedOn = [GivenLevel.same, .generation].map { Int($0.rawValue) }
        for level in kin[given].indices where !passedOn.contains(level) {
            kin[given][level] = strangers.shares[given][level]
        }
        kin[given][different] += 1 - kin[given].reduce(0, +)
    }

    /// How probable each class is, the strangers' being the rest.
    struct Chances: Sendable {
        let same: Double
        let kin: Double
    }

    func chances(of levels: Levels) -> Chances {
        var same = log2(shareOfSame)
        var kin = log2(shareOfKin)
        var strange = log2(max(1 - shareOfSame - shareOfKin, 1e-9)) + Double(levels.rarity) / 4
        for comparison in Comparison.allCases {
            guard let level = levels[comparison] else { continue }
            same += log2(self.same[comparison.rawValue][level])
            kin += log2(self.kin[comparison.rawValue][level])
            strange += log2(strangers.shares[comparison.rawValue][level])
        }
        let most = max(same, kin, strange)
        let parts = (exp2(same - most), exp2(kin - most), exp2(strange - most))
        let all = parts.0 + parts.1 + parts.2
        return Chances(same: parts.0 / all, kin: parts.1 / all)
    }

    /// How much a level speaks for one person rather than two, in bits.
    func bits(_ comparison: Comparison, _ level: Int) -> Double {
        log2(same[comparison.rawValue][level] / strangers.shares[comparison.rawValue][level])
    }
}
