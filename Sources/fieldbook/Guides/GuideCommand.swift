import ArgumentParser
import Terminal
import Wording

/// Pages to read, each about a piece of work.
struct GuideCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "guide",
        abstract: said("Read how a piece of work is done with Fieldbook."),
        discussion: said(
            """
            Example:
              fieldbook guide first-week
            """),
        subcommands: [
            FirstWeekGuide.self, ListeningGuide.self, DemandGuide.self, ActionGuide.self,
            DuplicatesGuide.self, LimitsGuide.self,
        ])
}

/// A page to read; `--help` prints it too.
protocol Guide: ParsableCommand {
    static var page: Phrase { get }
}

extension Guide {
    /// The page as it is printed: a command that is too long for a line goes on in the next one, as a
    /// shell takes it.
    static var laidOut: String {
        page.text.split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { CommandLayout.lines(String($0)) }.joined(separator: "\n")
    }

    func run() throws {
        var page = Page()
        for line in Self.laidOut.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix(" ") { page.line(line) } else { page.paragraph(line) }
        }
        try page.show()
    }
}

/// Commands that a page shows, to be typed as they stand there.
enum CommandLayout {
    private static let columns = 80

    /// A command that is wider than a page, broken before options with a backslash; never within
    /// quotation marks. Any other line stays as it is.
    static func lines(_ line: String) -> [String] {
        guard line.hasPrefix("  fieldbook "), Wrapping.width(line) > columns else { return [line] }
        return parts(line).reduce(into: [String]()) { lines, part in
            guard let last = lines.last else { return lines.append(part) }
            let joined = last + " " + part
            if Wrapping.width(joined + " \\") <= columns {
                lines[lines.count - 1] = joined
            } else {
                lines[lines.count - 1] = last + " \\"
                lines.append("      " + part)
            }
        }
    }

    /// The command, and each option with its value.
    private static func parts(_ line: String) -> [String] {
        var parts = [""]
        var isQuoted = false
        for (index, character) in zip(line.indices, line) {
            if character == "\"" { isQuoted.toggle() }
            if character == " ", !isQuoted, line[index...].hasPrefix(" --") {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        return parts
    }
}
