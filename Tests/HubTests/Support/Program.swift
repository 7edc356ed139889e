import Foundation
import Glibc
import Synchronization

/// `fieldbook-hub` as its keeper runs it: another process.
enum Program {
    struct Outcome: Sendable {
        let status: Int32
        let output: String
        let errors: String

        struct NotOneDocument: Error {}

        /// The one JSON document on standard output.
        func document() throws -> [String: any Sendable] {
            let object = try JSONSerialization.jsonObject(with: Data(output.utf8))
            guard let document = object as? [String: any Sendable] else { throw NotOneDocument() }
            return document
        }

        func text(_ key: String) throws -> String {
            guard let text = try document()[key] as? String else { throw NotOneDocument() }
            return text
        }
    }

    static var path: String {
        get throws {
            let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            return URL(filePath: tests).deletingLastPathComponent()
                .appending(path: "fieldbook-hub").path
        }
    }

    /// Runs a command to its end, for a keeper of this locale.
    static func run(
        _ arguments: [String], tool: String? = nil, locale: String? = nil
    ) async throws -> Outcome {
        let tool = try tool ?? path
        return try await Blocking.run {
            let process = Process()
            process.executableURL = URL(filePath: tool)
            process.arguments = arguments
            if let locale {
                process.environment = ProcessInfo.processInfo.environment.merging(
                    ["LC_ALL": locale]) { $1 }
            }
            let files = try (0..<2).map { _ in try Scratch() }
            process.standardOutput = files[0].handle
            process.standardError = files[1].handle
            process.standardInput = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            return Outcome(
                status: process.terminationStatus, output: try files[0].text(),
                errors: try files[1].text())
        }
    }

    private struct Scratch {
        let path = NSTemporaryDirectory() + "HubTests-\(UUID().uuidString)"
        let handle: FileHandle

        init() throws {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
            handle = try FileHandle(forUpdating: URL(filePath: path))
        }

        func text() throws -> String {
            defer { unlink(path) }
            return try String(contentsOfFile: path, encoding: .utf8)
        }
    }
}

/// A `fieldbook-hub serve` that runs until a test ends it.
final class Serving: Sendable {
    private let process: Mutex<Process>
    private let errorsPath: String
    /// The line that it prints when it is ready.
    let line: String
    let identifier: pid_t

    private init(_ arguments: [String], fewFiles: Int?) throws {
        let process = Process()
        process.executableURL = URL(filePath: try Program.path)
        process.arguments = ["serve"] + arguments
        if let fewFiles {
            process.executableURL = URL(filePath: "/bin/sh")
            process.arguments =
                ["-c", "ulimit -n \(fewFiles); exec \"$0\" \"$@\"", try Program.path, "serve"]
                + arguments
        }
        let output = Pipe()
        errorsPath = NSTemporaryDirectory() + "HubTests-\(UUID().uuidString)"
        _ = FileManager.default.createFile(atPath: errorsPath, contents: nil)
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: URL(filePath: errorsPath))
        try process.run()
        identifier = process.processIdentifier
        var line = Data()
        while !line.contains(UInt8(ascii: "\n")) {
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { break }
            line += more
        }
        self.line = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .newlines)
        self.process = Mutex(process)
    }

    /// Starts it and waits until it listens. `fewFiles` is how many files it may open.
    static func start(
        _ data: String, _ more: [String] = [], fewFiles: Int? = nil
    ) async throws -> Serving {
        let listen = more.contains("--listen") ? [] : ["--listen", "127.0.0.1:0"]
        return try await Blocking.run {
            try Serving(["--data", data] + listen + more, fewFiles: fewFiles)
        }
    }

    var port: Int {
        line.split(separator: ":").last?.prefix { $0.isNumber }.description.asNumber ?? 0
    }

    /// Sends a signal and waits for the end. Returns the exit status.
    func end(_ signal: Int32) async throws -> Int32 {
        kill(identifier, signal)
        return try await Blocking.run {
            self.process.withLock { process in
                process.waitUntilExit()
                return process.terminationStatus
            }
        }
    }

    /// What it has written on standard error.
    var errors: String {
        (try? String(contentsOfFile: errorsPath, encoding: .utf8)) ?? ""
    }
}

extension String {
    fileprivate var asNumber: Int? { Int(self) }
}

/// A hub's folder as the keeper made it, for one test.
struct KeepersHub: Sendable {
    let data: String
    let invitation: String

    static func open<Result>(
        at url: String? = nil, folderEnding: String = "",
        _ body: (KeepersHub) async throws -> Result
    ) async throws -> Result {
        await Gate.shared.enter()
        let data = NSTemporaryDirectory() + "HubTests-\(UUID().uuidString)" + folderEnding
        do {
            let made = try await Program.run(
                ["init", "--data", data, "--congregation", "St. Mark", "--json"]
                    + (url.map { ["--url", $0] } ?? []))
            let result = try await body(
                KeepersHub(data: data, invitation: made.text("invitation")))
            await end(data)
            return result
        } catch {
            await end(data)
            throw error
        }
    }

    private static func end(_ data: String) async {
        try? FileManager.default.removeItem(atPath: data)
        await Gate.shared.leave()
    }

    func run(_ command: String, _ arguments: String...) async throws -> Program.Outcome {
        try await Program.run([command, "--data", data] + arguments)
    }
}
