import Foundation

/// The one JSON document that a command prints for scripts.
package enum JSON {
    package static func show(_ document: some Encodable) throws {
        try Screen.write(try text(document) + "\n")
    }

    /// Keys sorted, in one line unless indented, and nothing in it that a terminal would obey: what
    /// JSON would let stand as it is, it may also escape.
    package static func text(
        _ document: some Encodable, isIndented: Bool = false
    ) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if isIndented { encoder.outputFormatting.insert(.prettyPrinted) }
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
package struct OrNull<Wrapped: Encodable>: Encodable {
    package var wrappedValue: Wrapped?

    package init(wrappedValue value: Wrapped?) {
        wrappedValue = value
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wrappedValue)
    }
}
