import Foundation

/// What goes wrong when a name is written down.
enum Slip {
    /// One slip of the finger, anywhere but in the first letter, where people look.
    static func typing(_ word: String, _ random: inout SplitMix64) -> String {
        var letters = Array(word)
        guard letters.count >= 4 else { return word }
        let place = 1 + random.below(letters.count - 2)
        switch random.below(4) {
        case 0: letters.swapAt(place, place + 1)
        case 1: letters.remove(at: place)
        case 2: letters.insert(letters[place], at: place)
        default: letters[place] = random.pick(Array("aeiourstln"))
        }
        return String(letters)
    }

    /// What sounds the same to who writes it.
    static func hearing(_ word: String, _ random: inout SplitMix64) -> String {
        let pairs = [
            ("z", "s"), ("v", "b"), ("ll", "y"), ("j", "g"), ("h", ""), ("c", "s"), ("ph", "f"),
            ("th", "t"), ("ck", "k"), ("nn", "n"), ("i", "y"),
        ]
        let fitting = pairs.filter { from, _ in word.dropFirst().contains(from) }
        guard !fitting.isEmpty else { return typing(word, &random) }
        let (from, to) = random.pick(fitting)
        return String(word.prefix(1))
            + word.dropFirst().replacing(from, with: to, maxReplacements: 1)
    }

    static func withoutAccents(_ text: String) -> String {
        let plain = text.replacing("Đ", with: "D").replacing("đ", with: "d")
        return plain.decomposedStringWithCanonicalMapping.unicodeScalars
            .filter { $0.properties.canonicalCombiningClass == .notReordered }
            .reduce(into: "") { $0.unicodeScalars.append($1) }
    }

    /// One wrong digit, or two that changed places.
    static func dialling(_ phone: String, _ random: inout SplitMix64) -> String {
        var digits = Array(phone)
        let place = 3 + random.below(digits.count - 4)
        if digits[place] != digits[place + 1], random.chance(50) {
            digits.swapAt(place, place + 1)
        } else {
            digits[place] = digits[place] == "7" ? "1" : "7"
        }
        return String(digits)
    }

    /// As people write ten digits.
    static func format(_ phone: String, _ random: inout SplitMix64) -> String {
        let parts = (phone.prefix(3), phone.dropFirst(3).prefix(3), phone.suffix(4))
        switch random.below(5) {
        case 0: return "(\(parts.0)) \(parts.1)-\(parts.2)"
        case 1: return "\(parts.0).\(parts.1).\(parts.2)"
        case 2: return "+1 \(parts.0) \(parts.1) \(parts.2)"
        case 3: return phone
        default: return "\(parts.0)-\(parts.1)-\(parts.2)"
        }
    }
}
