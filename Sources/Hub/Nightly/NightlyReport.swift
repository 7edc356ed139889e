import Foundation
import Glibc
import Notebook
import Replication

/// A night's report for the volunteer who keeps the hub: text for the terminal and for mail, HTML
/// for the hub's own page. It is kept in the hub's folder.
package struct NightlyReport {
    private let result: NightlyResult
    private let hub: Hub

    package init(_ result: NightlyResult, hub: Hub) {
        self.result = result
        self.hub = hub
    }

    /// Writes `reports/DAY.txt` and `.html`, each whole or not at all.
    func write() throws {
        try Folder.create(hub.folder.reports)
        let path = "\(hub.folder.reports)/\(result.day)"
        for (content, suffix) in [(text, "txt"), (html, "html")] {
            let draft = "\(path).\(suffix).unfinished"
            let files = FileManager.default
            guard
                files.createFile(
                    atPath: draft, contents: Data(content.utf8),
                    attributes: [.posixPermissions: 0o600])
            else { throw HubError.reportNotWritten(path: draft) }
            guard rename(draft, "\(path).\(suffix)") == 0 else {
                throw HubError.reportNotWritten(path: "\(path).\(suffix)")
            }
        }
    }

    /// The last night's report as an HTML fragment; nil before the first.
    static func latestHTML(in folder: HubFolder) throws -> String? {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.reports)) ?? []
        guard let last = names.filter({ $0.hasSuffix(".html") }).max() else { return nil }
        return try String(contentsOfFile: "\(folder.reports)/\(last)", encoding: .utf8)
    }

    /// A heading and the lines under it.
    private struct Part {
        let heading: String
        let lines: [String]

        /// People write the lines: none of them may begin another, or command the terminal.
        init(heading: String, lines: [String]) {
            self.heading = heading
            self.lines = lines.map { line in
                line.unicodeScalars.reduce(into: "") { plain, scalar in
                    let isText = !Self.hidden.contains(scalar.properties.generalCategory)
                    plain.unicodeScalars.append(isText ? scalar : " ")
                }
            }
        }

        private static let hidden: Set<Unicode.GeneralCategory> = [
            .control, .lineSeparator, .paragraphSeparator,
        ]
    }

    private var parts: [Part] {
        [
            Part(heading: "What to do", lines: toDo),
            Part(heading: "What was done", lines: done),
            Part(heading: "Perhaps the same person", lines: duplicates),
            Part(heading: "Written differently by two people", lines: conflicts),
            Part(heading: "Not heard from for two weeks", lines: result.silentDevices),
        ].filter { !$0.lines.isEmpty }
    }

    private var title: String { "\(hub.settings.congregationName), the night of \(result.day)" }

    private var toDo: [String] {
        guard result.isGood else {
            return result.problems
                + ["Ask for help before you change anything; laptops keep working."]
        }
        guard waiting.isEmpty else {
            return ["Nothing is urgent. For a person to look at, below: \(waiting.listed("and"))."]
        }
        return ["Nothing. Everything is in order."]
    }

    /// What only people can decide.
    private var waiting: [String] {
        [
            (
                result.duplicates.count, "pair of people who may be one",
                "pairs of people who may be one"
            ),
            (
                result.conflicts.count, "thing that two wrote differently",
                "things that two wrote differently"
            ),
            (
                result.silentDevices.count, "laptop that has not come for two weeks",
                "laptops that have not come for two weeks"
            ),
        ].filter { $0.0 > 0 }.map { Count.of($0.0, $0.1, $0.2) }
    }

    private var done: [String] {
        [
            "\(result.merged) new entries were taken in. The hub knows \(Count.of(result.people, "person", "people")).",
            result.isChecked
                ? "Every entry was checked\(result.isGood ? ", and all are sound" : "")."
                : "The entries were not checked.",
            result.backup.map { "A backup was made, opened and compared: \($0)" }
                ?? "There is no backup of this night.",
        ]
    }

    private var duplicates: [String] {
        result.duplicates.map { pair in
            "\(pair.nameA) (\(pair.a.shortened)) and \(pair.nameB) (\(pair.b.shortened)): same \(pair.reasons.joined(separator: ", "))"
        }
    }

    private var conflicts: [String] {
        result.conflicts.map { conflict in
            "\(conflict.title): \(conflict.outline). \"fieldbook conflicts\" shows both."
        }
    }

    package var text: String {
        let body = parts.map { part in
            "\(part.heading)\n" + part.lines.map { "  - \($0)\n" }.joined()
        }
        return "\(title)\n\(String(repeating: "=", count: title.count))\n\n"
            + body.joined(separator: "\n")
    }

    package var html: String {
        let body = parts.map { part in
            let items = part.lines.map { "<li>\(Self.escaped($0))</li>" }.joined(separator: "\n")
            return "<h2>\(Self.escaped(part.heading))</h2>\n<ul>\n\(items)\n</ul>\n"
        }
        return "<h1>\(Self.escaped(title))</h1>\n" + body.joined()
    }

    private static func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;")
            .replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: ">", with: "&gt;")
            .replacingOccurrences(of: "\"", with: "&quot;")
    }
}

/// "1 person", "2 people".
package enum Count {
    package static func of(_ count: Int, _ one: String, _ many: String) -> String {
        count == 1 ? "1 \(one)" : "\(count) \(many)"
    }
}
