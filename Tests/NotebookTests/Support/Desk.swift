import Histories
import Notebook
import Replication
import Store
import Synchronization
import Testing

/// An organizer's notebook, in memory, on a clock that moves on with every reading.
struct Desk {
    let notebook: Notebook

    /// The desk with this number: its chance and key are the same in every run. `later` puts its clock
    /// forward by so many milliseconds.
    static func open(
        _ number: UInt8 = 1, seed: UInt64 = 0, later: @escaping @Sendable () -> UInt64 = { 0 }
    ) throws -> Desk {
        let random = Mutex(SplitMix64(seed: seed << 8 | UInt64(number)))
        // Noon on 3 March 2026, and a second more each time.
        let now = Mutex<UInt64>(1_772_539_200_000 + UInt64(number))
        let environment = Environment(
            milliseconds: {
                now.withLock { now in
                    now += 1000
                    return now + later()
                }
            },
            randomBytes: { count in
                random.withLock { random in
                    (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
                }
            },
            key: try #require(DeviceKey(bytes: [UInt8](repeating: number, count: 32))))
        let store = try Store(path: nil, schema: Kinds.schema, environment: environment)
        return Desk(
            notebook: try NotebookFile.begin(
                store, name: "Organizer \(number)", zoneName: "UTC", zone: .utc))
    }

    /// Adds somebody; the earlier is the one with the smaller id.
    func add(_ name: String, phone: String? = nil, turf: RecordID? = nil) throws -> RecordID {
        try notebook.add(PersonDetails(name: name, phone: phone, turf: turf))
    }

    /// Takes in all that another desk has ever written.
    func hear(_ other: Desk) throws {
        let commits = try other.commits()
        try notebook.store.write { transaction in
            for commit in commits { try transaction.merge(commit) }
        }
    }

    /// All that this desk has written, as a hub would decode it.
    func commits() throws -> [Commit] {
        let request = try SyncRequest(
            decoding: notebook.store.request(
                for: RecordID(rawValue: 0xCC), maxCommits: Limits.blockCommits
            ).encoded())
        return request.push?.entries.compactMap(\.commit) ?? []
    }

    var names: [String] {
        get throws { try notebook.people().map(\.name) }
    }
}

/// Has every desk hear every other one.
func exchange(_ desks: Desk...) throws {
    for desk in desks {
        for other in desks { try desk.hear(other) }
    }
}
