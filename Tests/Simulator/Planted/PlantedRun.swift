import Foundation

/// Builds the program once with all planted bugs, each behind a switch, and has it simulated with one
/// after another switched on: what finds them all would find others. (Untch, Offutt and Harrold,
/// "Mutation analysis using mutant schemata", 1993.)
struct PlantedRun {
    /// How many schedules a bug has to survive to count as not found.
    let schedules: UInt64

    private static let root = FileManager.default.currentDirectoryPath
    private static let folder = root + "/.build-planted"
    private static let copy = folder + "/package"
    /// Schedules of merging alone, which come first: they are quick.
    private static let mergeSchedules: UInt64 = 2000
    private static let runsAtOnce = 2

    /// The bugs that are no edit of a text that stands in the sources once.
    static func misfits() -> [PlantedBug] {
        PlantedBug.all.filter { bug in
            let text = try? String(contentsOfFile: "\(root)/Sources/\(bug.file)", encoding: .utf8)
            return text.map { !bug.fits($0) } ?? true
        }
    }

    /// Returns how many bugs were found.
    func run() async throws -> Int {
        try copyPackage()
        try plant()
        try await build()
        try await checkIsSound()
        return try await withThrowingTaskGroup(of: Bool.self) { group in
            var found = 0
            for number in 1...PlantedBug.all.count {
                if number > Self.runsAtOnce, try await group.next() ?? false { found += 1 }
                group.addTask { try await isFound(number) }
            }
            for try await isFound in group where isFound { found += 1 }
            return found
        }
    }

    private func copyPackage() throws {
        let files = FileManager.default
        if files.fileExists(atPath: Self.copy) { try files.removeItem(atPath: Self.copy) }
        try files.createDirectory(atPath: Self.copy, withIntermediateDirectories: true)
        for name in ["Package.swift", "Package.resolved", "Sources", "Tests"]
        where files.fileExists(atPath: "\(Self.root)/\(name)") {
            try files.copyItem(atPath: "\(Self.root)/\(name)", toPath: "\(Self.copy)/\(name)")
        }
    }

    /// Edits the copy: each bug is there when its number stands in the environment.
    private func plant() throws {
        let switches = """
            import Foundation

            private let planted = ProcessInfo.processInfo.environment["\(Self.variable)"].flatMap { Int($0) }

            package func isPlanted(_ bug: Int) -> Bool { bug == planted }
            """
        try write(switches, to: "Replication/Planted.swift")
        for (index, bug) in PlantedBug.all.enumerated() {
            let text = try String(
                contentsOfFile: "\(Self.copy)/Sources/\(bug.file)", encoding: .utf8)
            try write(bug.planted(in: text, "isPlanted(\(index + 1))"), to: bug.file)
        }
    }

    private static let variable = "PLANTED_BUG"

    private func write(_ text: String, to file: String) throws {
        try text.write(
            toFile: "\(Self.copy)/Sources/\(file)", atomically: true, encoding: .utf8)
    }

    private func build() async throws {
        let ending = try await Ending(
            of: "/usr/bin/env",
            [
                "swift", "build", "--package-path", Self.copy, "--scratch-path",
                "\(Self.folder)/build", "--configuration", "release", "--product", "simulator",
            ])
        guard ending.isGood else {
            throw Broken("With the planted bugs it does not build:\n\(ending.output.suffix(4000))")
        }
    }

    /// Schedules that fail without any planted bug would find every one.
    private func checkIsSound() async throws {
        let half = schedules / 2
        async let merging = finding(0, "--depth", "replication", Self.mergeSchedules)
        async let first = finding(0, "--seed", "1", half)
        async let second = finding(0, "--seed", "\(half + 1)", schedules - half)
        let findings = try await [merging, first, second].compactMap(\.self)
        guard let finding = findings.first else { return }
        throw Broken("Without a planted bug: \(finding)")
    }

    private func isFound(_ number: Int) async throws -> Bool {
        let began = ContinuousClock.now
        let bug = PlantedBug.all[number - 1]
        let finding =
            if let finding = try await finding(
                number, "--depth", "replication", Self.mergeSchedules)
            {
                finding
            } else { try await finding(number, "--depth", "full", schedules, bug.favour) }
        let seconds = Int((ContinuousClock.now - began) / .seconds(1))
        let outcome = finding == nil ? "NOT FOUND in \(schedules) schedules" : "found"
        Self.say("\(number). \(outcome), \(seconds) s: \(bug.name)")
        if let finding { Self.say("    \(finding)") }
        return finding != nil
    }

    /// At once, also into a file: the whole takes long.
    private static func say(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }

    /// What the simulator says of the first schedule that fails; nil when none does.
    private func finding(
        _ number: Int, _ option: String, _ value: String, _ schedules: UInt64,
        _ favour: String? = nil
    ) async throws -> String? {
        let ending = try await Ending(
            of: "\(Self.folder)/build/release/simulator",
            [option, value, "--schedules", String(schedules)]
                + (favour.map { ["--favour", $0] } ?? []),
            [Self.variable: String(number)])
        guard !ending.isGood else { return nil }
        return ending.output.split(separator: "\n").first { $0.hasPrefix("FAILED") }
            .map(String.init) ?? "It crashed."
    }
}

/// How a program ended, and what it printed.
private struct Ending: Sendable {
    let isGood: Bool
    let output: String

    /// Runs the program to its end.
    init(
        of tool: String, _ arguments: [String], _ environment: [String: String] = [:]
    ) async throws {
        self = try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    with: Result { try Ending(waitingFor: tool, arguments, environment) })
            }
        }
    }

    private init(
        waitingFor tool: String, _ arguments: [String], _ environment: [String: String]
    ) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: tool)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        isGood = process.terminationStatus == 0
        self.output = String(decoding: bytes, as: UTF8.self)
    }
}
