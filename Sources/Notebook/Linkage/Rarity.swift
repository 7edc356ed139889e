/// How often a stranger has by chance what somebody has.
extension Census {
    /// The fewer people there are, the more counts how common names are elsewhere.
    private var namesElsewhere: Double { Double(max(50, 500 - size)) }

    /// Names are counted without the two that are compared: of one whom nobody else is called like,
    /// next to nobody is.
    func chance(of count: Int, elsewhere: Double) -> Double {
        (Double(max(count - 2, 0)) + namesElsewhere * elsewhere) / (Double(size) + namesElsewhere)
    }

    func chanceOfGiven(_ word: Int32) -> Double {
        chance(of: words[word].asGiven, elsewhere: 0.008)
    }

    func chanceOfOther(_ word: Int32) -> Double {
        chance(of: words[word].asOther, elsewhere: 0.004)
    }

    /// How probable another word of a name is beside the given name that two people have in common: names
    /// go together, by language and by fashion.
    func chance(of word: Int32, beside given: Int32?) -> Double {
        let alone = chanceOfOther(word)
        guard let given else { return alone }
        let bearers = Double(max((nameCounts[Self.name(given, word)] ?? 0) - 2, 0))
        // Among a few people a third record is rather of the same person.
        let all = Double(size) + namesElsewhere
        let together = bearers / all * Double(size) / all
        return min(1, max(alone, together / chanceOfGiven(given)))
    }

    static func name(_ given: Int32?, _ other: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: given ?? -1)) << 32 | UInt64(UInt32(bitPattern: other))
    }

    /// How probable two words are that are alike, wherever they stand in a name.
    func chance(of one: Int32, _ other: Int32) -> Double {
        let counts = [one, other].map { words[$0].asGiven + words[$0].asOther }
        return chance(of: counts.max() ?? 0, elsewhere: 0.008)
    }

    func chanceOfContact(_ count: Int) -> Double {
        (Double(max(count - 2, 0)) + 0.05) / Double(max(size, 500))
    }
}
