import Foundation
import Histories
import Interchange
import Notebook
import Replication
import Store
import Synchronization
import Testing

/// An organizer's notebook, in memory, on a clock that moves on with every reading; and a folder.
final class Desk: Sendable {
    let notebook: Notebook
    let folder: URL

    /// The desk with this number: its chance and key are the same in every run.
    init(_ number: UInt8 = 1, named name: String? = nil) throws {
        let random = Mutex(SplitMix64(seed: UInt64(number)))
        // Noon on 3 March 2026, and a second more each time.
        let now = Mutex<UInt64>(1_772_539_200_000 + UInt64(number))
        let environment = Environment(
            milliseconds: {
                now.withLock { now in
                    now += 1000
                    return now
                }
            },
            randomBytes: { count in
                random.withLock { random in
                    (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
                }
            },
            key: try #require(DeviceKey(bytes: [UInt8](repeating: number, count: 32))))
        let store = try Store(path: nil, schema: Kinds.schema, environment: environment)
        notebook = try NotebookFile.begin(
            store, name: name ?? "Organizer \(number)", zoneName: "UTC", zone: .utc)
        folder = FileManager.default.temporaryDirectory.appending(
            path: "InterchangeTests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    /// Writes a file and brings it in.
    @discardableResult
    func bring(
        _ text: String, as name: String = "file.ndjson", isDryRun: Bool = false
    ) throws -> ImportReport {
        try bring(bytes: Array(text.utf8), as: name, ImportSettings(isDryRun: isDryRun))
    }

    @discardableResult
    func bring(
        bytes: [UInt8], as name: String, _ settings: ImportSettings = ImportSettings()
    ) throws -> ImportReport {
        try Data(bytes).write(to: folder.appending(path: name))
        return try bring(file: name, settings)
    }

    @discardableResult
    func bring(
        file name: String, _ settings: ImportSettings = ImportSettings()
    ) throws -> ImportReport {
        let source = try SourceFile(path(name), spoolingIn: folder.path)
        return try notebook.importFile(
            source, as: try #require(Form(ofFile: name)), settings)
    }

    func export(_ form: Form = .ndjson) throws -> String {
        let file = path("export-\(UUID().uuidString)")
        _ = try notebook.export(as: form, to: TargetFile(file))
        return try String(contentsOfFile: file, encoding: .utf8)
    }

    /// Takes in all that another desk has ever written.
    func hear(_ other: Desk) throws {
        let request = try other.notebook.store.request(
            for: RecordID(rawValue: 0xCC), maxCommits: Limits.blockCommits)
        let commits = request.push?.entries.compactMap(\.commit) ?? []
        try notebook.store.write { transaction in
            for commit in commits { try transaction.merge(commit) }
        }
    }

    /// Writes past the verbs, as an older or a newer program may.
    func write(_ key: RecordKey, home: SpaceID = Space.organizers, _ changes: Change...) throws {
        _ = try notebook.store.write { transaction in
            try transaction.commit(
                [Edit(key, home: home, changes)], by: notebook.me.member)
        }
    }

    func person(_ name: String) throws -> Person {
        try #require(try notebook.person(notebook.findPerson(name)))
    }

    var names: [String] { get throws { try notebook.people().map(\.name) } }
}

extension ImportReport {
    /// "1 created, 0 updated, 2 skipped, 0 rejected"
    var counts: String {
        "\(created) created, \(updated) updated, \(skipped) skipped, \(rejected) rejected"
    }
}
