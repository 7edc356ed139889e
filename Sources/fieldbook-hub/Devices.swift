import ArgumentParser
import Foundation
import Hub
import Notebook
import Replication
import Terminal

struct Devices: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the laptops and phones that belong to this hub.",
        discussion: """
            Example:

              fieldbook-hub devices
            """)

    @OptionGroup var hub: HubOptions

    private struct Document: Encodable {
        let devices: [DeviceDocument]
    }

    func run() async throws {
        try await Failure.explained {
            let opened = try hub.open()
            await opened.learnNames()
            let lines = try opened.devices()
            try hub.show(Document(devices: lines.map(DeviceDocument.init))) { page in
                guard !lines.isEmpty else {
                    return page.line(
                        "Nobody has joined yet. Invite somebody with \"fieldbook-hub invite\".")
                }
                page.table(table(lines, opened))
            }
            try opened.close()
        }
    }

    private func table(_ lines: [Hub.DeviceLine], _ hub: Hub) -> Table {
        var table = Table([
            .fixed("Id"), .fixed("Device"), .name("Member"), .fixed("Last seen"), .text("May"),
        ])
        for line in lines {
            let style: Page.Style = line.revoked == nil ? .plain : .faint
            table.row(
                .init(line.id, style), .init(line.isPhone ? "phone" : "laptop", style),
                .init(line.name, style), .init(Moment.words(line.lastSeen, hub), style),
                .init(line.rights(hub), style))
        }
        return table
    }
}

extension Hub {
    /// Takes in the names that members gave themselves. A hub whose notebook is out of order shows
    /// the names of the invitations instead: a stolen laptop's access has to be ended all the same.
    func learnNames() async {
        _ = try? await catchUp()
    }
}

extension Hub.DeviceLine {
    /// "organizer, admin", "leader of North Side", "nothing since Mon 30 Nov 23:52"
    fileprivate func rights(_ hub: Hub) -> String {
        if let revoked { return "nothing since \(Moment.words(revoked, hub))" }
        return grants.roleNames.map { role in
            role == Role.leader.rawValue && !turfNames.isEmpty
                ? "leader of \(turfNames.listed("and"))" : role
        }.joined(separator: ", ")
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
