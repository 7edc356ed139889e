extension Language {
    /// Adds what is filled in. In Spanish a "y" before the sound of an i becomes "e", and an "o" before
    /// that of an o "u": "Rosa e Inés", "uno u otro" (Real Academia Española, "Diccionario
    /// panhispánico de dudas").
    func append(_ filled: String, to text: inout String) {
        if self == .spanish {
            if text.hasSuffix(" y "), Self.beginsWithI(filled) {
                text.replaceSubrange(text.index(text.endIndex, offsetBy: -2)..., with: "e ")
            } else if text.hasSuffix(" o "), Self.beginsWithO(filled) {
                text.replaceSubrange(text.index(text.endIndex, offsetBy: -2)..., with: "u ")
            }
        }
        text += filled
    }

    /// Not "hielo" or "Ian", whose first sound is another one.
    private static func beginsWithI(_ word: String) -> Bool {
        let letters = sounded(word)
        guard let first = letters.first, "ií".contains(first) else { return false }
        return letters.dropFirst().first.map { !"aeouáéóú".contains($0) } ?? false
    }

    private static func beginsWithO(_ word: String) -> Bool {
        let isEight = word.hasPrefix("8") || word.prefix { $0.isNumber } == "11"
        return isEight || sounded(word).first.map { "oó".contains($0) } ?? false
    }

    /// The first letters, without an h, that nobody hears.
    private static func sounded(_ word: String) -> Substring {
        let letters = word.prefix(3).lowercased()
        return letters.hasPrefix("h") ? letters.dropFirst() : letters[...]
    }
}
