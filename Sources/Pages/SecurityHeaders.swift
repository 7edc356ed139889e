import HTTPTypes

/// The headers that every answer has, errors and redirects too.
enum SecurityHeaders {
    /// No script, no picture, no frame, and nothing from elsewhere: text and one style sheet.
    static let policy =
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'"

    private static let all = fields([
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ])

    /// What ends a session also empties the phone. Cookies are not on the list, since a browser
    /// would empty those of the whole domain, which is the congregation's web site; ours is
    /// taken back by name.
    static let clearing = fields([("Clear-Site-Data", "\"cache\", \"storage\"")])

    static func add(to headers: inout HTTPFields) {
        for field in all { headers[field.name] = field.value }
        // A phone that is passed around must not show a page again that was closed.
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
    }

    private static func fields(_ pairs: [(String, String)]) -> HTTPFields {
        HTTPFields(
            pairs.compactMap { name, value in
                HTTPField.Name(name).map { HTTPField(name: $0, value: value) }
            })
    }
}
