import GRDB
import Replication
import Store

/// Keeps people out of what others write.
struct NameMask {
    /// Words of names, folded.
    private var words: Set<String> = []
    /// The same as they are written: many people share a name, and to fold one takes a while.
    private var written: Set<Substring> = []
    /// Names all of whose words are short, folded: "bo ng".
    private var shortNames: Set<String> = []
    /// Of names in Chinese and Japanese, two signs that tell them.
    private var pairs: Set<String> = []
    /// A word of a name that is shorter may stand anywhere.
    private static let shortest = 3
    /// So many digits in a text may be a telephone number.
    private static let mostDigits = 6

    init(_ scope: ReportScope) throws {
        guard try Int.fetchOne(scope.db, sql: "SELECT count(*) FROM indicator") ?? 0 > 0 else {
            return
        }
        let named = [
            (Person.kind, [Person.name, Person.given, Person.family, Person.preferred]),
            (Member.kind, [Member.name]),
        ]
        let inConflict = try Records.inConflict(scope.db)
        for (kind, fields) in named {
            try noteTable(of: kind, fields, scope.db)
            // What two people wrote differently, and what was deleted, no table has.
            let conflicting = inConflict.filter { $0.key.kind == kind.number }
            for record in try conflicting + Records.deleted(kind.number, scope.db) {
                for write in fields.flatMap({ record.state[$0.number]?.live ?? [] }) {
                    note(write.value.text ?? "")
                }
            }
        }
    }

    private mutating func noteTable(
        of kind: KindSchema, _ fields: [FieldSchema], _ db: Database
    ) throws {
        let columns = fields.map { "\"\($0.name)\"" }.joined(separator: ", ")
        var row = try FastStatement(db, "SELECT \(columns) FROM \(kind.table)")
        while try row.step() {
            for column in fields.indices { note(row.optionalText(Int32(column)) ?? "") }
        }
    }

    private mutating func note(_ name: String) {
        let parts = name.nameWords
        for word in parts where written.insert(word).inserted && word.count >= Self.shortest {
            words.insert(Folding.name(String(word)))
        }
        if parts.count > 1, parts.allSatisfy({ $0.count < Self.shortest }) {
            shortNames.insert(Self.folded(parts[...]))
        }
        // 小明 of 張小明; 山田 and 太郎 of 山田太郎.
        for run in name.runsOfSigns where run.count >= 2 {
            pairs.insert(String(run.suffix(2)))
            if run.count > 3 { pairs.insert(String(run.prefix(2))) }
        }
    }

    private static func folded(_ words: ArraySlice<Substring>) -> String {
        words.map { Folding.name(String($0)) }.joined(separator: " ")
    }

    /// Nil for a text that may be about somebody.
    func shown(_ text: String) -> String? {
        let digits = text.unicodeScalars.count { $0.properties.numericType != nil }
        let isReaching = text.contains("@") || digits > Self.mostDigits
        return isReaching || isNaming(text) ? nil : text
    }

    private func isNaming(_ text: String) -> Bool {
        let parts = text.nameWords
        if parts.contains(where: { words.contains(Folding.name(String($0))) }) { return true }
        return isShortName(in: parts) || text.runsOfSigns.contains(where: isName)
    }

    private func isShortName(in parts: [Substring]) -> Bool {
        guard !shortNames.isEmpty else { return false }
        for start in parts.indices {
            for count in 2...4 where start + count <= parts.count {
                if shortNames.contains(Self.folded(parts[start..<start + count])) { return true }
            }
        }
        return false
    }

    private func isName(_ signs: [Character]) -> Bool {
        zip(signs, signs.dropFirst()).contains { pairs.contains(String([$0, $1])) }
    }

    /// A measured value; 1 to 4 may be people.
    func value(_ text: String) -> ReportValue {
        if let count = Self.count(in: text), SmallCells.isSmall(count) { return .few }
        return ReportValue(shown(text))
    }

    /// The first number of a text, in whatever digits; nil for one that counts nobody: a percentage, or
    /// a part of one.
    private static func count(in text: String) -> Int? {
        let rest = text.drop { $0.wholeNumberValue == nil }
        let whole = rest.prefix { $0.wholeNumberValue != nil }
        var after = rest[whole.endIndex...]
        if let sign = after.first, ".,\u{66B}".contains(sign) {
            let parts = after.dropFirst().prefix { $0.wholeNumberValue != nil }
            // "3.0" is three; "3.5" is no count, and "1,000" no small one.
            guard parts.count < 3, parts.allSatisfy({ $0.wholeNumberValue == 0 }) else {
                return nil
            }
            after = after[parts.endIndex...]
        }
        let unit = after.first { !$0.isWhitespace }
        guard !whole.isEmpty, unit.map({ !"%\u{66A}\u{FF05}".contains($0) }) ?? true else {
            return nil
        }
        return whole.prefix(9).reduce(0) { $0 * 10 + min($1.wholeNumberValue ?? 0, 9) }
    }
}

extension String {
    /// The words of a text, parted by all that is neither letter nor number.
    fileprivate var nameWords: [Substring] {
        // Of every character else its properties are looked up.
        utf8.allSatisfy { $0 < 0x80 }
            ? utf8.split { !$0.isLetterOrDigit }.map(Substring.init)
            : split { !$0.isLetter && !$0.isNumber }
    }

    /// Signs of Chinese and Japanese that stand side by side.
    fileprivate var runsOfSigns: [[Character]] {
        guard utf8.contains(where: { $0 >= 0xE2 }) else { return [] }
        return split { !$0.unicodeScalars.allSatisfy(\.isUnspaced) }.map(Array.init)
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
