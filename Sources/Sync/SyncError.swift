import Store
package import Wording

/// Why an exchange did not take place, in a sentence with what to do next. What was not sent stays
/// in the notebook in every case.
package enum SyncError: Error, Equatable {
    /// Nobody answered, or something that is no hub.
    case unreachable(url: String, reason: Phrase)
    /// The line broke while much was on its way: less may get through.
    case cut(url: String, reason: Phrase)
    /// The hub takes nothing right now: it has no time or no disk, or has taken enough for a day.
    case busy(url: String)
    case notAnInvitation
    case notAPeerLink
    /// The address is of another machine, and does not encrypt.
    case notEncrypted(url: String)
    case notJoined
    case alreadyJoined(congregation: String)
    /// What answered signed with another key than the invitation named, or not rightly.
    case wrongHubKey(url: String)
    /// The hub refused the request as a whole.
    case refused(rule: String, detail: String)
    /// The hub does not know this device.
    case notKnown
    /// The hub ended this device's access. What the notebook held of the congregation is gone from it.
    case revoked
    /// The same, but that what the notebook held of the congregation could not be removed yet.
    case revokedKept(reason: Phrase)
    /// The hub has not heard from this device for too long.
    case lapsed
    /// A message from the hub could not be understood.
    case notUnderstood(String)
    /// One act is larger than the hub takes in one body.
    case actTooLarge
    /// Rounds went by without any progress.
    case stuck

    /// Whether the hub has other commits of this device than its notebook.
    static func isFork(_ error: any Error) -> Bool {
        if isOfRestore(error) { return true }
        if case SyncError.refused("forked", _) = error { return true }
        if case StoreError.forked = error { return true }
        return false
    }

    /// Whether the hub, put back from a backup, wants what is new under a new key.
    static func isOfRestore(_ error: any Error) -> Bool {
        if case SyncError.refused("restored", _) = error { true } else { false }
    }

    /// Whether trying later may help.
    package var isTemporary: Bool {
        switch self {
        case .unreachable, .cut, .busy: true
        default: false
        }
    }
}

extension SyncError: Explained {
    package var explanation: Phrase {
        switch self {
        case .unreachable(let url, let reason), .cut(let url, let reason):
            """
            The hub at \(url) cannot be reached (\(reason)). Nothing is lost: all entries stay in \
            this notebook. Try "fieldbook sync" again later.
            """
        case .busy(let url):
            """
            The hub at \(url) takes nothing right now: it is busy or out of space, or has taken as \
            much as it does in a day. Nothing is lost: all entries stay in this notebook. Try \
            "fieldbook sync" again in a few minutes, and tell your hub's keeper if that does not help.
            """
        case .notAnInvitation:
            """
            That is not an invitation. It looks like https://hub.example.org/join/CODE#KEY; copy \
            all of it, in quotes, from the message of the person who invited you.
            """
        case .notAPeerLink:
            """
            This is not the link of another hub. Nothing was changed. It looks like \
            https://HUB#KEY, and that hub's keeper sees it with "fieldbook-hub peer list".
            """
        case .notEncrypted(let url):
            """
            The address \(url) does not encrypt: it begins with http, and is of another machine, so \
            that what is sent could be read on the way. Nothing was sent. Ask your hub's keeper for \
            an invitation that begins with https.
            """
        case .notJoined:
            """
            This notebook belongs to no hub yet, so there is nothing to exchange with. Ask your \
            hub's keeper for an invitation, then run "fieldbook join INVITATION".
            """
        case .alreadyJoined(let congregation):
            """
            This notebook already belongs to "\(congregation)". Nothing was changed. For another \
            hub make another notebook with "fieldbook init --notebook FILE".
            """
        case .wrongHubKey(let url):
            """
            What answers at \(url) is not the hub that invited you: its key is another one. \
            Nothing of it was taken in. Ask your hub's keeper. If the hub was made anew, take what is \
            here along: "fieldbook export all.ndjson", then join with a new notebook, and import that \
            file into it.
            """
        case .refused(let rule, let detail):
            "The hub refused: \(ProblemWords.sentence(rule) ?? .verbatim(detail))"
        case .notKnown:
            """
            The hub does not know this laptop: it was made anew, or put back from a backup of before \
            you joined. Nothing is lost: all entries stay in this notebook. Ask your hub's keeper for \
            a new invitation, run "fieldbook join INVITATION", and everything goes up again.
            """
        case .revoked:
            """
            The hub has ended this laptop's access. What the notebook held of the congregation was \
            removed from it; what was written here and never sent is kept. If that is a mistake, ask \
            your hub's keeper for a new invitation: everything comes back with it.
            """
        case .revokedKept(let reason):
            """
            The hub has ended this laptop's access. What the notebook holds of the congregation is to be \
            removed from it, and could not be: \(reason) When that is mended: fieldbook sync
            """
        case .lapsed:
            """
            The hub has not heard from this laptop for 30 days, so its access has lapsed. Nothing is \
            lost: all entries stay in this notebook. Ask your hub's keeper for a new invitation, and \
            run "fieldbook join INVITATION".
            """
        case .notUnderstood(let what):
            """
            The hub's answer could not be understood (\(what)) Nothing was changed. One of the two \
            may need a newer version of Fieldbook.
            """
        case .actTooLarge:
            "One entry is larger than the hub takes at once. Shorten it and try again."
        case .stuck:
            """
            The exchange made no progress and was stopped. Nothing is lost. Try again; if it \
            happens again, run "fieldbook verify" and tell your hub's keeper.
            """
        }
    }
}
