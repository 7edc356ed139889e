import Foundation
import Notebook
import Replication
package import Wording

/// A night's report for the volunteer who keeps the hub: text for the terminal and for mail, HTML
/// for the hub's own page. It is kept in the hub's folder.
package struct NightlyReport {
    private let result: NightlyResult
    private let hub: Hub

    package init(_ result: NightlyResult, hub: Hub) {
        self.result = result
        self.hub = hub
    }

    /// Writes it to the hub's folder. Returns the text's path.
    func write() throws -> String {
        try ReportShelf(path: hub.folder.reports).add(
            day: result.day.description, text: text, html: html)
    }

    private var parts: [ReportPart] {
        [
            ReportPart("What to do", toDo),
            ReportPart("What was done", done),
            ReportPart("Perhaps the same person", duplicates),
            ReportPart("Called one person and two", contested),
            ReportPart("Written differently by two people", conflicts),
            ReportPart("Not heard from for two weeks", silent),
            ReportPart("Other hubs", peers),
            ReportPart("Kept from before a restore", copies),
        ].filter { !$0.lines.isEmpty }
    }

    private var title: String {
        said("\(ReportPart.plain(hub.settings.congregationName.cut)), the night of \(result.day)")
    }

    private var toDo: [Phrase] {
        guard result.isGood else {
            return result.problems.inReport(more: "\"fieldbook-hub verify\" shows all.") { $0 }
                + ["Ask for help before you change anything; laptops keep working."]
        }
        guard waiting.isEmpty else {
            return ["Nothing is urgent. For a person to look at, below: \(waiting.listed("and"))."]
        }
        return ["Nothing. Everything is in order."]
    }

    /// What only people can decide.
    private var waiting: [Phrase] {
        let waiting: [(Int, Phrase, Phrase)] = [
            (
                result.duplicateCount, "pair of people who may be one",
                "pairs of people who may be one"
            ),
            (
                result.contested.count, "pair of people called one and two",
                "pairs of people called one and two"
            ),
            (
                result.conflicts.count, "thing that two wrote differently",
                "things that two wrote differently"
            ),
            (
                result.peers.count { $0.problem != nil }, "hub that could not be met",
                "hubs that could not be met"
            ),
            (
                result.silentDevices.count, "laptop that has not come for two weeks",
                "laptops that have not come for two weeks"
            ),
            (
                hub.folder.copiesBeforeRestores.count, "copy from before a restore",
                "copies from before a restore"
            ),
        ]
        return waiting.filter { $0.0 > 0 }.map { Count.of($0.0, $0.1, $0.2) }
    }

    private var done: [Phrase] {
        [
            """
            \(Count.of(Int(result.received), "entry has", "entries have")) come since the night before. \
            The hub knows \
            \(Count.of(result.people, "person", "people")).
            """,
            check,
            result.backup.map { "A backup was made, opened and compared: \($0)" }
                ?? "There is no backup of this night.",
        ]
    }

    private var check: Phrase {
        guard result.isChecked else { return "The entries were not checked." }
        return result.isGood
            ? "Every entry was checked, and all are sound." : "Every entry was checked."
    }

    private var duplicates: [Phrase] {
        result.duplicates.inReport(
            of: result.duplicateCount,
            more: "\"fieldbook person duplicates\" lists more."
        ) { pair in
            "\(Self.names(pair.nameA, pair.a, pair.nameB, pair.b)): \(pair.reasons.joined(", "))"
        }
    }

    private var contested: [Phrase] {
        result.contested.inReport(more: "\"fieldbook person duplicates\" lists all.") { pair in
            """
            \(Self.names(pair.nameA, pair.a, pair.nameB, pair.b)): "fieldbook person duplicates" shows \
            how to settle it.
            """
        }
    }

    private var conflicts: [Phrase] {
        result.conflicts.inReport(more: "\"fieldbook conflicts\" lists all.") { conflict in
            "\(conflict.title.words.cut): \(conflict.outline.text.cut(to: 160)). \"fieldbook conflicts\" shows both."
        }
    }

    private var silent: [Phrase] {
        result.silentDevices.inReport(more: "\"fieldbook-hub devices\" lists all.") {
            .verbatim($0.cut)
        }
    }

    private var peers: [Phrase] {
        result.peers.inReport(more: "\"fieldbook-hub peer list\" lists all.") { outcome in
            let name = outcome.peer.name.cut
            if let problem = outcome.problem { return "\(name) could not be met: \(problem)" }
            return "\(name): \(Count.of(outcome.received, "entry", "entries")) came."
        }
            + result.deeds.map { peer, deeds in
                "By way of \(peer.name.cut), since the last report, of what was here \(deeds.sentence)."
            }
    }

    /// They are no backup, and nothing removes them but a person.
    private var copies: [Phrase] {
        hub.folder.copiesBeforeRestores.map { path in
            """
            \(path) still holds what was erased since. When all is well, remove it: rm -r "\(path)"
            """
        }
    }

    /// "Rosa Alvarez (3fa9c1) and R. Alvarez (77d0e2)"
    private static func names(
        _ nameA: String, _ a: RecordID, _ nameB: String, _ b: RecordID
    ) -> Phrase {
        ["\(nameA.cut) (\(a.shortened))", "\(nameB.cut) (\(b.shortened))"].listed("and")
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
            return "<h2>\(Self.escaped(part.heading.text))</h2>\n<ul>\n\(items)\n</ul>\n"
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
    package static func of(_ count: Int, _ one: Phrase, _ many: Phrase) -> Phrase {
        "\(grouped(count)) \(count == 1 ? one : many)"
    }

    /// "1,234"
    static func grouped(_ count: Int) -> String {
        let digits = Array(String(count))
        return String(
            digits.enumerated().flatMap { index, digit in
                let isStart = index > 0 && (digits.count - index).isMultiple(of: 3)
                return isStart ? [",", digit] : [digit]
            })
    }
}
