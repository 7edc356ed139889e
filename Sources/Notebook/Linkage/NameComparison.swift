/// Two people's names beside each other.
extension Census {
    mutating func compareNames(
        _ a: Traits, _ b: Traits, _ strangers: Strangers, _ levels: inout Levels
    ) {
        guard let givenA = a.given, let givenB = b.given else { return }
        let likeness = words.likeness(givenA, givenB, asGiven: true)
        if likeness == .different || likeness == .similar || likeness == .initial,
            moved(a, b, strangers, &levels)
        {
            return
        }
        var given = likeness.asGiven
        if given == .same {
            strangers.weigh(chanceOfGiven(givenA), .given, &levels)
        }
        if given <= .slip, a.generation != b.generation { given = .generation }
        levels[.given] = Int(given.rawValue)
        let shared = likeness == .same ? givenA : nil
        compareOthers(a.others, b.others, beside: shared, strangers, &levels)
    }

    /// Whether what one is called by is among the other's further names: "María Guadalupe López" and
    /// "Lupe López", "García Ana" and "Ana García".
    private mutating func moved(
        _ a: Traits, _ b: Traits, _ strangers: Strangers, _ levels: inout Levels
    ) -> Bool {
        guard let givenA = a.given, let givenB = b.given else { return false }
        let inB = b.others.firstIndex { isSame(givenA, $0) }
        let inA = a.others.firstIndex { isSame(givenB, $0) }
        guard inA != nil || inB != nil else { return false }
        var (restA, restB) = (a.others, b.others)
        if let inA { restA.remove(at: inA) }
        if let inB { restB.remove(at: inB) }
        if inA == nil { restB.append(givenB) }
        if inB == nil { restA.append(givenA) }
        // In "García Ana" and "Ana García" every word has found its like.
        let isTurned = inA != nil && inB != nil
        var names = Levels()
        if !isTurned || !restA.isEmpty && !restB.isEmpty {
            compareOthers(restA, restB, beside: nil, strangers, &names)
        }
        // "Romero Juan" and "Alicia Romero" are two: each has a name that the other lacks.
        let conflict = names[.family].map { $0 > Int(FamilyLevel.neither.rawValue) } ?? false
        guard isTurned || !conflict else { return false }
        levels = levels.with(names)
        let chanceA = inB.map { chance(of: givenA, b.others[$0]) }
        let chanceB = inA.map { chance(of: givenB, a.others[$0]) }
        let isOneGeneration = a.generation == b.generation
        levels[.given] = Int((isOneGeneration ? GivenLevel.moved : .generation).rawValue)
        strangers.weigh(chanceA ?? chanceB ?? 1, .given, &levels)
        if isTurned, restA.isEmpty || restB.isEmpty {
            let isSame = restA.isEmpty && restB.isEmpty
            levels[.family] = Int((isSame ? FamilyLevel.same : .included).rawValue)
            strangers.weigh(chanceB ?? 1, .family, &levels)
        }
        return true
    }

    /// Whether two words that stand in different places are one name; of short ones that look alike it
    /// cannot be told.
    private mutating func isSame(_ one: Int32, _ other: Int32) -> Bool {
        let likeness = words.likeness(one, other, asGiven: true)
        let isLong = min(words[one].letters.count, words[other].letters.count) > 5
        return likeness <= (isLong ? .slip : .nickname)
    }

    private mutating func compareOthers(
        _ a: [Int32], _ b: [Int32], beside given: Int32?, _ strangers: Strangers,
        _ levels: inout Levels
    ) {
        guard !a.isEmpty, !b.isEmpty else {
            if a.isEmpty, b.isEmpty { levels[.family] = Int(FamilyLevel.neither.rawValue) }
            return
        }
        var restB = b
        var restA: [Int32] = []
        var (shared, isAlike, hasInitial) = (0, false, false)
        var chance = 1.0
        for word in a {
            let likeness = restB.indices.map { words.likeness(word, restB[$0], asGiven: false) }
            guard let best = likeness.indices.min(by: { likeness[$0] < likeness[$1] }),
                likeness[best] < .different
            else {
                restA.append(word)
                continue
            }
            let found = restB.remove(at: best)
            if likeness[best] == .initial {
                hasInitial = true
            } else {
                shared += 1
                isAlike = isAlike || likeness[best] != .same
                chance *= max(
                    self.chance(of: word, beside: given), self.chance(of: found, beside: given))
            }
        }
        let level: FamilyLevel
        if shared == 0 {
            level = hasInitial ? .initial : .different
        } else if restA.isEmpty && restB.isEmpty && !hasInitial {
            // López Ruiz and Ruiz López are cousins rather than one.
            let isInOrder = a.count == 1 || words.likeness(a[0], b[0], asGiven: false) < .initial
            level = isAlike || !isInOrder ? .alike : .same
        } else if restA.isEmpty || restB.isEmpty {
            level = .included
        } else {
            level = .partly
        }
        levels[.family] = Int(level.rawValue)
        if shared > 0 { strangers.weigh(chance, .family, &levels) }
    }
}

extension Likeness: Comparable {
    static func < (a: Likeness, b: Likeness) -> Bool { a.rawValue < b.rawValue }

    fileprivate var asGiven: GivenLevel {
        switch self {
        case .same: .same
        case .nickname: .nickname
        case .slip: .slip
        case .initial: .initial
        case .similar: .similar
        case .different: .different
        }
    }
}
