/// What somebody probably meant by a word that is misspelt.
package enum Spelling {
    /// The nearest of some words, however they are capitalized; nil when none is near enough.
    package static func nearest(to word: String, among words: [String]) -> String? {
        let near = words.compactMap { other in
            slips(from: word.lowercased(), to: other.lowercased()).map { slips in
                (slips: slips, length: abs(other.count - word.count), word: other)
            }
        }
        return near.min { ($0.slips, $0.length, $0.word) < ($1.slips, $1.length, $1.word) }?.word
    }

    /// How many slips make another word of one; nil for more than anybody makes. The same letters in
    /// another order count as one.
    package static func slips(from word: String, to other: String) -> Int? {
        slips(from: word, to: other, most: word.count < 5 ? 1 : 2)
    }

    /// The same in a word of somebody's name: Gomez is no slip of Lopez, nor Jon of Lon. One letter of
    /// four or five, two of more.
    package static func slipsOfName(from word: String, to other: String) -> Int? {
        let letters = min(word.count, other.count)
        return slips(from: word, to: other, most: letters < 4 ? 0 : letters < 6 ? 1 : 2)
    }

    private static func slips(from word: String, to other: String, most: Int) -> Int? {
        guard abs(word.count - other.count) <= most else { return nil }
        let slips =
            word == other ? 0 : word.sorted() == other.sorted() ? 1 : distance(word, other)
        return slips <= most ? slips : nil
    }

    /// How many letters have to be put in, taken out or changed (Levenshtein, 1965).
    private static func distance(_ word: String, _ other: String) -> Int {
        let other = Array(other)
        var row = Array(0...other.count)
        for (index, letter) in word.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in other.indices {
                let change = diagonal + (letter == other[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(change, row[column] + 1, diagonal + 1)
            }
        }
        return row[other.count]
    }
}
