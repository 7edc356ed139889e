import Foundation
import Testing

@Suite("Tab in a shell")
struct CompletionTests {
    let ana: Laptop

    init() throws {
        ana = try Laptop()
        for name in ["Rosa Alvarez", "Rosalind O'Brien", "Bo Lind"] {
            try ana.succeed("person", "add", name)
        }
        try ana.succeed("turf", "add", "North Side")
    }

    /// What bash puts on the line for words of which the last is unfinished.
    private func offered(_ words: String...) throws -> [String] {
        let script = """
            source <("\(Laptop.program)" --generate-completion-script bash)
            shopt -s extglob
            COMP_WORDS=("$@")
            COMP_CWORD=$(($# - 1))
            COMP_LINE="$*"
            COMP_POINT=${#COMP_LINE}
            _fieldbook "$1" "${@: -1}" "${@: -2:1}"
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let folder = URL(filePath: Laptop.program).deletingLastPathComponent().path
        let outcome = try ana.run(
            "/bin/bash", ["-c", script, "bash"] + words,
            environment: ["PATH": "\(folder):/usr/bin:/bin"])
        return outcome.output.split(separator: "\n").map(String.init)
    }

    /// Bash itself quotes what has spaces, as it does for files.
    @Test("A person's name is completed")
    func people() throws {
        #expect(
            try offered("fieldbook", "met", "Ros") == ["Rosa Alvarez", "Rosalind O'Brien"])
        #expect(try offered("fieldbook", "person", "show", "Bo") == ["Bo Lind"])
    }

    /// A name comes from anybody: by an import, or from a leader's laptop.
    @Test(
        "No name runs as a command",
        arguments: [
            "`touch pwned`", "$(touch pwned)", "\u{600}`touch pwned`",
            "'; touch pwned; '", "\"; touch pwned; \"", "x\u{301}`touch\u{A0}pwned`\u{301}",
            "a\u{D4E}`touch pwned`\u{D4E}", "a\u{D4E}\"touch pwned\"\u{D4E}",
        ])
    func attack(_ name: String) throws {
        try ana.succeed("person", "add", "Eve \(name)")
        let offered = try offered("fieldbook", "met", "Eve")
        #expect(offered.count == 1 && offered[0].hasPrefix("Eve "))
        #expect(!FileManager.default.fileExists(atPath: "\(ana.home)/pwned"))
    }

    @Test("Turfs, kinds and reports are completed, too")
    func others() throws {
        #expect(try offered("fieldbook", "turf", "assign", "No") == ["North Side"])
        #expect(try offered("fieldbook", "record", "add", "houseM") == ["houseMeeting"])
        #expect(try offered("fieldbook", "report", "one-to") == ["one-to-ones"])
        try ana.succeed("action", "add", "Assembly", "--on", "tomorrow")
        try ana.succeed("issue", "add", "Bus stops")
        #expect(try offered("fieldbook", "action", "pledge", "Ass") == ["Assembly"])
        #expect(try offered("fieldbook", "action", "pledge", "Assembly", "Bo") == ["Bo Lind"])
        #expect(try offered("fieldbook", "issue", "cut", "Bu") == ["Bus stops"])
        #expect(
            try offered("fieldbook", "campaign", "add", "Bus", "--issue", "Bu") == ["Bus stops"])
    }

    @Test("The verb that may be left out is completed, and the ways of a contact")
    func leftOut() throws {
        #expect(try offered("fieldbook", "turf", "No") == ["North Side"])
        #expect(try offered("fieldbook", "turf", "").contains("North Side"))
        #expect(try offered("fieldbook", "turf", "").contains("assign"))
        #expect(try offered("fieldbook", "touch", "Bo", "--by", "").contains("visit"))
        for shell in ["zsh", "fish"] {
            let script = try ana.succeed("--generate-completion-script", shell)
            #expect(
                script.contains(
                    shell == "zsh"
                        ? "_fieldbook_turf_list && ret=0"
                        : "\"fieldbook turf\" -eq 1' -fka '(__fieldbook_custom_completion "))
        }
    }

    @Test("Without a notebook nothing is offered, and nothing is said")
    func nothing() throws {
        let other = try Laptop(named: nil)
        let outcome = try other.run([
            "---completion", "met", "--", "positional@0", "2", "3", "met", "R",
        ])
        #expect(outcome.errors == "")
    }
}
