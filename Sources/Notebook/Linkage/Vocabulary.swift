/// Every word that names consist of, each once, with what there is to know of it: a pair of names is then
/// compared by numbers.
struct Vocabulary {
    struct Word: Sendable {
        let letters: [UInt8]
        /// The same number for words that sound alike.
        let sound: Int32
        /// The groups of nicknames that it is in.
        let groups: [Int]
        /// How many people are called by it, and how many bear it beside.
        fileprivate(set) var asGiven = 0
        fileprivate(set) var asOther = 0

        var isNumber: Bool { letters.contains { $0 < UInt8(ascii: "a") } }
        var isInitial: Bool { letters.count == 1 && !isNumber }
    }

    private(set) var words: [Word] = []
    private var numbers: [String: Int32] = [:]
    private var sounds: [[UInt8]: Int32] = [:]
    private var likenesses: [UInt64: Likeness] = [:]
    /// As many bear a name that is no slip of a pen.
    private let many: Int

    init(people: Int) { many = max(5, people / 5000) }

    subscript(word: Int32) -> Word { words[Int(word)] }

    mutating func number(of text: String) -> Int32 {
        if let number = numbers[text] { return number }
        let letters = Array(text.utf8)
        let key = Phonetic.key(letters)
        let sound = sounds[key] ?? Int32(sounds.count)
        sounds[key] = sound
        let number = Int32(words.count)
        words.append(Word(letters: letters, sound: sound, groups: Nicknames.groups(of: text)))
        numbers[text] = number
        return number
    }

    /// Counts a person's words, or takes them out again.
    mutating func count(_ person: Traits, _ step: Int = 1) {
        if let given = person.given { words[Int(given)].asGiven += step }
        for other in person.others { words[Int(other)].asOther += step }
    }

    /// Says how many people have a word in their name who are not here.
    mutating func setCount(of word: Int32, to count: Int) {
        words[Int(word)].asGiven = count
        words[Int(word)].asOther = count
    }

    /// How alike two words are; each pair is worked out once.
    mutating func likeness(_ a: Int32, _ b: Int32, asGiven: Bool) -> Likeness {
        if a == b { return self[a].isInitial ? .initial : .same }
        let (low, high) = (UInt64(min(a, b)), UInt64(max(a, b)))
        let key = low << 32 | high << 1 | (asGiven ? 1 : 0)
        if let known = likenesses[key] { return known }
        let likeness = Likeness(self[a], self[b], asGiven: asGiven, many: many)
        likenesses[key] = likeness
        return likeness
    }
}

/// How alike two words of names are.
enum Likeness: UInt8, Sendable {
    case same, nickname
    /// They sound alike, or one is the other with a slip of the finger.
    case slip
    case similar
    case initial
    case different

    init(_ a: Vocabulary.Word, _ b: Vocabulary.Word, asGiven: Bool, many: Int) {
        if a.isNumber || b.isNumber {
            self = .different
        } else if a.isInitial || b.isInitial {
            self = a.letters[0] == b.letters[0] ? .initial : .different
        } else if !Set(a.groups).isDisjoint(with: b.groups) {
            self = .nickname
        } else if asGiven, Self.areOfTwoGenders(a.letters, b.letters) {
            self = .different
        } else {
            self = Self.spelling(
                a, b, asGiven ? Self.areBothGiven(a, b, many) : min(a.asOther, b.asOther) >= many)
        }
    }

    /// Two names that many bear are two names, however little is between them: José and Josué.
    private static func areBothGiven(
        _ a: Vocabulary.Word, _ b: Vocabulary.Word, _ many: Int
    ) -> Bool {
        min(a.asGiven, b.asGiven) >= many || !a.groups.isEmpty && !b.groups.isEmpty
    }

    private static func spelling(
        _ a: Vocabulary.Word, _ b: Vocabulary.Word, _ areBothNames: Bool
    ) -> Likeness {
        let likeness = JaroWinkler.likeness(a.letters, b.letters)
        let soundAlike = a.sound == b.sound
        if areBothNames { return soundAlike && likeness >= 0.88 ? .similar : .different }
        // Of short words much is alike by chance.
        let isShort = max(a.letters.count, b.letters.count) < 5
        if soundAlike, likeness >= (isShort ? 0.79 : 0.74) { return .slip }
        guard min(a.letters.count, b.letters.count) >= 4 else { return .different }
        // The first letter is where people look.
        let isSlip = a.letters[0] == b.letters[0] && JaroWinkler.isOneSlip(a.letters, b.letters)
        if isSlip { return .slip }
        return likeness >= 0.88 ? .similar : .different
    }

    /// Mario and María, Luis and Luisa, Daniel and Daniela.
    private static func areOfTwoGenders(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        let (o, vowel) = (UInt8(ascii: "o"), UInt8(ascii: "a"))
        let (man, woman) = a.last == vowel ? (b, a) : (a, b)
        guard woman.last == vowel, man.last != vowel else { return false }
        return man == woman.dropLast() || man.last == o && man.dropLast() == woman.dropLast()
    }
}
