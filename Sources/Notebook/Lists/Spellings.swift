import GRDB
import Store

/// A name in every mixture of upper and lower case letters, A to Z, in which somebody bears it.
///
/// The index of names knows no such equality, and to read all names takes the longer the more there
/// are. So this goes along the index letter by letter, wherever some name begins so.
struct Spellings {
    private var nextName: FastStatement
    private static let mostBytes = 4 * FieldRules.lettersOfName

    init(_ db: Database) throws {
        nextName = try FastStatement(
            db, "SELECT name FROM person WHERE name >= ? ORDER BY name LIMIT 1")
    }

    /// A name that nobody can bear, which came from elsewhere, is looked up as it is written alone.
    mutating func all(of name: String) throws -> [String] {
        var starts: [[UInt8]] = [[]]
        guard name.utf8.count <= Self.mostBytes else { return [name] }
        for letter in name.utf8 {
            let longer = starts.flatMap { start in Self.cases(of: letter).map { start + [$0] } }
            starts = try longer.filter { try firstName(from: $0)?.starts(with: $0) ?? false }
        }
        // Of all names that begin so, the whole one is the first.
        return try starts.filter { try firstName(from: $0) == $0 }
            .map { String(decoding: $0, as: UTF8.self) }
    }

    private mutating func firstName(from start: [UInt8]) throws -> [UInt8]? {
        nextName.bind(text: start)
        defer { nextName.reset() }
        return try nextName.step() ? nextName.bytes(0) : nil
    }

    private static func cases(of letter: UInt8) -> [UInt8] {
        let upper = letter & 0xDF
        let isLetter = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(upper)
        return isLetter ? [upper, upper | 0x20] : [letter]
    }
}
