/// How a name sounds, by its consonants: one key for what Spanish and English speakers, and clerks who
/// write down what they hear, spell in several ways.
///
/// A plainer relative of Double Metaphone (Philips, 2000): b and v; s, z and soft c; k, q and hard c; ll
/// and y; j, soft g and a first x are alike, h is silent, and of vowels only a first one counts, whichever.
struct Phonetic {
    private let letters: [UInt8]
    private var key: [UInt8] = []
    private var place = 0

    /// The key of a word of the letters a to z: "hernandez" and "ernandes" → "ARNDS"
    static func key(_ letters: [UInt8]) -> [UInt8] {
        var sound = Phonetic(letters)
        while sound.place < letters.count { sound.take() }
        // A name of vowels has no other sound than its letters.
        return sound.key.count < 2 ? letters : sound.key
    }

    private init(_ letters: [UInt8]) { self.letters = letters }

    private func letter(_ offset: Int) -> UInt8 {
        letters.indices.contains(place + offset) ? letters[place + offset] : 0
    }

    private func follows(_ text: StaticString) -> Bool {
        (0..<text.utf8CodeUnitCount).allSatisfy { letter($0) == text.utf8Start[$0] }
    }

    private static func isVowel(_ letter: UInt8) -> Bool {
        switch letter {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"),
            UInt8(ascii: "u"):
            true
        default: false
        }
    }

    private static func isSoftening(_ letter: UInt8) -> Bool {
        letter == UInt8(ascii: "e") || letter == UInt8(ascii: "i") || letter == UInt8(ascii: "y")
    }

    private mutating func put(_ sound: Unicode.Scalar, _ count: Int = 1) {
        // What is no letter from a to z stands for itself, byte by byte.
        let sound = UInt8(truncatingIfNeeded: sound.value)
        if key.last != sound { key.append(sound) }
        place += count
    }

    private mutating func take() {
        if let (sound, count) = cluster {
            put(sound, count)
        } else {
            takeOne()
        }
    }

    /// Letters that make one sound together.
    private var cluster: (Unicode.Scalar, Int)? {
        let isFirst = place == 0
        if follows("ph") { return ("F", 2) }
        if follows("sch") || follows("sh") { return ("X", follows("sh") ? 2 : 3) }
        if follows("ch") { return ("X", 2) }
        if follows("kh") || follows("ck") { return ("K", 2) }
        if follows("th") { return ("T", 2) }
        if follows("tz") || follows("ts") { return ("S", 2) }
        if follows("ght") { return ("T", 3) }
        if follows("gh") { return ("G", 2) }
        if isFirst, follows("kn") { return ("N", 2) }
        if isFirst, follows("wr") { return ("R", 2) }
        if isFirst, follows("ll") { return ("Y", 2) }
        if follows("qu") { return ("K", 2) }
        if follows("gu"), Self.isSoftening(letter(2)) { return ("G", 2) }
        return nil
    }

    private mutating func takeOne() {
        switch letter(0) {
        case UInt8(ascii: "b"), UInt8(ascii: "v"): put("B")
        case UInt8(ascii: "w"): takeW()
        case UInt8(ascii: "c"): put(Self.isSoftening(letter(1)) ? "S" : "K")
        case UInt8(ascii: "k"), UInt8(ascii: "q"): put("K")
        case UInt8(ascii: "s"), UInt8(ascii: "z"): put("S")
        case UInt8(ascii: "x"): put(place == 0 ? "J" : "S")
        case UInt8(ascii: "g"): put(Self.isSoftening(letter(1)) ? "J" : "G")
        case UInt8(ascii: "j"): put("J")
        case UInt8(ascii: "h"): takeH()
        case UInt8(ascii: "y"), UInt8(ascii: "i"): takeY()
        case let vowel where Self.isVowel(vowel): takeVowel()
        case let other: put(Unicode.Scalar(other >= 0x61 && other <= 0x7A ? other - 32 : other))
        }
    }

    private mutating func takeVowel() {
        if key.isEmpty { put("A") } else { place += 1 }
    }

    /// Silent; what is written without its vowels has one after a first h.
    private mutating func takeH() {
        if place == 0, !Self.isVowel(letter(1)) { put("A") } else { place += 1 }
    }

    /// A consonant between vowels and at the start, and then like ll; a vowel elsewhere.
    private mutating func takeY() {
        let isBeforeVowel = Self.isVowel(letter(1)) || letter(1) == UInt8(ascii: "w")
        let isY = letter(0) == UInt8(ascii: "y")
        if place == 0, isBeforeVowel {
            put("Y")
        } else if isY, isBeforeVowel, Self.isVowel(letter(-1)) {
            put("L")
        } else {
            takeVowel()
        }
    }

    private mutating func takeW() {
        if place == 0 || Self.isVowel(letter(1)) { put("B") } else { place += 1 }
    }
}
