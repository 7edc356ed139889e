import Foundation

/// The one JSON document that a command prints for scripts.
enum JSON {
    static func show(_ document: some Encodable) throws {
        try Screen.write(try text(document) + "\n")
    }

    /// Keys sorted, in one line, and nothing in it that a terminal would obey: what JSON would let
    /// stand as it is, it may also escape.
    private static func text(_ document: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let text = String(decoding: try encoder.encode(document), as: UTF8.self)
        guard text.unicodeScalars.contains(where: Plain.isUnsafe) else { return text }
        return text.unicodeScalars.reduce(into: "") { safe, scalar in
            if Plain.isUnsafe(scalar) {
                let digits = String(scalar.value, radix: 16)
                safe += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            } else {
                safe.unicodeScalars.append(scalar)
            }
        }
    }
}

/// A value that is written as null when it is absent, where Codable would leave the key out.
@propertyWrapper
struct OrNull<Wrapped: Encodable>: Encodable {
    var wrappedValue: Wrapped?

    init(wrappedValue value: Wrapped?) {
        wrappedValue = value
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wrappedValue)
    }
}
