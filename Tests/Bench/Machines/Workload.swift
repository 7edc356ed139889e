import Foundation
import Glibc

/// A workload on disk, as `workload.py` writes it.
package struct Workload: Sendable {
    private let folder: String

    /// All changes, a line each.
    package var changesPath: String { folder + "/changes.ndjson" }
    /// A hundred more, of a week later.
    package var tailPath: String { folder + "/tail.ndjson" }

    /// `Tests/Bench`: the generator and the floor lie beside this target's folder.
    package static let tools = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().path

    /// Runs the generator. The same size and seed give the same bytes.
    package static func generate(size: String, seed: UInt64, in folder: String) throws -> Workload {
        let python = try Tool.path("python3", neededFor: "workload.py, which makes the changes")
        let outcome = try Child(
            python,
            [
                tools + "/workload.py", "gen", "--size", size, "--seed", String(seed),
                "--out", folder,
            ]
        ).finish()
        guard outcome.status == 0 else {
            throw BenchError("workload.py failed.")
        }
        return Workload(folder: folder)
    }

    /// All changes.
    package func changes() throws -> [WorkloadChange] {
        var changes: [WorkloadChange] = []
        try Self.read(changesPath) { changes.append($0) }
        return changes
    }

    /// How many changes there are, as the generator counted.
    package func count() throws -> Int {
        struct Generated: Decodable { let changes: Int }
        let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/meta.json"))
        return try JSONDecoder().decode(Generated.self, from: bytes).changes
    }

    /// Reads one change after the other, without holding them all.
    package static func read(_ path: String, _ body: (WorkloadChange) throws -> Void) throws {
        guard let file = fopen(path, "r") else {
            throw BenchError("\(path) cannot be read.")
        }
        defer { fclose(file) }
        var line: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { free(line) }
        let decoder = JSONDecoder()
        while true {
            let length = getline(&line, &capacity, file)
            guard length > 0, let line else { return }
            try body(decoder.decode(WorkloadChange.self, from: Data(bytes: line, count: length)))
        }
    }
}
