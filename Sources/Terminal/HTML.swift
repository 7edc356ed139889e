/// Text for a page that a browser shows.
package enum HTML {
    /// Text that may have come from anybody, as it stands between tags or in a quoted attribute.
    package static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in Plain.oneLine(text).unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
