import ArgumentParser
import Foundation
import Hub
import Notebook
import Replication
import Wording

struct NightlyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nightly",
        abstract: said(
            "Do the night's work: meet other hubs, catch up, verify, find duplicates, back up, report."
        ),
        discussion: said(
            """
            It also packs what everybody has read of the log. Safe to repeat and safe to stop at any \
            moment. Example:

              fieldbook-hub nightly
            """))

    @OptionGroup var hub: HubOptions

    private struct Document: Encodable {
        struct Pair: Encodable {
            let a: String
            let b: String
            let reasons: [Phrase]
        }

        let merged: Int
        /// Entries of others since the night before.
        let received: UInt64
        let conflicts: Int
        /// The first of `duplicateCount`.
        let duplicates: [Pair]
        let duplicateCount: Int
        let backup: String?
        let problems: [Phrase]
        let report: String?
    }

    func run() async throws {
        try await Failure.explained {
            let opened = try hub.open()
            let result = try await Nightly(hub: opened).run()
            try hub.print(
                Document(
                    merged: result.merged, received: result.received,
                    conflicts: result.conflicts.count,
                    duplicates: result.duplicates.map {
                        .init(a: $0.a.description, b: $0.b.description, reasons: $0.reasons)
                    }, duplicateCount: result.duplicateCount, backup: result.backup,
                    problems: result.problems, report: result.report),
                text: .verbatim(NightlyReport(result, hub: opened).text) + Self.place(of: result))
            try opened.close()
            if !result.isGood { throw ExitCode.failure }
        }
    }

    private static func place(of result: NightlyResult) -> Phrase {
        result.report.map {
            "\nThis report is kept in \($0), and organizers see it on the hub's page."
        } ?? "\nThis report is kept nowhere."
    }
}
