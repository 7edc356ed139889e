import Foundation

/// Names of every script in the letters a to z, so that Юрий and Yuri can be compared.
enum Latin {
    /// The words of a text: "Nguyễn Thị Đào" → nguyen, thi, dao.
    static func words(_ text: String) -> [String] {
        letters(Folding.name(text)).split(separator: " ").map(String.init)
    }

    /// How a text of Latin letters may be written in Cyrillic and in Greek.
    static func inOtherScripts(_ text: String) -> [String] {
        [StringTransform("Latin-Cyrillic"), StringTransform("Latin-Greek")].compactMap {
            text.applyingTransform($0, reverse: false)
        }.map(Folding.name).filter { $0 != text && !$0.isEmpty }
    }

    private static func letters(_ folded: String) -> String {
        guard folded.utf8.contains(where: { $0 >= 0x80 }) else { return folded }
        var latin = ""
        for scalar in folded.unicodeScalars {
            if let letters = table[scalar] {
                latin += letters
            } else {
                latin.unicodeScalars.append(scalar)
            }
        }
        guard latin.utf8.contains(where: { $0 >= 0x80 }) else { return latin }
        // The scripts that the table lacks: Greek, Hebrew, Chinese and all others that ICU has.
        let transform = StringTransform("Any-Latin; Latin-ASCII")
        return Folding.name(latin.applyingTransform(transform, reverse: false) ?? latin)
    }

    /// Latin letters that do not come apart into a letter and a mark; Cyrillic as passports have it
    /// (ICAO 9303, but for soft and hard signs); Arabic and Persian by its consonants.
    private static let table: [Unicode.Scalar: String] = {
        let rows = """
            đd ðd øo łl ßss æae œoe ıi þth ħh
            аa бb вv гg дd еe ёe жzh зz иi йi кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ъ
            ыy ьэe юiu яia іi їi єie ґg ўu
            اa أa إa آa ىa بb تt ثth جj حh خkh دd ذdh رr زz سs شsh صs ضd طt ظz عa غgh فf قq كk لl مm نn
            هh وw يy ةa ء ئy ؤw پp چch ژzh گg کk یy
            """
        var table: [Unicode.Scalar: String] = [:]
        for row in rows.split(whereSeparator: \.isWhitespace) {
            var letter: Unicode.Scalar?
            for scalar in row.unicodeScalars {
                if scalar.isASCII, let letter {
                    table[letter]?.unicodeScalars.append(scalar)
                } else {
                    letter = scalar
                    table[scalar] = ""
                }
            }
        }
        return table
    }()
}
