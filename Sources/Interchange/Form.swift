/// The form in which data comes in or goes out.
package enum Form: String, Sendable, CaseIterable {
    case ndjson
    case csv
    case vcard
    case ics

    /// The form that a file's ending names.
    package init?(ofFile path: String) {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: ".") else { return nil }
        switch name[name.index(after: dot)...].lowercased() {
        case "ndjson", "jsonl", "json": self = .ndjson
        case "csv", "tsv", "tab", "txt": self = .csv
        case "vcf", "vcard": self = .vcard
        case "ics", "ical": self = .ics
        default: return nil
        }
    }
}
