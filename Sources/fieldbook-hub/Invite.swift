import ArgumentParser
import Foundation
import Hub
import Notebook
import Replication
import Sync
import Terminal
import Wording

struct Invite: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("Invite somebody: a link that serves once."),
        discussion: said(
            """
            Example, a leader's phone:

              fieldbook-hub invite --name Denise --role leader --turf "North Side" --page

            Who is among the people here is said with --person: what they write on a phone and on \
            a laptop, and what others write about them, is then one person's.
            """))

    @OptionGroup var hub: HubOptions
    @Option(help: ArgumentHelp(said("Who is invited, as others will see them."))) var name: String
    @Option(help: ArgumentHelp(said("organizer, leader or admin; may be given again."))) var role:
        [String]
    @Option(help: ArgumentHelp(said("The turf that a leader will read: its name or id."))) var turf:
        String?
    @Option(
        help: ArgumentHelp(
            said(
                "The person record that is this member: what ties a laptop and a phone to one person."
            ),
            valueName: "who"))
    var person: String?
    @Flag(help: ArgumentHelp(said("For a phone's browser instead of a laptop."))) var page = false
    @Option(help: ArgumentHelp(said("How long the invitation is good: 10m, 24h, 7d.")))
    var expires = "10m"

    private struct Document: Encodable {
        let invitation: String
        let expires: String
        /// The turf that a leader will read.
        @OrNull var turf: String?
    }

    func validate() throws {
        _ = try Lifetime(expires)
        guard !role.isEmpty else {
            throw ValidationError(said("Please say what they will be, with --role."))
        }
        for role in role where Role(said: role) == nil {
            throw ValidationError(
                said("There is no role \"\(role)\". The roles are organizer, leader and admin."))
        }
        guard !name.trimmingCharacters(in: .whitespaces).isEmpty else {
            throw ValidationError(said("Please give the name of the person you invite."))
        }
    }

    func run() async throws {
        try await Failure.explained {
            let opened = try hub.open()
            await opened.catchUpIfPossible()
            let end = try Lifetime(expires).end(from: opened)
            let address = try opened.address()
            let turf = try turf.map(opened.own.findTurf)
            let invitation = try opened.invite(
                HubInvitation(
                    name: name, roles: role.compactMap { Role(said: $0) },
                    turf: turf,
                    person: try person.map(opened.own.findPerson), isPage: page, expires: end),
                url: address)
            let link = page ? String(invitation.link.prefix { $0 != "#" }) : invitation.link
            let until = Moment.words(end, opened)
            let title = try turf.flatMap { try opened.own.title(of: $0) }
            let reading: Phrase = title.map { ", to read the turf \"\($0)\"" } ?? ""
            try hub.print(
                Document(
                    invitation: link, expires: Zone.system.timestamp(end), turf: turf?.description),
                text: page
                    ? "For \(Plain.oneLine(name))'s phone\(reading), once, until \(until):\n  \(link)"
                    : "For \(Plain.oneLine(name))'s laptop\(reading), once, until \(until):\n  fieldbook join \(Shell.quoted(link))"
            )
            Address.warn(about: address)
            if person == nil { try Self.note(namesakeOf: name, opened.own) }
            try opened.close()
        }
    }
}

extension Invite {
    /// Says who may be meant among the people here: without `--person` they would be two.
    private static func note(namesakeOf name: String, _ notebook: Notebook) throws {
        guard let person = try? notebook.findPerson(name),
            let known = try notebook.title(of: person)
        else { return }
        Screen.note(
            """
            \(known) (\(person.shortened)) is among the people here. If that is who is invited, make \
            the link with --person \(person.shortened): else they are two, the one who writes and the \
            one whom others write about.
            """)
    }
}

extension Role {
    /// "leader", and "líder" for who reads Spanish.
    fileprivate init?(said text: String) {
        let words: [Role: Set<String>] = [
            .organizer: ["organizer", "organizador", "organizadora"],
            .leader: ["leader", "lider"],
            .admin: ["admin", "administrador", "administradora"],
        ]
        let folded = Folding.name(text)
        guard let role = words.first(where: { $0.value.contains(folded) })?.key else { return nil }
        self = role
    }
}
