/// How a file's text is written as bytes.
package enum TextEncoding: String, Sendable, CaseIterable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case windows1252 = "windows-1252"

    /// What a file is written in: by its mark, by the zeros of UTF-16, or UTF-8 when all of it can
    /// be that; else what old spreadsheets write.
    static func guess(_ source: SourceFile) throws -> TextEncoding {
        let start = try source.chunk(at: 0, upTo: 4096)
        if start.starts(with: [0x50, 0x4B, 3, 4]) || start.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            throw InterchangeError.spreadsheet(path: source.name)
        }
        if start.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
        if start.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
        if let wide = wide(start) { return wide }
        return try isUTF8(source) ? .utf8 : .windows1252
    }

    /// Latin letters in UTF-16 have a zero in every second place.
    private static func wide(_ start: [UInt8]) -> TextEncoding? {
        let zeros = start.indices.filter { start[$0] == 0 }
        guard zeros.count * 3 > start.count else { return nil }
        let odd = zeros.count { !$0.isMultiple(of: 2) }
        return odd * 2 > zeros.count ? .utf16LittleEndian : .utf16BigEndian
    }

    private static func isUTF8(_ source: SourceFile) throws -> Bool {
        var offset = 0
        var rest: [UInt8] = []
        while true {
            let chunk = try source.chunk(at: offset)
            if chunk.isEmpty { return rest.isEmpty }
            offset += chunk.count
            let bytes = rest + chunk
            let end = wholeCharacters(bytes)
            guard String(validating: bytes[..<end], as: UTF8.self) != nil else { return false }
            rest = Array(bytes[end...])
        }
    }

    /// Where the last character that is whole ends, at most three bytes before the end.
    private static func wholeCharacters(_ bytes: [UInt8]) -> Int {
        for back in 1...min(4, max(1, bytes.count)) where back <= bytes.count {
            let byte = bytes[bytes.count - back]
            guard byte & 0xC0 != 0x80 else { continue }
            let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
            return length > back ? bytes.count - back : bytes.count
        }
        return bytes.count
    }
}

/// A file's text as UTF-8, a piece at a time, without the mark at its start.
struct TextSource {
    private let source: SourceFile
    let encoding: TextEncoding
    private var offset = 0
    private var isAtStart = true
    /// Bytes of a character, or the first half of one, that go on in the next piece.
    private var rest: [UInt8] = []
    private var highHalf: UInt16?

    init(_ source: SourceFile, _ encoding: TextEncoding) {
        self.source = source
        self.encoding = encoding
    }

    /// The next piece; nil at the end. Throws for what is not text in this encoding.
    mutating func next() throws -> [UInt8]? {
        let chunk = try source.chunk(at: offset)
        offset += chunk.count
        if chunk.isEmpty {
            guard rest.isEmpty, highHalf == nil else { throw notText }
            return nil
        }
        var text: [UInt8]
        switch encoding {
        case .utf8: text = chunk
        case .windows1252: text = try narrow(chunk)
        case .utf16LittleEndian, .utf16BigEndian: text = try wide(rest + chunk)
        }
        guard !text.contains(0) else { throw notText }
        if isAtStart, text.starts(with: [0xEF, 0xBB, 0xBF]) { text.removeFirst(3) }
        isAtStart = false
        return text
    }

    private var notText: InterchangeError {
        .notText(path: source.name, encoding: encoding.rawValue)
    }

    /// What Windows-1252 has where Latin-1 has control characters; zeros are unused.
    private static let windows: [UInt16] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
        0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
        0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
    ]

    private func narrow(_ chunk: [UInt8]) throws -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(chunk.count * 2)
        for byte in chunk {
            guard let scalar = Self.windows(byte), let encoded = UTF8.encode(scalar) else {
                throw notText
            }
            text += Array(encoded)
        }
        return text
    }

    /// Nil for the few bytes that mean nothing.
    private static func windows(_ byte: UInt8) -> Unicode.Scalar? {
        guard (0x80..<0xA0).contains(byte) else { return Unicode.Scalar(byte) }
        let code = windows[Int(byte) - 0x80]
        return code == 0 ? nil : Unicode.Scalar(code)
    }

    /// Bytes that are no UTF-8 as Windows-1252 has them.
    static func windowsText(_ bytes: [UInt8]) -> String {
        var text = String.UnicodeScalarView()
        for byte in bytes { text.append(windows(byte) ?? "\u{FFFD}") }
        return String(text)
    }

    private mutating func wide(_ bytes: [UInt8]) throws -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        let low = encoding == .utf16LittleEndian ? 0 : 1
        for index in stride(from: 0, to: bytes.count - 1, by: 2) {
            let unit = UInt16(bytes[index + low]) | UInt16(bytes[index + 1 - low]) << 8
            if let scalar = try scalar(unit) { text += Array(UTF8.encode(scalar) ?? .init()) }
        }
        rest = bytes.count.isMultiple(of: 2) ? [] : [bytes[bytes.count - 1]]
        return text
    }

    /// The character that a unit ends; nil for the first half of one.
    private mutating func scalar(_ unit: UInt16) throws -> Unicode.Scalar? {
        if let high = highHalf {
            guard (0xDC00..<0xE000).contains(unit) else { throw notText }
            highHalf = nil
            return Unicode.Scalar(
                0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(unit) - 0xDC00))
        }
        if (0xD800..<0xDC00).contains(unit) {
            highHalf = unit
            return nil
        }
        guard let scalar = Unicode.Scalar(unit) else { throw notText }
        return scalar
    }
}
