import Foundation

/// Builds the program with one planted bug after another, and has each simulated: what finds them all
/// would find others.
struct PlantedRun {
    /// How many schedules a bug has to survive to count as not found.
    let schedules: UInt64
    /// How many of the first are left out.
    let skipped: Int

    private let root = FileManager.default.currentDirectoryPath
    private var folder: String { root + "/.build-planted" }
    private var copy: String { folder + "/package" }

    /// The bugs that are no edit of a line that stands in the sources once.
    static func misfits() -> [PlantedBug] {
        PlantedBug.all.filter { bug in
            let path = FileManager.default.currentDirectoryPath + "/Sources/" + bug.file
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return true }
            return text.components(separatedBy: bug.right).count != 2
        }
    }

    /// Returns the bugs that nothing found.
    ///
    /// Most show in few schedules, and then a build without optimization is the quicker way: the
    /// others are looked for again in a release build.
    func run() throws -> [PlantedBug] {
        try copyPackage()
        let quick = Look(configuration: "debug", schedules: min(60, schedules))
        let long = Look(configuration: "release", schedules: schedules)
        try isSound(quick)
        let left = try PlantedBug.all.dropFirst(skipped).filter { try !isFound($0, quick) }
        guard !left.isEmpty else { return [] }
        try isSound(long)
        return try left.filter { try !isFound($0, long) }
    }

    /// How the program is built, and how many schedules it then runs.
    private struct Look {
        let configuration: String
        let schedules: UInt64
    }

    /// Schedules that fail without any planted bug would find every one.
    private func isSound(_ look: Look) throws {
        try build(look)
        guard let finding = try finding(look) else { return }
        throw Broken("Without a planted bug: \(finding)")
    }

    private func copyPackage() throws {
        let files = FileManager.default
        if files.fileExists(atPath: copy) { try files.removeItem(atPath: copy) }
        try files.createDirectory(atPath: copy, withIntermediateDirectories: true)
        for name in ["Package.swift", "Package.resolved", "Sources", "Tests"]
        where files.fileExists(atPath: "\(root)/\(name)") {
            try files.copyItem(atPath: "\(root)/\(name)", toPath: "\(copy)/\(name)")
        }
    }

    private func isFound(_ bug: PlantedBug, _ look: Look) throws -> Bool {
        let path = "\(copy)/Sources/\(bug.file)"
        let right = try String(contentsOfFile: path, encoding: .utf8)
        defer { try? right.write(toFile: path, atomically: true, encoding: .utf8) }
        try right.replacingOccurrences(of: bug.right, with: bug.wrong)
            .write(toFile: path, atomically: true, encoding: .utf8)
        do {
            try build(look)
        } catch let broken as Broken {
            Self.say("DOES NOT BUILD: \(bug.name)\n\(broken)")
            return false
        }
        let began = ContinuousClock.now
        let finding = try finding(look)
        let seconds = Int((ContinuousClock.now - began) / .seconds(1))
        Self.say(
            "\(finding == nil ? "not found" : "found"), \(look.schedules) schedules, \(seconds) s: "
                + bug.name)
        if let finding { Self.say("    \(finding)") }
        return finding != nil
    }

    /// At once, also into a file: the whole takes long.
    private static func say(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }

    private func build(_ look: Look) throws {
        let (status, output) = try Self.run(
            "/usr/bin/env",
            "swift", "build", "--package-path", copy, "--scratch-path", folder + "/build",
            "--configuration", look.configuration, "--product", "simulator")
        guard status == 0 else {
            throw Broken("A planted bug does not build:\n\(output.suffix(2000))")
        }
    }

    /// What the simulator says of the first schedule that fails, at either depth; nil when none does.
    private func finding(_ look: Look) throws -> String? {
        try finding(look, "--depth", "replication", "--schedules", "2000")
            ?? finding(look, "--schedules", String(look.schedules))
    }

    private func finding(_ look: Look, _ arguments: String...) throws -> String? {
        let (status, output) = try Self.run(
            "\(folder)/build/\(look.configuration)/simulator", arguments: arguments)
        guard status != 0 else { return nil }
        return output.split(separator: "\n").first { $0.hasPrefix("FAILED") }.map(String.init)
            ?? "It crashed."
    }

    private static func run(_ tool: String, _ arguments: String...) throws -> (Int32, String) {
        try run(tool, arguments: arguments)
    }

    private static func run(_ tool: String, arguments: [String]) throws -> (Int32, String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: tool)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
    }
}
