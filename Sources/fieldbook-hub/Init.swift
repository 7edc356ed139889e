import ArgumentParser
import Foundation
import Hub
import Notebook
import Sync
import Terminal
import Wording

struct Init: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("Make a congregation's hub, and its first invitation."),
        discussion: said(
            """
            Example:

              fieldbook-hub init --congregation "St. Mark"
            """))

    @OptionGroup var hub: HubOptions
    @Option(help: ArgumentHelp(said("The congregation's name."))) var congregation: String
    @Option(
        help: ArgumentHelp(
            said("The address under which laptops reach the hub. Default: where it serves.")))
    var url: String?
    @Option(help: ArgumentHelp(said("The name for the first invitation."), valueName: "name"))
    var name = said("the first organizer")
    @Option(help: ArgumentHelp(said("How long the first invitation is good."))) var expires = "7d"

    /// Until the hub has served once, its address is the one that it serves by default.
    static let usualAddress = "http://" + Serve.usualPlace

    private struct Document: Encodable {
        let hub: String
        let congregation: String
        let invitation: String
        let expires: String
    }

    func validate() throws {
        guard !congregation.trimmingCharacters(in: .whitespaces).isEmpty else {
            throw ValidationError(said("Please give the congregation's name."))
        }
        _ = try Lifetime(expires)
        try Address.check(url)
    }

    /// What `serve` is to be told for an address that nothing stands before: of https it is a proxy's, or
    /// wants a certificate.
    private static func listening(at url: String) throws -> String {
        let address = URLComponents(string: try HubAddress.read(url).url)
        guard address?.scheme == "http", let host = address?.host else { return "" }
        let place = "\(host):\(address?.port ?? 80)"
        return place == Serve.usualPlace ? "" : " --listen " + place
    }

    func run() async throws {
        try await Failure.explained {
            let made = try hub.folder.create(
                congregation: congregation, url: try url.map { try HubAddress.read($0).url },
                zoneName: Zone.systemName, zone: .system)
            let address = (try? made.address()) ?? Self.usualAddress
            let expires = try Lifetime(expires).end(from: made)
            let invitation = try made.invite(
                HubInvitation(
                    name: name, roles: [.organizer, .admin], turf: nil, person: nil, isPage: false,
                    expires: expires),
                url: address)
            let until = Zone.system.timestamp(expires)
            let options =
                try (hub.data.map { " --data " + Shell.quoted($0) } ?? "")
                + (url.map(Self.listening) ?? "")
            try hub.print(
                Document(
                    hub: hub.folder.path, congregation: congregation, invitation: invitation.link,
                    expires: until),
                text: """
                    The hub of \(Plain.oneLine(congregation)) is ready in \(hub.folder.path).

                    Start it\(url == nil ? "" : " (\"fieldbook-hub serve --help\" says how other machines reach it)"):
                      fieldbook-hub serve\(options)

                    Then join with your own notebook, on your laptop (this link serves once, until \(Moment.words(expires, made)), at \(address)):
                      fieldbook join \(Shell.quoted(invitation.link))
                    """)
            Address.warn(about: address)
            try made.close()
        }
    }
}
