import GRDB
package import Replication
package import Store

/// What the levels of an assessment mean, and which way they run. A new version is a new record.
package enum Scale {
    package static let name = FieldSchema(16, "name", .text, isSearchable: true, isNeeded: true)
    package static let version = FieldSchema(17, "version", .int, range: 1...FieldRules.most)
    package static let direction = FieldSchema(18, "direction", .text, choices: ["rises", "falls"])
    package static let lowest = FieldSchema(19, "lowest", .int)
    package static let highest = FieldSchema(20, "highest", .int)
    package static let zero = FieldSchema(21, "zero", .text)
    package static let levels = FieldSchema(22, "levels", .text, isSearchable: true, isLong: true)
    package static let kind = KindSchema(
        44, "scale",
        fields: [name, version, direction, lowest, highest, zero, levels])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}

/// A scale as somebody who judges by it needs it.
package struct KnownScale: Sendable {
    package let id: RecordID
    package let name: String
    /// Whether a higher level is more.
    package let rises: Bool
    package let levels: ClosedRange<Int64>
    private let labels: [Int64: String]

    init?(_ record: KnownRecord) {
        func number(_ field: FieldSchema) -> Int64? { record.state.value(of: field.number)?.int }
        id = record.key.id
        name = record.title.words
        rises = record.state.value(of: Scale.direction.number)?.text != "falls"
        let lowest = number(Scale.lowest) ?? .min
        levels = lowest...max(lowest, number(Scale.highest) ?? .max)
        labels = Self.labels(record.state.value(of: Scale.levels.number)?.text ?? "")
    }

    package func label(of level: Int64) -> String? { labels[level] }

    /// Reads `1 = strongest`, `2: supports`, on lines of their own or with commas between.
    private static func labels(_ text: String) -> [Int64: String] {
        let found = text.matches(of: /(-?\d+)\s*[=:)]\s*([^;,\n]+)/).compactMap { match in
            Int64(match.1).map { ($0, Assignment.trimmed(match.2)) }
        }
        return Dictionary(found) { first, _ in first }
    }
}

extension Notebook {
    /// Throws `NotebookError.noSuchRecord`.
    func scale(_ id: RecordID) throws -> KnownScale {
        guard let scale = try readRecord(Scale.key(id)).flatMap(KnownScale.init) else {
            throw NotebookError.noSuchRecord(id.shortened)
        }
        return scale
    }

    /// The latest version of the only scale here; nil where there are several, or none.
    func usualScale() throws -> KnownScale? {
        let all = try store.read { db in
            try Row.fetchAll(db, sql: "SELECT id, name FROM scale ORDER BY version DESC, id DESC")
                .compactMap { row in
                    row.id("id").map { ($0, Folding.name(row.shown("name") ?? "")) }
                }
        }
        guard let latest = all.first, Set(all.map(\.1)).count == 1 else { return nil }
        return try scale(latest.0)
    }
}
