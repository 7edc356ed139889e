import Foundation

/// Names, numbers and addresses as they are compared: without accents, case and punctuation.
package enum Folding {
    /// "José  Núñez-Ortega" → "jose nunez ortega"
    package static func name(_ text: String) -> String {
        var folded = ""
        for scalar in text.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
            if scalar.properties.canonicalCombiningClass != .notReordered { continue }
            let isWord = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            if isWord {
                folded.unicodeScalars.append(scalar)
            } else if scalar != "'" && scalar != "\u{2019}" && folded.last != " " {
                folded.append(" ")
            }
        }
        return folded.trimmingCharacters(in: .whitespaces)
    }

    /// The digits of a phone number without the North American country code; nil for fewer than
    /// seven.
    package static func phone(_ text: String) -> String? {
        var digits = text.filter { $0.isASCII && $0.isWholeNumber }
        if digits.count == 11 && digits.hasPrefix("1") { digits.removeFirst() }
        return digits.count >= 7 ? digits : nil
    }

    /// An e-mail address in lower case; nil without an "@".
    package static func email(_ text: String) -> String? {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        return trimmed.contains("@") ? trimmed : nil
    }
}
