import ArgumentParser
import Foundation
import Hub
import Notebook
import Replication

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
            let devices = try opened.devices().map(DeviceDocument.init)
            let lines = devices.map(\.line)
            try hub.print(
                Document(devices: devices),
                text: lines.isEmpty
                    ? "Nobody has joined yet. Invite somebody with \"fieldbook-hub invite\"."
                    : lines.joined(separator: "\n"))
            try opened.close()
        }
    }
}

struct DeviceDocument: Encodable {
    let id: String
    /// `laptop` or `phone`.
    let kind: String
    let member: String
    let roles: [String]
    let turfs: [String]
    let lastSeen: String
    let revoked: Bool

    init(_ line: Hub.DeviceLine) {
        id = line.id
        kind = line.isPhone ? "phone" : "laptop"
        member = line.member.name
        roles = line.grants.roleNames
        turfs = line.grants.turfs.sorted().map(\.description)
        lastSeen = Zone.system.timestamp(line.lastSeen)
        revoked = line.revoked != nil
    }

    var line: String {
        let state =
            revoked ? "revoked" : "last seen \(lastSeen.prefix(16).replacing("T", with: " "))"
        return "\(id)  \(kind)  \(member)  \(roles.joined(separator: ", "))  \(state)"
    }
}

struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "End a device's access. It is told at its next contact.",
        discussion: """
            Example, with an id from "fieldbook-hub devices" or the beginning of it:

              fieldbook-hub revoke 3fa9c1
            """)

    @OptionGroup var hub: HubOptions
    @Argument(help: "The device's id, or the beginning of it.") var device: String

    func run() async throws {
        try await Failure.explained {
            let opened = try hub.open()
            let line = try opened.revoke(device)
            try hub.print(
                DeviceDocument(line),
                text: """
                    The \(line.isPhone ? "phone" : "laptop") \(line.id) of \(line.member.name) has no access any more. What \
                    it holds it still holds until it is in contact: if it was stolen, tell those \
                    whose notes it has.
                    """)
            try opened.close()
        }
    }
}
