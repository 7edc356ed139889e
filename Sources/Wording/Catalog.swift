/// Translations by their English, as a file in gettext's PO format holds them.
///
/// Source: GNU gettext manual, "The Format of PO Files". Read are `msgid`, `msgstr`, the lines that
/// go on with them, and comments; contexts and plural forms are not used.
package struct Catalog: Sendable {
    private let translations: [String: String]

    package static let spanish = Catalog(
        po: String(decoding: PackageResources.es_po, as: UTF8.self))

    package init(po: String) {
        var entries: [String: String] = [:]
        var (id, translation) = ("", "")
        var isID = true
        func close() {
            if !id.isEmpty, !translation.isEmpty { entries[id] = translation }
        }
        for line in po.split(separator: "\n") {
            if line.hasPrefix("msgid ") {
                close()
                (id, translation, isID) = ("", "", true)
            } else if line.hasPrefix("msgstr ") {
                isID = false
            }
            guard let quote = line.firstIndex(of: "\""), !line.hasPrefix("#") else { continue }
            let text = Self.unescaped(line[quote...].dropFirst().dropLast())
            if isID { id += text } else { translation += text }
        }
        close()
        translations = entries
    }

    package func translation(of english: String) -> String? { translations[english] }

    /// What is translated.
    package var englishTexts: Set<String> { Set(translations.keys) }

    private static func unescaped(_ text: Substring) -> String {
        guard text.contains("\\") else { return String(text) }
        var result = ""
        var isEscaped = false
        for letter in text {
            switch (isEscaped, letter) {
            case (false, "\\"): isEscaped = true
            case (true, "n"): (result, isEscaped) = (result + "\n", false)
            default: (result, isEscaped) = (result + String(letter), false)
            }
        }
        return result
    }
}
