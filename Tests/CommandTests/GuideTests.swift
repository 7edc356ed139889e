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
            let script = line.replacing("fieldbook", with: Laptop.program, maxReplacements: 1)
            let outcome = try ana.run("/bin/sh", ["-c", script])
            #expect(outcome.code == 0, "\(line): \(outcome.errors)")
        }
    }
}
