import ArgumentParser
import Hub
import Notebook
import Terminal
import Wording

struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("End a device's access. It is told at its next contact."),
        discussion: said(
            """
            A name ends the access of all that the person has; an id, one laptop or phone with the \
            person's other phones. Invitations of theirs that are still open end with either. At its next sync \
            a laptop removes what it holds. Examples, with a member's name, and with an id from \
            "fieldbook-hub devices" or four or more digits of one:

              fieldbook-hub revoke Denise
              fieldbook-hub revoke 3fa9c1
            """))

    @OptionGroup var hub: HubOptions
    @Argument(
        help: ArgumentHelp(said("The device's id, its first or last digits, or its member's name."))
    )
    var device: String

    @Flag(help: ArgumentHelp(said("Do it without asking.")))
    var yes = false

    /// The device that was meant, and all that ended.
    private struct Document: Encodable {
        let ended: [Hub.DeviceLine]

        private enum Key: CodingKey { case ended }

        func encode(to encoder: any Encoder) throws {
            try ended.first.map(DeviceDocument.init)?.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(ended.map(DeviceDocument.init), forKey: .ended)
        }
    }

    func run() async throws {
        try await Failure.explained {
            let opened = try hub.open()
            await opened.catchUpIfPossible()
            guard try isMeant(opened) else {
                try opened.close()
                Failure.say("Nothing was changed.")
                throw ExitCode.failure
            }
            let before = Set(try opened.devices().filter { $0.revoked != nil }.map(\.id))
            let invitations = try opened.openInvitations().count
            let ended = try opened.revoke(device)
            let line = ended[0]
            let endedInvitations = invitations - (try opened.openInvitations().count)
            try hub.show(Document(ended: ended)) { page in
                guard !ended.allSatisfy({ before.contains($0.id) }) else {
                    return fill(&page, again: line, endedInvitations, opened)
                }
                page.paragraph(line.isPhone ? aboutPhone(line) : aboutLaptop(line))
                let others = ended.dropFirst().filter { !$0.isPhone }
                if !others.isEmpty {
                    page.line("Ended too: the laptop \(others.map(\.id).listed("and")).")
                }
            }
            try opened.close()
        }
    }

    /// Asks in a terminal about whom a few digits or a name mean; a script is taken at its word.
    private func isMeant(_ opened: Hub) throws -> Bool {
        guard !yes, !hub.json else { return true }
        let active = try opened.findDevices(device).filter { $0.revoked == nil }
        guard let first = active.first else { return true }
        let devices = active.map { line -> Phrase in
            line.isPhone ? "the phone \(line.id)" : "the laptop \(line.id)"
        }
        let name = Plain.oneLine(first.name)
        return Asking.confirm(
            "This ends the access of \(name): \(devices.joined(", ")). Do it?") ?? true
    }

    /// Of what has ended before, when that was; a hub has one keeper, who did it.
    private func fill(
        _ page: inout Page, again line: Hub.DeviceLine, _ endedInvitations: Int, _ hub: Hub
    ) {
        let name = Plain.oneLine(line.name)
        let day = Moment.words(line.revoked ?? 0, hub)
        page.paragraph(
            line.isPhone
                ? "The phone \(line.id) of \(name) was signed out already, on \(day)."
                : "The access of the laptop \(line.id) of \(name) was ended already, by the keeper of this hub on \(day)."
        )
        page.line(
            endedInvitations == 0
                ? "Nothing was changed."
                : "Invitations of theirs that were still open have ended: \(endedInvitations).")
    }

    private func aboutLaptop(_ line: Hub.DeviceLine) -> Phrase {
        """
        The laptop \(line.id) of \(Plain.oneLine(line.name)) has no access any more: the hub takes nothing from it \
        and gives it nothing. Phones of \(Plain.oneLine(line.name)) are signed out too.
        At its next sync it removes what it holds, but for what was written on it and never sent. Until \
        then whoever has it can read that: if it was lost or stolen, tell the people whose notes are in it. If this was a mistake, invite \(Plain.oneLine(line.name)) again: the \
        same laptop may then join.
        """
    }

    private func aboutPhone(_ line: Hub.DeviceLine) -> Phrase {
        """
        The phone \(line.id) of \(Plain.oneLine(line.name)) is signed out, and every other phone of theirs. It keeps \
        no list; a page that is open on it shows what it showed until it is closed.
        To let them in again, invite them with --page.
        """
    }
}
