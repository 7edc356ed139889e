import Foundation

/// Python with parsers of others, in a temporary folder of its own.
enum Python {
    /// The interpreter; nil where it, or the registry that the parsers come from, cannot be reached.
    static let interpreter: String? = {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "InterchangeTests-python-\(ProcessInfo.processInfo.processIdentifier)"
        ).path
        guard run("/usr/bin/env", ["python3", "-m", "venv", folder]).code == 0 else { return nil }
        let python = folder + "/bin/python"
        let install = [
            "-m", "pip", "install", "-q", "--disable-pip-version-check", "--retries", "1",
            "--timeout", "20", "vobject==0.9.9", "icalendar==6.3.1",
        ]
        return run(python, install).code == 0 ? python : nil
    }()

    static let isMissing: String =
        "Skipped: python3 or the package registry with vobject and icalendar is unreachable."

    static func run(
        _ program: String, _ arguments: [String]
    ) -> (code: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.standardError
        do {
            try process.run()
            let said = try output.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            return (process.terminationStatus, String(decoding: said, as: UTF8.self))
        } catch {
            return (-1, "")
        }
    }

    /// Runs a script on a file, and returns the lines that it printed.
    static func lines(_ script: String, _ file: String) -> [String] {
        guard let interpreter else { return [] }
        let outcome = run(interpreter, ["-c", script, file])
        return outcome.code == 0
            ? outcome.output.split(separator: "\n").map(String.init) : ["failed"]
    }
}
