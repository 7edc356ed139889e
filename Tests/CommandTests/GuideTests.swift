import ArgumentParser
import Foundation
import Testing
import Wording

@testable import fieldbook

@Suite("The guides")
struct GuideTests {
    private static let guides = GuideCommand.configuration.subcommands.compactMap {
        $0 as? any Guide.Type
    }

    @Test("Every guide can be printed, and by --help")
    func printed() throws {
        let ana = try Laptop()
        #expect(Self.guides.count == 6)
        for guide in Self.guides {
            let name = try #require(guide.configuration.commandName)
            let page = try ana.succeed("guide", name)
            let first = try #require(page.split(separator: "\n").first)
            #expect(try ana.succeed("guide", name, "--help").contains(first.prefix(40)))
            #expect(page.split(separator: "\n").allSatisfy { $0.count <= 80 || $0.hasPrefix("  ") })
        }
    }

    @Test("A command of a guide can be copied as it stands there", arguments: ["", "--help"])
    func copied(_ option: String) throws {
        let ana = try Laptop()
        for name in Self.guides.compactMap({ $0.configuration.commandName }) {
            let page = try ana.run(["guide", name] + (option.isEmpty ? [] : [option])).output
            let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
            for (index, line) in lines.enumerated() where line.hasPrefix("  ") {
                #expect(line.count { $0 == "\"" }.isMultiple(of: 2), "\(name): \(line)")
                let goesOn = line.hasSuffix(" \\")
                #expect(!goesOn || lines[index + 1].hasPrefix("      --"), "\(name): \(line)")
            }
        }
        let week = try ana.run(["guide", "first-week"] + (option.isEmpty ? [] : [option])).output
        #expect(
            week.contains(
                """
                  fieldbook met "Rosa Alvarez" --new --minutes 40 \\
                      --summary "Walks her mother to dialysis." --heard "bus stops" \\
                      --next "thank her" --due tomorrow
                """), "\(week)")
        #expect(week.contains("\"fieldbook commitment keep\""))
    }

    /// The examples build on one another, as a reader would type them; what was not meant is taken
    /// back at the end.
    @Test("Every command that a guide shows does what it says")
    func examples() throws {
        let ana = try Laptop(named: nil)
        let lines = Self.guides.flatMap { guide in
            guide.page.text(in: .english).split(separator: "\n").filter {
                $0.hasPrefix("  fieldbook ")
            }
        }
        let last = ["  fieldbook undo"]
        for line in lines.map(String.init).filter({ !last.contains($0) }) + last
        where line != "  fieldbook met" {
            // The day of the action has come.
            if line.contains("action evaluate") { try ana.succeed("edit", "Assembly", "on=today") }
            let script = line.replacing("fieldbook", with: Laptop.program, maxReplacements: 1)
            let outcome = try ana.run("/bin/sh", ["-c", script])
            #expect(outcome.code == 0, "\(line): \(outcome.errors)")
        }
    }
}
