import Foundation
import Testing

/// networkx from PyPI, in a folder of its own that goes with it: what it measures, ours must be.
final class NetworkX: Sendable {
    /// Why there is none here: a machine without Python, or without a way to a registry.
    struct Unavailable: Error { let reason: String }

    private let folder: String

    init() throws {
        folder =
            FileManager.default.temporaryDirectory
            .appending(path: "NetworkX-\(UUID().uuidString)").path
        do {
            try Self.run("/usr/bin/env", ["python3", "-m", "venv", folder])
            let pip = [
                "-m", "pip", "install", "-q", "--disable-pip-version-check", "--retries", "1",
            ]
            try Self.run(python, pip + ["--timeout", "15", "networkx"])
        } catch {
            try? FileManager.default.removeItem(atPath: folder)
            throw error
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    private var python: String { folder + "/bin/python" }

    /// Measures graphs, each a JSON document as the script reads it.
    func measure(_ graphs: [[String: Any]]) throws -> [Measures] {
        let lines = try graphs.map { graph in
            String(decoding: try JSONSerialization.data(withJSONObject: graph), as: UTF8.self)
        }
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "networkx_measures.py").path
        let answer = try Self.run(
            python, [script], input: lines.joined(separator: "\n") + "\n")
        return try answer.split(separator: "\n").map {
            try JSONDecoder().decode(Measures.self, from: Data($0.utf8))
        }
    }

    /// Runs a program to its end, with files for its streams, so that no pipe fills up.
    @discardableResult
    private static func run(
        _ program: String, _ arguments: [String], input: String = ""
    ) throws -> String {
        let base = FileManager.default.temporaryDirectory
            .appending(path: "NetworkX-\(UUID().uuidString)").path
        let files = ["in", "out", "err"].map { "\(base).\($0)" }
        defer { for file in files { try? FileManager.default.removeItem(atPath: file) } }
        for file in files {
            try (file == files[0] ? input : "").write(
                toFile: file, atomically: false, encoding: .utf8)
        }
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardInput = try FileHandle(forReadingFrom: URL(filePath: files[0]))
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: files[1]))
        process.standardError = try FileHandle(forWritingTo: URL(filePath: files[2]))
        do {
            try process.run()
        } catch {
            throw Unavailable(reason: "\(program) cannot be run")
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let errors = try String(contentsOfFile: files[2], encoding: .utf8)
            throw Unavailable(reason: String(errors.suffix(400)))
        }
        return try String(contentsOfFile: files[1], encoding: .utf8)
    }
}

/// What networkx says of a graph.
struct Measures: Decodable {
    let nodes: Int
    let edges: [[Int]]
    let density: Double
    let isolates: Int
    let components: [Int]
    let transitivity: Double
    let triangles: Int
    let centralization: Double
    let betweenness: [Double]
    let points: [Int]
    let bridges: [[Int]]
}
