import Replication

/// Why a request was refused as a whole, as a problem document (RFC 9457) tells it: the rule and
/// where, never a value.
package struct Problem: Error, Sendable, Equatable {
    package let status: Int
    /// A stable name for programs.
    package let rule: String
    /// A sentence for people.
    package let detail: String
    /// The position in the push, from 0.
    package let index: Int?

    /// When trying again may help; nil where that is not a matter of time.
    let retrySeconds: Int?

    package init(
        _ status: Int, _ rule: String, _ detail: String, index: Int? = nil,
        retrySeconds: Int? = nil
    ) {
        self.status = status
        self.rule = rule
        self.detail = detail
        self.index = index
        self.retrySeconds = retrySeconds
    }
}

extension Problem {
    /// Says nothing of which devices there are: that the device is not known, and that its signature
    /// does not hold, are told alike.
    static let signature = Problem(
        401, "signature", "The request is not signed by a device that is enrolled here.")
    static let headers = Problem(
        401, "signature",
        "A header of the request's signature is missing, or is not spelled as the protocol has it.")
    static let enrolmentSignature = Problem(
        401, "signature",
        "An enrolment is signed with the nonce \"\", by the key that its message names.")
    static let encodingForEnrolment = Problem(
        415, "encoding", "The body of an enrolment is not compressed.")
    static let nonce = Problem(
        401, "nonce",
        "The request was signed for a nonce that has been used. Sign it for the new one.")
    static let revoked = Problem(
        403, "revoked", "This device's access was ended. Ask the hub's keeper for a new invitation."
    )
    static let lapsed = Problem(
        403, "lapsed",
        "Nothing was heard from this device for 30 days, so its access has lapsed. Ask the hub's keeper for a new invitation."
    )
    static let invitationUnknown = Problem(
        403, "invitation-unknown",
        "This hub made no such invitation. Check that the whole link was copied, or ask for a new one."
    )
    static let invitationUsed = Problem(
        403, "invitation-used",
        "This invitation has been used. Each serves once; ask for a new one.")
    static let invitationExpired = Problem(
        403, "invitation-expired", "This invitation has expired. Ask for a new one.")
    static let invitationForPage = Problem(
        403, "invitation-page",
        "This invitation is for a phone: open it in a browser, or ask for one for a laptop.")
    static let tooManyKeys = Problem(
        409, "too-many-keys",
        "This notebook was copied or put back too often in a month. Ask the hub's keeper to end its access and to invite it anew."
    )
    static let memberKnown = Problem(
        409, "member-known",
        "This notebook's member is enrolled here already. A second laptop starts with its own notebook."
    )
    static let slow = Problem(
        429, "too-many", "Too many wrong invitations. Wait a minute and try again.",
        retrySeconds: 60)
    static let busy = Problem(
        503, "busy", "The hub is busy. Nothing was stored; try again soon.", retrySeconds: 30)
    static let block = Problem(
        404, "block",
        "The hub has no such block for this device, or none any more. Ask for a snapshot anew.")
    static let full = Problem(
        507, "disk-full", "The hub's disk is full. Nothing was stored; tell the hub's keeper.")
}

extension Problem {
    static let restored = Problem(
        409, "restored",
        "The hub was put back from a backup. What is new goes up under a new key.")

    /// `milliseconds` is the hub's clock.
    static func enoughToday(at milliseconds: UInt64) -> Problem {
        let daySeconds: UInt64 = 86_400
        return Problem(
            429, "too-many",
            "This member has stored all that one may in a day. Try again when the next one begins (UTC).",
            retrySeconds: Int(daySeconds - milliseconds / 1000 % daySeconds))
    }

    static func gap(_ known: ChainHead) -> Problem {
        Problem(
            409, "gap",
            "The push begins after commit \(known.seq + 1), which the hub expects next.")
    }
}

/// Why a commit will never be accepted. It is kept as a stub, and its device hears of it.
enum RefusalRule: String {
    /// The member may not write this kind of record there.
    case grant
    /// The hub does not know the record, and the commit does not make it.
    case unknownRecord = "unknown-record"
    /// The record was erased at a person's wish.
    case erased
    /// The log holds as much of the record as it takes, or as it takes from one leader's device.
    case full
    /// The author is not the device's member.
    case author
    /// Records of this kind do not live in that space.
    case space
    /// A field that every kind has is not written in the one way that it may be.
    case form
    /// A new record has the id of another one, or of a member.
    case id
    /// A leader writes about a person who is in none of the leader's turfs.
    case person
    /// It names commits that nobody has made yet, whose values would die before they are written.
    case dots
    /// Another commit of the same act was refused.
    case act
}
