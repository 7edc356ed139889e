package import Notebook
package import Replication

/// What the pages need of the hub, or of the notebook, that serves them.
package protocol PageHost: Sendable {
    /// Whether they are one's own notebook's, on one's own machine: everything in it is the reader's.
    var isNotebook: Bool { get }

    /// The congregation's name, for headings.
    var congregation: String { get async throws }

    /// What an invitation's code is for; nil for a code that is unknown, used or expired. Looking
    /// uses nothing up.
    func invitation(_ code: String) async throws -> InvitationView?

    /// Uses a page invitation up and begins a session. Returns the session's token; nil when the
    /// code is unknown, used or expired, or is for a laptop.
    func signIn(_ code: String) async throws -> String?

    /// Who is signed in with this token; nil for nobody.
    func visitor(_ token: String) async throws -> Visitor?

    /// Ends a session.
    func signOut(_ token: String) async throws

    /// The hub's notebook, up to date with its log.
    func notebook() async throws -> Notebook

    /// Carries what a page has just written in the notebook into the hub's log, so that laptops
    /// get it at their next exchange.
    func publish() async throws

    /// The last nightly report as an HTML fragment; nil before the first night.
    func nightlyReport() async throws -> String?
}

extension PageHost {
    package var isNotebook: Bool { false }
}

/// An invitation, for the page that shows it.
package enum InvitationView: Sendable, Hashable {
    /// To one's own notebook.
    case own(name: String)
    /// For a phone: a button signs this person in.
    case page(name: String)
    /// For a laptop: the whole link, to be given to `fieldbook join`.
    case laptop(name: String, link: String)
}

/// Who is looking at a page.
package struct Visitor: Sendable, Hashable {
    package let member: MemberID
    /// The person record that is the member.
    package let person: RecordID?
    package let name: String
    /// The turfs that the visitor leads and may read.
    package let turfs: [RecordID]
    package let isOrganizer: Bool
    /// What every form must send back, so that no other site can write here.
    package let formToken: String

    /// What the visitor may read of what hangs on people.
    var scope: Scope { isOrganizer ? .everything : .spaces(Set(turfs)) }

    package init(
        member: MemberID, person: RecordID?, name: String, turfs: [RecordID], isOrganizer: Bool,
        formToken: String
    ) {
        self.member = member
        self.person = person
        self.name = name
        self.turfs = turfs
        self.isOrganizer = isOrganizer
        self.formToken = formToken
    }
}
