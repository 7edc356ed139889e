import Histories
import Replication
import Store
import Synchronization
import Testing

/// A wall clock that stands still until it is set.
final class Clock: Sendable {
    private let now: Mutex<UInt64>

    init(milliseconds: UInt64 = 1_800_000_000_000) {
        now = Mutex(milliseconds)
    }

    var milliseconds: UInt64 {
        get { now.withLock { $0 } }
        set { now.withLock { $0 = newValue } }
    }
}

extension Environment {
    /// The world of the test device with this number: a clock that stands still, seeded chance, and
    /// a key that is the same in every run.
    static func device(_ number: UInt8, seed: UInt64 = 0, clock: Clock = Clock()) throws -> Self {
        let random = Mutex(SplitMix64(seed: seed << 8 | UInt64(number)))
        return Environment(
            milliseconds: { clock.milliseconds },
            randomBytes: { count in
                random.withLock { random in
                    (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
                }
            },
            key: try #require(DeviceKey(bytes: [UInt8](repeating: number, count: 32))))
    }
}

extension Store {
    /// The notebook of a test device, in memory unless there is a path.
    static func open(
        _ device: UInt8 = 1, at path: String? = nil, seed: UInt64 = 0, clock: Clock = Clock(),
        schema: Schema = .sample, creating: Bool = true, patienceMilliseconds: Int = 5000
    ) throws -> Store {
        try Store(
            path: path, schema: schema,
            environment: .device(device, seed: seed, clock: clock), creating: creating,
            patienceMilliseconds: patienceMilliseconds)
    }

    /// Commits one act of Ada's.
    @discardableResult
    func act(_ edits: Edit...) throws -> [Dot] {
        try act(edits)
    }

    @discardableResult
    func act(_ edits: [Edit]) throws -> [Dot] {
        try write { try $0.commit(edits, by: .ada) }
    }

    /// Adds a person and returns their key.
    @discardableResult
    func add(_ name: String, home: SpaceID = Space.organizers) throws -> RecordKey {
        let key = RecordKey(Kind.person, environment.newID())
        try act(Edit(key, home: home, [.set(.name, .text(name))]))
        return key
    }

    func state(_ key: RecordKey) throws -> RecordState? {
        try read { try Records.state(of: key, $0) }
    }

    /// All that this device has committed and no hub has acknowledged, as a hub would decode it.
    func unsentCommits() throws -> [Commit] {
        let request = try SyncRequest(
            decoding: request(for: .parish, maxCommits: Limits.blockCommits).encoded())
        return request.push?.entries.compactMap(\.commit) ?? []
    }

    func merge(_ commits: [Commit]) throws {
        try write { transaction in
            for commit in commits { try transaction.merge(commit) }
        }
    }
}

extension MemberID {
    static let ada = MemberID(rawValue: 0xADA)
    static let bo = MemberID(rawValue: 0xB0)
    static let parish = RecordID(rawValue: 0xCC)
    static let northTurf = SpaceID(rawValue: 0x01)
    static let southTurf = SpaceID(rawValue: 0x02)
}
