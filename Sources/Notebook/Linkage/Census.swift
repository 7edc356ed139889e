/// All people who are compared, and how often what they have is had by others.
struct Census {
    private(set) var people: [Traits] = []
    var words: Vocabulary
    /// How many people there are; more than `people` where only some of them were read.
    let size: Int
    private var institutions: [String: Int32] = [:]
    private(set) var institutionCounts: [Int32: Int] = [:]
    /// How many have a given name together with another word.
    private(set) var nameCounts: [UInt64: Int] = [:]
    private(set) var phoneCounts: [[UInt8]: Int] = [:]
    private(set) var emailCounts: [[UInt8]: Int] = [:]
    private(set) var buildingCounts: [String: Int] = [:]
    private(set) var neighbourhoodCounts: [String: Int] = [:]
    private(set) var birthdayCounts: [Birthday: Int] = [:]

    init(_ people: some Sequence<LinkagePerson>, size: Int? = nil) {
        var traits: [Traits] = []
        words = Vocabulary(people: size ?? people.underestimatedCount)
        for person in people { traits.append(Traits(person, &words, &institutions)) }
        self.size = size ?? traits.count
        for person in traits { words.count(person) }
        for index in traits.indices where isTurned(traits[index]) {
            words.count(traits[index], -1)
            traits[index].turn()
            words.count(traits[index])
        }
        self.people = traits
        for person in traits { count(person) }
    }

    /// Whether somebody's names are in another order than everybody else's: "García Ana" among many who are
    /// called Ana, and many Garcías.
    private func isTurned(_ person: Traits) -> Bool {
        guard let first = person.given.map({ words[$0] }),
            let last = person.others.last.map({ words[$0] })
        else { return false }
        return first.asOther > 4 * first.asGiven + 4 && last.asGiven > 4 * last.asOther + 4
    }

    private mutating func count(_ person: Traits) {
        for other in Set(person.others) {
            nameCounts[Self.name(person.given, other), default: 0] += 1
        }
        for phone in Set(person.phones.map(Traits.phoneKey)) { phoneCounts[phone, default: 0] += 1 }
        for email in Set(person.emails.map(\.whole)) { emailCounts[email, default: 0] += 1 }
        if let building = person.address?.building { buildingCounts[building, default: 0] += 1 }
        if let body = person.institution { institutionCounts[body, default: 0] += 1 }
        if let place = person.neighbourhood { neighbourhoodCounts[place, default: 0] += 1 }
        if let birthday = person.birthday { birthdayCounts[birthday, default: 0] += 1 }
    }

    /// Says how many people bear a word of the first person's name, themselves included, where not all
    /// were read.
    mutating func countFirst(_ count: (String) throws -> Int) rethrows {
        guard let first = people.first else { return }
        for word in Set([first.given].compactMap { $0 } + first.others) {
            let text = String(decoding: words[word].letters, as: UTF8.self)
            words.setCount(of: word, to: try count(text))
        }
    }
}

/// Two people beside each other.
extension Census {
    mutating func levels(_ a: Int, _ b: Int, _ strangers: Strangers) -> Levels {
        var levels = Levels()
        compareNames(people[a], people[b], strangers, &levels)
        comparePhones(people[a], people[b], strangers, &levels)
        compareEmails(people[a], people[b], strangers, &levels)
        compareAddresses(people[a], people[b], strangers, &levels)
        compareNeighbourhoods(people[a], people[b], strangers, &levels)
        compareBirthdays(people[a], people[b], &levels)
        if let one = people[a].institution, let other = people[b].institution {
            levels[.institution] = one == other ? 0 : 1
            if one == other {
                let chance = chance(of: institutionCounts[one] ?? 0, elsewhere: 0.05)
                strangers.weigh(chance, .institution, &levels)
            }
        }
        return levels
    }
}
