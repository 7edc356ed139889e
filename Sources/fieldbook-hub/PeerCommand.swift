import ArgumentParser
import Foundation
import Hub
import Notebook
import Replication
import Sync
import Terminal
import Wording

struct PeerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "peer",
        abstract: said("Exchange with the hubs of other congregations."),
        discussion: said(
            """
            Each keeper adds the other's hub by its link, which "fieldbook-hub peer list" shows. Only \
            what both agree to is exchanged, at night: the commons, and turfs that are named. What \
            organizers alone may read never leaves a congregation. Example:

              fieldbook-hub peer add https://hub.stanne.example#4kO9… --name "St. Anne"
            """),
        subcommands: [Add.self, List.self, Remove.self])
}

extension PeerCommand {
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: said("Agree to exchange with a hub, or change what is agreed."),
            discussion: said(
                """
                A turf of the other congregation is named by its id, which its keeper sees in \
                "fieldbook-hub peer list". Example:

                  fieldbook-hub peer add https://hub.stanne.example#4kO9… --turf "North Side"
                """))

        @OptionGroup var hub: HubOptions
        @Argument(
            help: ArgumentHelp(
                said("The other hub's link, URL#KEY; #KEY alone for one that calls this one.")))
        var link: String
        @Option(help: ArgumentHelp(said("What it is called here. Default: its address."))) var name:
            String?
        @Option(help: ArgumentHelp(said("A turf to share, by name or id; may be given again.")))
        var turf: [String] = []
        @Flag(help: ArgumentHelp(said("Do not share the commons."))) var withoutCommons = false

        func run() async throws {
            try await Failure.explained {
                let opened = try hub.open()
                await opened.catchUpIfPossible()
                let link = try PeerLink(link)
                let turfs = try turf.map { try opened.own.turfToShare($0) }
                let line = try opened.addPeer(
                    link, name: name ?? link.url ?? link.hubKey.device.description,
                    spaces: Set(turfs + (withoutCommons ? [] : [Space.commons])))
                let own = try opened.peerLink()
                try hub.show(PeerDocument(line.peer, line.quarantines)) { page in
                    page.paragraph(
                        """
                        This hub exchanges \(line.spaceNames.listed("and")) with \
                        \(Plain.oneLine(line.peer.name)) from the next night on, once its keeper has \
                        added this one:
                        """)
                    page.line("  fieldbook-hub peer add \(Shell.quoted(own.link))")
                }
                try opened.close()
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: said("List the hubs that this one exchanges with, and this one's own link."),
            discussion: said(
                """
                Example:

                  fieldbook-hub peer list
                """))

        @OptionGroup var hub: HubOptions

        private struct Document: Encodable {
            let link: String
            let peers: [PeerDocument]
        }

        func run() async throws {
            try await Failure.explained {
                let opened = try hub.open()
                await opened.catchUpIfPossible()
                let lines = try opened.peers()
                let link = try opened.peerLink().link
                try hub.show(
                    Document(link: link, peers: lines.map { PeerDocument($0.peer, $0.quarantines) })
                ) { page in
                    if lines.isEmpty {
                        page.line("This hub exchanges with no other one.")
                    } else {
                        page.table(table(lines, opened))
                    }
                    if let offered = try table(opened.offeredTurfs(in: lines)) {
                        page.line("")
                        page.line(
                            "Turfs that this hub offers, for their keepers to name by the id:")
                        page.table(offered)
                    }
                    for trouble in lines.flatMap(\.troubles) { page.paragraph(trouble) }
                    page.line("")
                    page.line("This hub's own link, for the keepers of others:")
                    page.line("  \(link)")
                }
                try opened.close()
            }
        }

        private func table(_ turfs: [(id: RecordID, name: Phrase)]) -> Table? {
            guard !turfs.isEmpty else { return nil }
            var table = Table([.name(""), .fixed("")], indent: 2)
            for turf in turfs { table.row(.init(turf.name), .init(turf.id.description)) }
            return table
        }

        private func table(_ lines: [Hub.PeerLine], _ hub: Hub) -> Table {
            var table = Table([.name("Hub"), .fixed("Id"), .fixed("Last met"), .text("Shares")])
            for line in lines {
                table.row(
                    .init(line.peer.name), .init(line.peer.id.description),
                    .init(line.peer.lastMet.map { .verbatim(Moment.words($0, hub)) } ?? "never"),
                    .init(line.spaceNames.joined(", ")))
            }
            return table
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: said("End the exchange with a hub. What came from it stays."),
            discussion: said(
                """
                Example:

                  fieldbook-hub peer remove "St. Anne"
                """))

        @OptionGroup var hub: HubOptions
        @Argument(help: ArgumentHelp(said("The hub's name, link or id, or the beginning of that.")))
        var peer: String

        func run() async throws {
            try await Failure.explained {
                let opened = try hub.open()
                let removed = try opened.removePeer(peer)
                try hub.show(PeerDocument(removed)) { page in
                    page.paragraph(
                        """
                        This hub exchanges nothing with \(Plain.oneLine(removed.name)) any more. \
                        What was exchanged stays at both.
                        """)
                }
                try opened.close()
            }
        }
    }
}

extension Hub.PeerLine {
    /// What is wrong, in sentences.
    var troubles: [Phrase] {
        let name = Plain.oneLine(peer.name)
        let last: [Phrase] = peer.problem.map { ["\(name) could not be met: \($0)"] } ?? []
        return last + quarantines.map { .verbatim("\(name): ") + $0.sentence }
    }
}

private struct PeerDocument: Encodable {
    struct Waiting: Encodable {
        let device: String
        let reason: String
    }

    let id: String
    let name: String
    let url: String?
    let spaces: [String]
    let lastMet: String?
    let problem: Phrase?
    let quarantined: [Waiting]

    init(_ peer: Peer, _ quarantines: [Quarantine] = []) {
        id = peer.id.description
        name = peer.name
        url = peer.url
        spaces = peer.spaces.sorted().map(Space.name)
        lastMet = peer.lastMet.map { Zone.system.timestamp($0) }
        problem = peer.problem
        quarantined = quarantines.map {
            Waiting(device: $0.device.description, reason: $0.reason.rawValue)
        }
    }
}

extension Notebook {
    /// A turf of this hub by its name or id, or another hub's by its whole id.
    fileprivate func turfToShare(_ text: String) throws -> RecordID {
        if let id = RecordID(text), !Space.isReserved(id) { return id }
        return try findTurf(text)
    }
}
