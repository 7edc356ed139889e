import Foundation

/// Names, numbers and addresses as they are compared: without accents, case and punctuation.
package enum Folding {
    /// "no show", "No-Show" and "noShow" → "noshow", "teléfono" → "telefono": the short name of a kind, a
    /// field or a choice, and its words, alike.
    package static func letters(_ text: String) -> String { name(text).filter(\.isLetter) }

    /// "José  Núñez-Ortega" → "jose nunez ortega"
    package static func name(_ text: String) -> String {
        // Most names have nothing to decompose.
        let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
        let plain = isASCII ? text : text.decomposedStringWithCompatibilityMapping
        var folded = ""
        for scalar in plain.lowercased().unicodeScalars {
            let isMark =
                !scalar.isASCII && scalar.properties.canonicalCombiningClass != .notReordered
            if isMark { continue }
            if isWord(scalar) {
                folded.unicodeScalars.append(scalar)
            } else if scalar != "'" && scalar != "\u{2019}",
                let last = folded.unicodeScalars.last, last != " "
            {
                folded.append(" ")
            }
        }
        if folded.unicodeScalars.last == " " { folded.unicodeScalars.removeLast() }
        return folded
    }

    /// Whether a lower case scalar is a letter or a digit.
    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.isASCII else {
            return ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
        }
        return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }

    /// The digits of a phone number without the North American country code; nil for fewer than
    /// seven, and for what is too long to be one.
    package static func phone(_ text: String) -> String? {
        guard text.utf8.count <= 400 else { return nil }
        var digits = text.compactMap(digit).joined()
        if digits.count == 11 && digits.hasPrefix("1") { digits.removeFirst() }
        return digits.count >= 7 ? digits : nil
    }

    /// "5" of 5, and of ٥ and ५: people write numbers as they write.
    private static func digit(_ character: Character) -> String? {
        character.wholeNumberValue.flatMap { (0...9).contains($0) ? "\($0)" : nil }
    }

    /// "612-555-0142 / 555-0100 (work)": the numbers of a text that says several, each as it is written;
    /// else the text.
    package static func phones(_ text: String) -> [String] {
        // Nobody has more: what is longer was written to do harm.
        guard text.utf8.count <= 400 else { return [text] }
        let parts = text.split { "/,;|\n".contains($0) }
            .map { $0.trimmingCharacters(in: .whitespaces) }
        guard parts.count <= 8 else { return [text] }
        return parts.allSatisfy { phone($0) != nil } ? parts : [text]
    }

    /// An e-mail address in lower case; nil without an "@".
    package static func email(_ text: String) -> String? {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        return trimmed.contains("@") ? trimmed : nil
    }
}
