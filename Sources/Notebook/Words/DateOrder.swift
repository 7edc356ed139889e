import Glibc
import Wording

/// In which order people write a date in figures.
package enum DateOrder: String, Sendable, CaseIterable {
    case dayFirst = "dmy"
    case monthFirst = "mdy"

    /// The one of the reader's locale; nil where it says none.
    @TaskLocal package static var current = DateOrder(of: { name in
        getenv(name).map { String(cString: $0) }
    })

    /// The order in which the reader writes; nil where nobody can say.
    package static var readers: DateOrder? {
        Language.current == .spanish ? .dayFirst : current
    }

    /// Where the month comes first: the United States with their territories, and the Philippines
    /// (Unicode CLDR). In Canada it may be either.
    private static let countriesOfTheMonth: Set<String> = [
        "US", "PR", "GU", "VI", "AS", "MP", "UM", "PH",
    ]

    /// The order that an environment asks for, by the variables' precedence in POSIX: that of its
    /// country, and nil without one. Whoever speaks Spanish writes the day first in every country.
    package init?(of variable: (String) -> String?) {
        let names = ["LC_ALL", "LC_TIME", "LANG"]
        let locale = names.lazy.compactMap(variable).first { !$0.isEmpty } ?? ""
        let parts = locale.prefix { $0 != "." && $0 != "@" }.split(separator: "_")
        if parts.first == "es" || Language(of: variable) == .spanish {
            self = .dayFirst
        } else if parts.count == 2, parts[1] != "CA" {
            self = Self.countriesOfTheMonth.contains(String(parts[1])) ? .monthFirst : .dayFirst
        } else {
            return nil
        }
    }
}
