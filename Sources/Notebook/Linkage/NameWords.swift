/// A name, taken apart: "Dra. José de la Cruz Núñez Jr." → jose; cruz, nunez; junior.
///
/// Which of several words are family names cannot be told: "María José García" and "Ana García López"
/// look alike. So there is the word that a person is called by, and all the others.
struct NameWords {
    private(set) var given: String?
    private(set) var others: [String] = []
    private(set) var generation: Generation?

    /// What tells a parent from a child of the same name.
    enum Generation: UInt8, Sendable { case elder, younger, third }

    init(_ person: LinkagePerson) {
        let (given, family) = (Latin.words(person.given ?? ""), Latin.words(person.family ?? ""))
        if !given.isEmpty, !family.isEmpty {
            take(given + family)
        } else {
            take(Self.inOrder(person.name))
            putFamilyLast()
        }
    }

    private mutating func take(_ words: [String]) {
        var words = words
        while words.count > 2, Self.titles.contains(words[0]) { words.removeFirst() }
        generation = words.dropFirst().lazy.compactMap { Self.generations[$0] }.first
        words = words.prefix(1) + words.dropFirst().filter { Self.generations[$0] == nil }
        // The first is an initial: "Y. Soto".
        let named = words.prefix(1) + words.dropFirst().filter { !Self.particles.contains($0) }
        // A name may end in one: "Ana Do".
        if named.count > 1 { words = Array(named) }
        words = words.prefix(Self.mostWords).map { String($0.prefix(Self.mostLetters)) }
        given = words.first
        others = Array(words.dropFirst())
    }

    /// "García López, Ana" → ana, garcia, lopez; "Ana López, Jr." is in order already.
    private static func inOrder(_ name: String) -> [String] {
        let parts = name.split(separator: ",", maxSplits: 1).map { Latin.words(String($0)) }
        guard parts.count == 2, let first = parts[1].first, generations[first] == nil else {
            return parts.flatMap { $0 }
        }
        return parts[1] + parts[0]
    }

    /// Vietnamese names begin with the family: "Nguyễn Thị Hoa" → hoa; thi, nguyen.
    private mutating func putFamilyLast() {
        guard let first = given, let last = others.last,
            Self.vietnameseFamilies.contains(first) || (others.count > 1 && others[0] == "thi"),
            !Self.vietnameseFamilies.contains(last)
        else { return }
        given = last
        others = others.dropLast() + [first]
    }

    /// What is compared: of words and letters beyond, nobody has any.
    private static let mostWords = 8
    private static let mostLetters = 32

    private static let generations: [String: Generation] = [
        "jr": .younger, "junior": .younger, "hijo": .younger, "hija": .younger, "ii": .younger,
        "sr": .elder, "senior": .elder, "padre": .elder, "iii": .third, "iv": .third,
    ]
    private static let titles: Set<String> = [
        "mr", "mrs", "ms", "miss", "dr", "dra", "sr", "sra", "srta", "don", "dona", "rev", "fr",
        "sister",
        "brother", "pastor", "father", "padre", "hermana", "hermano", "imam", "rabbi",
    ]
    private static let particles: Set<String> = [
        "de", "la", "las", "del", "los", "y", "e", "van", "von", "der", "den", "da", "do", "dos",
        "das",
        "di", "el", "al", "bin", "ibn", "abu", "bint", "san", "st",
    ]
    private static let vietnameseFamilies: Set<String> = [
        "nguyen", "tran", "pham", "huynh", "hoang", "vu", "vo", "dang", "bui", "ngo", "duong",
        "phan",
        "truong", "dinh", "trinh", "luong",
    ]
}
