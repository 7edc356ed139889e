import Hummingbird
import Wording

/// Why a request gets no page of its own. Each becomes a page that says what to do, and names
/// nothing that was asked for.
enum Refusal: Error, Equatable {
    case badForm
    /// Another site, or nobody knows which, sent the form.
    case otherSite
    case wrongToken
    case notFound
    case wrongMethod(allowed: [HTTPRequest.Method])
    case tooLarge
    case notAForm
    /// Others are in the way, for a moment.
    case busy
    /// The hub's disk takes nothing more.
    case diskFull
    /// The host's session token cannot stand in a cookie.
    case unusableToken

    var status: HTTPResponse.Status {
        switch self {
        case .badForm: .badRequest
        case .otherSite, .wrongToken: .forbidden
        case .notFound: .notFound
        case .wrongMethod: .methodNotAllowed
        case .tooLarge: .contentTooLarge
        case .notAForm: .unsupportedMediaType
        case .busy: .serviceUnavailable
        case .diskFull: .init(code: 507, reasonPhrase: "Insufficient Storage")
        case .unusableToken: .internalServerError
        }
    }

    var heading: Phrase {
        switch self {
        case .badForm, .tooLarge, .notAForm: "That could not be read"
        case .otherSite: "That came from somewhere else"
        case .wrongToken: "That page was too old"
        case .notFound: "There is nothing here"
        case .wrongMethod: "That cannot be done here"
        case .busy: "Too much is going on here"
        case .diskFull: "There is no room left here"
        case .unusableToken: "Something went wrong here"
        }
    }

    var advice: Phrase {
        switch self {
        case .badForm, .tooLarge, .notAForm:
            "Nothing was changed. Go back, load the page again, and press the button once more."
        case .otherSite:
            "Nothing was changed. Only this site’s own buttons work here. Start again from here."
        case .wrongToken:
            "Nothing was changed. Load the page again, and press the button once more."
        case .notFound:
            "The address may be mistyped, or what was here has moved."
        case .wrongMethod:
            "Nothing was changed. Start again from here."
        case .busy:
            "Nothing was changed, and your list is safe. Try again in a minute."
        case .diskFull:
            """
            Nothing was changed, and your list is safe. The disk of this hub is full: please tell \
            your organizer, who can have it cleared.
            """
        case .unusableToken:
            "It is not your fault. Try again in a minute."
        }
    }
}
