import Glibc

/// A language in which the program speaks.
package enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case spanish = "es"

    /// The reader's: what FIELDBOOK_LANGUAGE says, else the locale; English where neither names one
    /// that is spoken here.
    @TaskLocal package static var current = Language(of: { name in
        getenv(name).map { String(cString: $0) }
    })

    /// The language that an environment asks for, by the variables' precedence in POSIX.
    package init(of variable: (String) -> String?) {
        let names = ["FIELDBOOK_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"]
        let wanted = names.lazy.compactMap(variable).first { !$0.isEmpty } ?? ""
        let code = wanted.prefix { $0.isLetter }.lowercased()
        self = Self(rawValue: code) ?? .english
    }

    /// The first of a browser's languages (RFC 9110, 12.5.4) that is spoken here, else English.
    ///
    /// Browsers name them in the order in which their owner wants them, so that weights are not
    /// compared.
    package init(accepting header: String) {
        let codes = header.split(separator: ",").map { language in
            language.drop { $0 == " " }.prefix { $0.isLetter }.lowercased()
        }
        self = codes.lazy.compactMap(Self.init(rawValue:)).first ?? .english
    }

    /// The words for English ones, with the same places to fill in; the English ones where the
    /// catalog has none.
    package func translation(of english: String) -> String {
        guard self == .spanish, !english.isEmpty else { return english }
        return Catalog.spanish.translation(of: english) ?? english
    }
}
