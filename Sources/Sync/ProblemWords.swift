import Wording

/// What a hub's problem means, by its rule, for who reads another language than the hub's English.
enum ProblemWords {
    /// Nil for a rule of which the hub says more than its name: its own sentence is shown.
    static func sentence(_ rule: String) -> Phrase? {
        switch rule {
        case "invitation-unknown":
            """
            This hub made no such invitation. Check that the whole link was copied, or ask for a new \
            one.
            """
        case "invitation-used":
            "This invitation has been used. Each serves once; ask for a new one."
        case "invitation-expired": "This invitation has expired. Ask for a new one."
        case "invitation-page":
            """
            This invitation is for a phone: open it in a browser, or ask for one for a laptop.
            """
        case "too-many-keys":
            """
            This notebook was copied or put back too often in a month. Ask the hub's keeper to end its \
            access and to invite it anew.
            """
        case "member-known":
            """
            This notebook's member is enrolled here already. A second laptop starts with its own \
            notebook.
            """
        case "restored":
            "The hub was put back from a backup. What is new goes up under a new key."
        case "nonce":
            "The request was signed for a nonce that has been used. Sign it for the new one."
        case "block":
            "The hub has no such block for this device, or none any more. Ask for a snapshot anew."
        case "truncated": "The body ended too early."
        case "digest": "The body is not the one that its digest names."
        default: nil
        }
    }
}
