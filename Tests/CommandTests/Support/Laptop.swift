import Foundation
import Notebook
import Testing

/// A laptop of a test's own: a home folder with a notebook, and the program.
final class Laptop: Sendable {
    let home: String
    static let program = productsFolder.appending(path: "fieldbook").path

    /// Makes Ana's notebook, unless told not to.
    init(named name: String? = "Ana Reyes") throws {
        let url = FileManager.default.temporaryDirectory.appending(
            path: "CommandTests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        home = url.path
        if let name { try succeed("init", "--name", name) }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: home)
    }

    var notebook: String { "\(home)/notebook.sqlite" }

    var environment: [String: String] {
        [
            "HOME": home, "FIELDBOOK_NOTEBOOK": notebook, "TZ": "America/Chicago",
            "PATH": "/usr/bin:/bin", "TERM": "xterm",
        ]
    }

    /// Runs a command to its end.
    func run(
        _ arguments: [String], input: String = "", environment: [String: String] = [:],
        output: String? = nil
    ) throws -> Outcome {
        try run(Self.program, arguments, input: input, environment: environment, output: output)
    }

    func run(_ arguments: String...) throws -> Outcome { try run(arguments) }

    /// Runs a command that must end well, and returns what it printed.
    @discardableResult
    func succeed(_ arguments: String...) throws -> String {
        let outcome = try run(arguments)
        try #require(outcome.code == 0, "\(arguments): \(outcome.errors)")
        return outcome.output
    }

    /// Runs a command with `--json`, and returns the document.
    @discardableResult
    func json(_ arguments: String...) throws -> [String: Any] {
        let outcome = try run(arguments + ["--json"])
        try #require(outcome.code == 0, "\(arguments): \(outcome.errors)")
        return try outcome.document()
    }

    /// Runs any program with this laptop's environment. Standard streams are files, so that no pipe
    /// fills up.
    func run(
        _ program: String, _ arguments: [String], input: String = "",
        environment: [String: String] = [:], output: String? = nil
    ) throws -> Outcome {
        let name = "\(home)/\(UUID().uuidString)"
        let files = (input: name + ".in", output: output ?? name + ".out", errors: name + ".err")
        try Data(input.utf8).write(to: URL(filePath: files.input))
        for file in [files.output, files.errors] where !file.hasPrefix("/dev") {
            _ = FileManager.default.createFile(atPath: file, contents: nil)
        }
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = self.environment.merging(environment) { $1 }
        process.currentDirectoryURL = URL(filePath: home)
        process.standardInput = try FileHandle(forReadingFrom: URL(filePath: files.input))
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: files.output))
        process.standardError = try FileHandle(forWritingTo: URL(filePath: files.errors))
        try process.run()
        process.waitUntilExit()
        let text = { (file: String) in
            file.hasPrefix("/dev") ? "" : try String(contentsOfFile: file, encoding: .utf8)
        }
        return Outcome(
            code: process.terminationStatus, output: try text(files.output),
            errors: try text(files.errors))
    }

    /// Starts a command whose output goes to a file.
    func start(_ arguments: [String], output: String) throws -> Process {
        try Data().write(to: URL(filePath: output))
        let process = Process()
        process.executableURL = URL(filePath: Self.program)
        process.arguments = arguments
        process.environment = environment
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
        try process.run()
        return process
    }

    /// Beside the test bundle.
    private static var productsFolder: URL {
        let tests = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(filePath: tests ?? "").deletingLastPathComponent()
    }
}

/// What a command left.
struct Outcome {
    let code: Int32
    let output: String
    let errors: String

    /// The one JSON document on standard output.
    func document() throws -> [String: Any] {
        let lines = output.split(separator: "\n")
        try #require(lines.count == 1, "one document in one line: \(output)")
        let any = try JSONSerialization.jsonObject(with: Data(output.utf8))
        return try #require(any as? [String: Any])
    }
}

extension [String: Any] {
    func text(_ key: String) -> String? { self[key] as? String }

    func list(_ key: String) throws -> [[String: Any]] {
        try #require(self[key] as? [[String: Any]], "\(key) is a list of objects")
    }
}

/// Days around today, for the notebook's people in Chicago.
enum Days {
    static var today: Day {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: "America/Chicago") ?? .gmt
        let parts = calendar.dateComponents([.year, .month, .day], from: Date())
        return Day(
            year: Int64(parts.year ?? 0), month: Int64(parts.month ?? 0), day: Int64(parts.day ?? 0)
        )
            ?? Day(number: 0)
    }
}

extension Laptop {
    /// Ana's and Bo's laptops, and the id of Rosa, whom both know.
    static func twoWhoKnowRosa() throws -> (ana: Laptop, bo: Laptop, rosa: String) {
        let (ana, bo) = (try Laptop(named: "Ana Reyes"), try Laptop(named: "Bo Lind"))
        let rosa = try #require(ana.json("person", "add", "Rosa Alvarez").text("id"))
        try exchange(ana, bo)
        return (ana, bo, rosa)
    }
}
