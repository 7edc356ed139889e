import Replication

/// A content line of vCard or iCalendar (RFC 6350, section 3.3; RFC 5545, section 3.1): a name,
/// parameters, a value.
struct ContentLine {
    /// In upper case, without a group.
    let name: String
    /// Names and values in upper case. A bare word of vCard 2.1 is a type.
    let parameters: [(name: String, value: String)]
    /// As it is written.
    let value: String

    /// Nil for what is none.
    init?(_ bytes: [UInt8]) {
        guard let colon = Self.first(UInt8(ascii: ":"), in: bytes) else { return nil }
        let head = Self.split(bytes[..<colon]).map { String(decoding: $0, as: UTF8.self) }
        guard let first = head.first?.split(separator: ".").last, !first.isEmpty else { return nil }
        name = first.uppercased()
        parameters = head.dropFirst().flatMap(Self.parameter)
        value = Self.decoded(Array(bytes[(colon + 1)...]), parameters)
    }

    func has(_ type: String) -> Bool { parameters.contains { $0 == ("TYPE", type) } }

    func parameter(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

    private static func parameter(_ text: String) -> [(name: String, value: String)] {
        guard let equals = text.firstIndex(of: "=") else {
            let word = text.uppercased()
            let isEncoding = ["QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT"].contains(word)
            return [(isEncoding ? "ENCODING" : "TYPE", word)]
        }
        let name = text[..<equals].uppercased()
        let values = text[text.index(after: equals)...].filter { $0 != "\"" }.uppercased()
        return values.split(separator: ",").map { (name, String($0)) }
    }

    /// The first such byte outside quotation marks.
    private static func first(_ wanted: UInt8, in bytes: [UInt8]) -> Int? {
        var isQuoted = false
        for (index, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if byte == wanted && !isQuoted { return index }
        }
        return bytes.firstIndex(of: wanted)
    }

    private static func split(_ bytes: ArraySlice<UInt8>) -> [[UInt8]] {
        var parts: [[UInt8]] = [[]]
        var isQuoted = false
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if byte == UInt8(ascii: ";") && !isQuoted {
                parts.append([])
            } else {
                parts[parts.count - 1].append(byte)
            }
        }
        return parts
    }

    /// The value as text: old phones write it quoted-printable, and in the letters of Windows.
    private static func decoded(
        _ bytes: [UInt8], _ parameters: [(name: String, value: String)]
    ) -> String {
        let encoding = parameters.first { $0.name == "ENCODING" }?.value
        let plain = ["QUOTED-PRINTABLE", "Q"].contains(encoding) ? unquoted(bytes) : bytes
        return String(validating: plain, as: UTF8.self) ?? TextSource.windowsText(plain)
    }

    /// RFC 2045, section 6.7.
    private static func unquoted(_ bytes: [UInt8]) -> [UInt8] {
        var plain: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "="), index + 2 < bytes.count,
                let code = Hex.decode(
                    String(decoding: bytes[index + 1...index + 2], as: UTF8.self))?.first
            {
                plain.append(code)
                index += 3
            } else {
                plain.append(byte)
                index += 1
            }
        }
        return plain
    }
}

extension ContentLine {
    /// The parts of a value between semicolons, each with its escapes resolved.
    var parts: [String] { Self.split(value, at: ";") }

    /// The same between commas.
    var list: [String] { Self.split(value, at: ",") }

    var text: String { Self.split(value, at: "\u{0}").first ?? "" }

    /// By scalars: a mark may join a separator to what stands beside it.
    private static func split(_ value: String, at separator: Unicode.Scalar) -> [String] {
        var parts = [String.UnicodeScalarView()]
        var isEscaped = false
        for scalar in value.unicodeScalars {
            if isEscaped {
                isEscaped = false
                parts[parts.count - 1].append(["n", "N"].contains(scalar) ? "\n" : scalar)
            } else if scalar == "\\" {
                isEscaped = true
            } else if scalar == separator {
                parts.append(String.UnicodeScalarView())
            } else {
                parts[parts.count - 1].append(scalar)
            }
        }
        return parts.map { String($0) }
    }

    /// A text as a value has it.
    static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        var isAfterReturn = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", ";", ",": escaped += ["\\", scalar]
            case "\n" where isAfterReturn: break
            case "\n", "\r": escaped += ["\\", "n"]
            case "\u{0}"..<" ", "\u{7F}": break
            default: escaped.append(scalar)
            }
            isAfterReturn = scalar == "\r"
        }
        return String(escaped)
    }

    /// A line with its end, broken where it is longer than 75 bytes, between characters.
    static func folded(_ line: String) -> String {
        var folded = ""
        var count = 0
        for scalar in line.unicodeScalars {
            let size = UTF8.width(scalar)
            if count + size > 75 {
                folded += "\r\n "
                count = 1
            }
            folded.unicodeScalars.append(scalar)
            count += size
        }
        return folded + "\r\n"
    }
}
