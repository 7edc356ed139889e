import Foundation
import Glibc

/// A workload on disk, as `workload.py` writes it.
struct Workload {
    let changesPath: String

    /// `Tests/Bench`: the generator and the floor lie beside this target's folder.
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    /// Runs the generator. The same size and seed give the same bytes.
    static func generate(size: String, seed: UInt64, in folder: String) throws -> Workload {
        let python = try Tool.path("python3", neededFor: "workload.py, which makes the changes")
        let outcome = try Child(
            python,
            [
                Self.folder + "/workload.py", "gen", "--size", size, "--seed", String(seed),
                "--out", folder,
            ]
        ).finish()
        guard outcome.status == 0 else {
            throw ReplayError("workload.py failed.")
        }
        return Workload(changesPath: folder + "/changes.ndjson")
    }

    func changes() throws -> [WorkloadChange] {
        var changes: [WorkloadChange] = []
        try read { changes.append($0) }
        return changes
    }

    func count() throws -> Int {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: changesPath))
        return bytes.reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    }

    /// Reads one change after the other, without holding them all.
    func read(_ body: (WorkloadChange) throws -> Void) throws {
        guard let file = fopen(changesPath, "r") else {
            throw ReplayError("\(changesPath) cannot be read.")
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

/// What stops a replay: a check that failed, or something that is missing.
struct ReplayError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Throws unless a condition of the replay holds.
func check(_ condition: Bool, _ complaint: @autoclosure () -> String) throws {
    guard condition else { throw ReplayError(complaint()) }
}
