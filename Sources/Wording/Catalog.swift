import CCatalog

/// Translations by their English, as a file in gettext's PO format holds them.
///
/// Source: GNU gettext manual, "The Format of PO Files". Read are `msgid`, `msgstr`, the lines that
/// go on with them, and comments; contexts and plural forms are not used.
package struct Catalog: Sendable {
    private let translations: [String: String]

    package static let spanish = Catalog(
        bytes: Array(UnsafeBufferPointer(start: catalog_es(), count: catalog_es_size())))

    package init(po: String) {
        self.init(bytes: Array(po.utf8))
    }

    /// Byte by byte: it is read whenever a program starts for who reads Spanish.
    private init(bytes: [UInt8]) {
        var entries: [String: String] = [:]
        var (id, translation): ([UInt8], [UInt8]) = ([], [])
        var isID = true
        func close() {
            guard !id.isEmpty, !translation.isEmpty else { return }
            entries[String(decoding: id, as: UTF8.self)] = String(
                decoding: translation, as: UTF8.self)
        }
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            if line.starts(with: "msgid ".utf8) {
                close()
                (id, translation, isID) = ([], [], true)
            } else if line.starts(with: "msgstr ".utf8) {
                isID = false
            }
            guard line.first != UInt8(ascii: "#"),
                let quote = line.firstIndex(of: UInt8(ascii: "\""))
            else { continue }
            let text = line[quote...].dropFirst().dropLast()
            if isID { Self.unescape(text, to: &id) } else { Self.unescape(text, to: &translation) }
        }
        close()
        translations = entries
    }

    package func translation(of english: String) -> String? { translations[english] }

    /// What is translated.
    package var englishTexts: Set<String> { Set(translations.keys) }

    private static func unescape(_ text: ArraySlice<UInt8>, to result: inout [UInt8]) {
        var isEscaped = false
        for byte in text {
            if !isEscaped && byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                result.append(isEscaped && byte == UInt8(ascii: "n") ? UInt8(ascii: "\n") : byte)
                isEscaped = false
            }
        }
    }
}
