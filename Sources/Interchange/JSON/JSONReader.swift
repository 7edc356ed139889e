import Wording

/// What keeps a text from being JSON, in words.
struct JSONProblem: Error, Equatable {
    let words: Phrase
}

/// Reads one JSON value (RFC 8259) out of bytes that may be anything.
struct JSONReader {
    private let bytes: [UInt8]
    private var next = 0
    /// How deep lists and objects may stand in one another.
    private static let mostDepth = 32

    /// Throws `JSONProblem` for anything but exactly one value.
    static func value(_ bytes: [UInt8]) throws -> JSONValue {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw JSONProblem(words: "it is not text in UTF-8")
        }
        var reader = JSONReader(bytes: bytes)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.next == bytes.count else {
            throw reader.problem("there is something after its end")
        }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private func problem(_ words: Phrase) -> JSONProblem {
        JSONProblem(words: "\(words) (at character \(next + 1))")
    }

    private var byte: UInt8? { next < bytes.count ? bytes[next] : nil }

    private mutating func skipSpace() {
        while let byte, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { next += 1 }
    }

    /// Takes a byte if it is the next one.
    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard byte == UInt8(ascii: character) else { return false }
        next += 1
        return true
    }

    private mutating func value(depth: Int) throws -> JSONValue {
        skipSpace()
        switch byte {
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "{"): return try object(depth + 1)
        case UInt8(ascii: "["): return try list(depth + 1)
        case UInt8(ascii: "t"): return try word("true", .flag(true))
        case UInt8(ascii: "f"): return try word("false", .flag(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw problem("it ends too soon")
        default: return try number()
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws -> JSONValue {
        guard bytes[next...].starts(with: word.utf8) else { throw problem("this is no JSON") }
        next += word.utf8.count
        return value
    }

    private mutating func number() throws -> JSONValue {
        let start = next
        _ = take("-")
        let whole = digits()
        guard whole > 0, whole == 1 || bytes[next - whole] != UInt8(ascii: "0") else {
            throw problem("this is no JSON")
        }
        if take("."), digits() == 0 { throw problem("a number has no digits after its point") }
        if take("e") || take("E") {
            _ = take("+") || take("-")
            guard digits() > 0 else { throw problem("a number has no digits in its exponent") }
        }
        return .number(String(decoding: bytes[start..<next], as: UTF8.self))
    }

    private mutating func digits() -> Int {
        let start = next
        while let byte, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { next += 1 }
        return next - start
    }

    private mutating func list(_ depth: Int) throws -> JSONValue {
        var elements: [JSONValue] = []
        try members(depth, end: "]") { reader in elements.append(try reader.value(depth: depth)) }
        return .list(elements)
    }

    private mutating func object(_ depth: Int) throws -> JSONValue {
        var members: [String: JSONValue] = [:]
        try self.members(depth, end: "}") { reader in
            reader.skipSpace()
            guard reader.byte == UInt8(ascii: "\"") else {
                throw reader.problem("a name is missing")
            }
            let name = try reader.text()
            reader.skipSpace()
            guard reader.take(":") else { throw reader.problem("a colon is missing") }
            guard members[name] == nil else { throw reader.problem("a name stands in it twice") }
            members[name] = try reader.value(depth: depth)
        }
        return .object(members)
    }

    /// What stands between brackets, with commas between.
    private mutating func members(
        _ depth: Int, end: Unicode.Scalar, _ each: (inout JSONReader) throws -> Void
    ) throws {
        guard depth <= Self.mostDepth else { throw problem("it is nested too deep") }
        next += 1
        skipSpace()
        if take(end) { return }
        while true {
            try each(&self)
            skipSpace()
            if take(end) { return }
            guard take(",") else { throw problem("a comma or \"\(end)\" is missing") }
        }
    }

    private mutating func text() throws -> String {
        next += 1
        var text: [UInt8] = []
        while let byte {
            next += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += try escaped()
            case 0..<0x20: throw problem("a line break or tab stands in a text as it is")
            default: text.append(byte)
            }
        }
        throw problem("a text has no end")
    }

    private static let plainEscapes: [UInt8: UInt8] = [
        0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12,
        UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9,
    ]

    /// What stands after a backslash.
    private mutating func escaped() throws -> [UInt8] {
        guard let byte else { throw problem("a text has no end") }
        next += 1
        if let plain = Self.plainEscapes[byte] { return [plain] }
        guard byte == UInt8(ascii: "u") else { throw problem("a backslash stands before nothing") }
        var code = try unit()
        if (0xD800..<0xDC00).contains(code), take("\\"), take("u") {
            let low = try unit()
            guard (0xDC00..<0xE000).contains(low) else { throw problem("half a character") }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code), let encoded = UTF8.encode(scalar) else {
            throw problem("half a character")
        }
        return Array(encoded)
    }

    /// Four hexadecimal digits.
    private mutating func unit() throws -> UInt32 {
        guard next + 4 <= bytes.count,
            let code = UInt32(String(decoding: bytes[next..<next + 4], as: UTF8.self), radix: 16),
            bytes[next] != UInt8(ascii: "+"), bytes[next] != UInt8(ascii: "-")
        else { throw problem("a character's number is not four digits") }
        next += 4
        return code
    }
}
