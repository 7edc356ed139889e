import ArgumentParser
import Foundation
import Hub
import Notebook
import Replication
import Terminal
import Wording

struct Devices: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("List this hub's laptops, phones and open invitations."),
        discussion: said(
            """
            Example:

              fieldbook-hub devices
            """))

    @OptionGroup var hub: HubOptions

    private struct Document: Encodable {
        let devices: [DeviceDocument]
        let invitations: [InvitationDocument]
    }

    func run() async throws {
        try await Failure.explained {
            let opened = try hub.open()
            await opened.catchUpIfPossible()
            let lines = try opened.devices()
            let invitations = try opened.openInvitations()
            let document = Document(
                devices: lines.map(DeviceDocument.init),
                invitations: try invitations.map { try InvitationDocument($0, opened) })
            let open = try table(invitations, opened)
            try hub.show(document) { page in
                if lines.isEmpty {
                    page.line(
                        invitations.isEmpty
                            ? "No laptop or phone has joined yet. Invite somebody with \"fieldbook-hub invite\"."
                            : "No laptop or phone has joined yet. Those below are invited, and have not used their link."
                    )
                } else {
                    page.table(table(lines, opened))
                }
                guard !invitations.isEmpty else { return }
                page.line("")
                page.line("Open invitations:")
                page.table(open)
            }
            try opened.close()
        }
    }

    private func table(_ invitations: [HubInvitation], _ hub: Hub) throws -> Table {
        var table = Table([.name("Invited"), .fixed("For"), .fixed("Until"), .text("Will")])
        for one in invitations {
            table.row(
                .init(one.name), .init(one.isPage ? "phone" : "laptop"),
                .init(Moment.words(one.expires, hub)),
                .init(one.grants.words(try hub.turfNames(one.grants))))
        }
        return table
    }

    private func table(_ lines: [Hub.DeviceLine], _ hub: Hub) -> Table {
        var table = Table([
            .fixed("Id"), .fixed("Device"), .name("Member"), .fixed("Last seen"), .text("Can"),
        ])
        for line in lines {
            let style: Page.Style = line.revoked == nil ? .plain : .faint
            table.row(
                .init(line.id, style), .init(line.isPhone ? "phone" : "laptop", style),
                .init(line.memberWords, style), .init(Moment.words(line.lastSeen, hub), style),
                .init(line.rights(hub), style))
        }
        return table
    }
}

extension Hub {
    /// Takes in what is new, and with it the names that members gave themselves. A hub whose notebook
    /// is out of order or whose disk is full goes on with what it has: a stolen laptop's access has
    /// to be ended all the same.
    func catchUpIfPossible() async {
        _ = try? await catchUp()
    }
}

extension Hub.DeviceLine {
    /// Members give themselves their names; the keeper knows them by the one that was invited.
    fileprivate var memberWords: Phrase {
        Folding.name(name) == Folding.name(member.name)
            ? .verbatim(name) : "\(name), invited as \(member.name)"
    }

    /// "organizer, admin", "leader of North Side", "nothing since Mon 30 Nov 23:52"
    fileprivate func rights(_ hub: Hub) -> Phrase {
        if let revoked { return "nothing since \(Moment.words(revoked, hub))" }
        return grants.words(turfNames)
    }
}

extension Grants {
    /// "organizer, admin", "leader of North Side"
    fileprivate func words(_ turfNames: [String]) -> Phrase {
        roleNames.map { role in
            role == Role.leader.rawValue && !turfNames.isEmpty
                ? "leader of \(turfNames.listed("and"))" : Phrase(word: role)
        }.joined(", ")
    }
}

/// An invitation that can still be used. Its link is nowhere.
struct InvitationDocument: Encodable {
    let name: String
    /// `laptop` or `phone`.
    let kind: String
    let roles: [String]
    let turfs: [String]
    let turfNames: [String]
    let expires: String

    init(_ invitation: HubInvitation, _ hub: Hub) throws {
        name = invitation.name
        kind = invitation.isPage ? "phone" : "laptop"
        roles = invitation.grants.roleNames
        turfs = invitation.grants.turfs.sorted().map(\.description)
        turfNames = try hub.turfNames(invitation.grants)
        expires = Zone.system.timestamp(invitation.expires)
    }
}

struct DeviceDocument: Encodable {
    let id: String
    /// `laptop` or `phone`.
    let kind: String
    let member: String
    /// The name on the invitation.
    let invitedAs: String
    let roles: [String]
    let turfs: [String]
    let turfNames: [String]
    let lastSeen: String
    let revoked: Bool

    init(_ line: Hub.DeviceLine) {
        id = line.id
        kind = line.isPhone ? "phone" : "laptop"
        member = line.name
        invitedAs = line.member.name
        roles = line.grants.roleNames
        turfs = line.grants.turfs.sorted().map(\.description)
        turfNames = line.turfNames
        lastSeen = Zone.system.timestamp(line.lastSeen)
        revoked = line.revoked != nil
    }
}
