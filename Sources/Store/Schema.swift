package import Replication

/// What a field holds.
package enum FieldType: String, Sendable, Hashable {
    case text
    case int
    /// A day people mean, without a time.
    case day
    case id
}

/// A field of a kind: its number and rule on the wire, its name and type for people and queries.
package struct FieldSchema: Sendable, Hashable {
    package let number: Field
    package let name: String
    package let type: FieldType
    package let rule: MergeRule
    /// Whether `find` looks into it.
    package let isSearchable: Bool
    /// Whether its texts are long: then no table has a second copy of them, and who shows one reads
    /// the record.
    package let isLong: Bool
    /// Whether a record is known by it: then it is never empty.
    package let isNeeded: Bool
    /// The words that it takes; empty when it takes any text. What a newer program wrote may be none
    /// of them.
    package let choices: [String]
    /// The numbers that it takes; nil for any.
    package let range: ClosedRange<Int64>?
    /// The names of the kinds of which it names a record.
    package let names: [String]
    /// Whether what it held before says something of what it holds: an export has that, too.
    package let isWay: Bool

    package init(
        _ number: Field, _ name: String, _ type: FieldType, rule: MergeRule = .keep,
        isSearchable: Bool = false, isLong: Bool = false, isNeeded: Bool = false,
        choices: [String] = [], range: ClosedRange<Int64>? = nil, names: [String] = [],
        isWay: Bool = false
    ) {
        precondition(number >= CommonField.firstOfKind, "numbers below 16 are every kind's")
        self.number = number
        self.name = name
        self.type = type
        self.rule = rule
        self.isSearchable = isSearchable
        self.isLong = isLong
        self.isNeeded = isNeeded
        self.choices = choices
        self.range = range
        self.names = names
        self.isWay = isWay
    }

    /// The number of the field's range that is nearest to one that a newer program may have written.
    package func nearest(_ number: Int64) -> Int {
        range.map { Int(min(max(number, $0.lowerBound), $0.upperBound)) } ?? Int(number)
    }

    /// Whether the field holds many values, one cell for each.
    package var isSet: Bool { rule == .set }
}

/// An index of a kind's table, by columns in order: of all its rows, or of those that a condition leaves.
package struct TableIndex: Sendable, Hashable, ExpressibleByArrayLiteral {
    package let columns: [String]
    let condition: String?

    package init(_ columns: String..., of condition: String) {
        self.columns = columns
        self.condition = condition
    }

    package init(arrayLiteral columns: String...) {
        self.columns = columns
        condition = nil
    }
}

/// A kind of record. Its table has the kind's name and a column for each field that is not long.
package struct KindSchema: Sendable, Hashable {
    package let number: Kind
    package let name: String
    package let fields: [FieldSchema]
    /// What lists look up.
    package let indexed: [TableIndex]
    /// The fields that are in the kind's table.
    let columns: [FieldSchema]
    /// Writes a row of the kind's table. Made once: every record that is written needs it.
    let replacement: String

    package init(_ number: Kind, _ name: String, indexed: [TableIndex] = [], fields: [FieldSchema])
    {
        self.number = number
        self.name = name
        self.indexed = indexed
        self.fields = fields
        columns = fields.filter { !$0.isLong }
        replacement = Self.replacement(in: name, of: columns)
    }

    package func field(named name: String) -> FieldSchema? {
        fields.first { $0.name == name }
    }

    package func field(_ number: Field) -> FieldSchema? {
        fields.first { $0.number == number }
    }

    fileprivate var signature: String {
        let fields = fields.map {
            [
                "\($0.number) \($0.name) \($0.type.rawValue) \($0.rule.rawValue)",
                "\($0.isSearchable) \($0.isLong)",
            ].joined(separator: " ")
        }
        let indexes = indexed.map { index in
            Self.list(index.columns.map { "\"\($0)\"" }) + (index.condition ?? "")
        }
        return "\(number) \(name) \(Self.list(indexes)): \(fields.joined(separator: ", "))"
    }

    /// As Swift describes an array, which it does by way of reflection, and slowly.
    private static func list(_ texts: [String]) -> String {
        "[\(texts.joined(separator: ", "))]"
    }

    fileprivate var searchSignature: String {
        "\(number): \(fields.filter(\.isSearchable).map { "\($0.number)" }.joined(separator: ", "))"
    }

    /// Whether `find` can find a record of this kind.
    var isSearchable: Bool { fields.contains(where: \.isSearchable) }
}

/// The kinds that a program knows. Others are merged, kept and passed on, but have no table.
package struct Schema: Sendable, Hashable {
    package let kinds: [KindSchema]
    private let byNumber: [Kind: KindSchema]
    /// The schema as text: a change of it means that the tables must be made anew.
    let signature: String

    package init(_ kinds: [KindSchema]) {
        self.kinds = kinds
        byNumber = Dictionary(uniqueKeysWithValues: kinds.map { ($0.number, $0) })
        signature = kinds.map(\.signature).joined(separator: "\n")
        searchSignature = (["signs apart"] + kinds.map(\.searchSignature)).joined(separator: "\n")
    }

    package subscript(kind: Kind) -> KindSchema? { byNumber[kind] }

    /// The same of what `find` looks through, and of how that is parted.
    let searchSignature: String

    func kind(named name: String) -> KindSchema? { kinds.first { $0.name == name } }

    /// The names of the kinds in a signature, of whichever version.
    static func kindNames(in signature: String) -> [String] {
        signature.split(separator: "\n").compactMap { line in
            line.split(separator: " ").dropFirst().first.map(String.init)
        }
    }
}
