import ArgumentParser
import Foundation
import Hub
import Notebook
import Replication

struct NightlyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nightly",
        abstract: "Do the night's work: catch up, verify, find duplicates, back up, report.",
        discussion: """
            Safe to repeat and safe to stop at any moment. Example:

              fieldbook-hub nightly
            """)

    @OptionGroup var hub: HubOptions

    private struct Document: Encodable {
        struct Pair: Encodable {
            let a: String
            let b: String
            let reasons: [String]
        }

        let merged: Int
        let conflicts: Int
        let duplicates: [Pair]
        let backup: String?
        let problems: [String]
        let report: String
    }

    func run() async throws {
        try await Failure.explained {
            let opened = try hub.open()
            let result = try await Nightly(hub: opened).run()
            let path = "\(hub.folder.reports)/\(result.day).txt"
            try hub.print(
                Document(
                    merged: result.merged, conflicts: result.conflicts.count,
                    duplicates: result.duplicates.map {
                        .init(a: $0.a.description, b: $0.b.description, reasons: $0.reasons)
                    }, backup: result.backup, problems: result.problems,
                    report: path),
                text: """
                    \(NightlyReport(result, hub: opened).text)
                    This report is kept in \(path), and organizers see it on the hub's page.
                    """)
            try opened.close()
            if !result.isGood { throw ExitCode.failure }
        }
    }
}
