import Foundation
package import GRDB
package import Notebook
package import Replication
package import Store
package import Sync
import Synchronization

/// A congregation's hub: a log with a door, and a notebook that reads it.
package final class Hub: Sendable {
    package let folder: HubFolder
    package let file: DatabaseFile
    /// Signs answers; its public half is pinned by every invitation.
    let identity: DeviceKey
    package let settings: HubSettings
    let pageSize: PageSize
    private let notebook: Mutex<Notebook>
    /// Where the keys of the hub's own notebook are.
    private let keys: any KeyRing
    let nonces = Nonces()
    let guesses = GuessLimit()
    let gauge = DiskGauge()
    private let catchingUp = AsyncLock()
    /// One at a time builds a snapshot or packs what it holds.
    let snapshots = Mutex(())
    private let pushes = Mutex<(count: UInt64, waiting: AsyncStream<Void>.Continuation?)>((0, nil))

    init(
        folder: HubFolder, file: DatabaseFile, identity: DeviceKey, own: Notebook,
        keys: (any KeyRing)?, settings: HubSettings, pageSize: PageSize
    ) {
        self.folder = folder
        self.file = file
        self.identity = identity
        notebook = Mutex(own)
        self.keys = keys ?? folder.notebook
        self.settings = settings
        self.pageSize = pageSize
    }

    /// The hub's own notebook, fed from the log; pages and reports read it.
    package var own: Notebook { notebook.withLock { $0 } }

    /// Why nothing can be written in it; nil where it can.
    package var obstacle: StoreError? { file.obstacle ?? own.store.file.obstacle }

    /// A hub whose files are open; the keys of its notebook are in its folder, unless they are
    /// elsewhere. Throws `HubError.missing` when its log has no settings, and `.otherKey` when the
    /// key is of another hub.
    package convenience init(
        folder: HubFolder, file: DatabaseFile, identity: DeviceKey, own: Notebook,
        keys: (any KeyRing)? = nil, pageSize: PageSize = PageSize()
    ) throws {
        guard let settings = try file.read({ try HubSettings.load($0) }) else {
            throw HubError.missing(path: folder.path)
        }
        guard settings.hubKey == identity.publicKey else {
            throw HubError.otherKey(path: folder.keyPath)
        }
        self.init(
            folder: folder, file: file, identity: identity, own: own, keys: keys,
            settings: settings, pageSize: pageSize)
    }

    /// Makes a hub in an empty file: its settings, and its own device.
    package static func create(
        congregation: String, url: String?, folder: HubFolder, file: DatabaseFile,
        identity: DeviceKey, own: Notebook, keys: (any KeyRing)? = nil,
        pageSize: PageSize = PageSize()
    ) throws -> Hub {
        let environment = own.store.environment
        let settings = HubSettings(
            congregation: environment.newID(), congregationName: congregation, url: url,
            hubKey: identity.publicKey)
        let now = environment.milliseconds()
        let hub = Hub(
            folder: folder, file: file, identity: identity, own: own, keys: keys,
            settings: settings, pageSize: pageSize)
        try file.write { db in
            try settings.save(db)
            try Epochs.begin(hub.newEpoch(), at: now, db)
            try HubMember(id: own.me.member, name: own.me.name, person: nil).add(at: now, db)
            try HubDevice.add(environment.key.publicKey, of: own.me.member, at: now, db)
        }
        return hub
    }

    func newEpoch() -> Epoch {
        guard let epoch = Epoch(bytes: randomBytes(8)) else {
            preconditionFailure("8 bytes were asked for")
        }
        return epoch
    }

    var milliseconds: UInt64 { own.store.environment.milliseconds() }

    func randomBytes(_ count: Int) -> [UInt8] { own.store.environment.randomBytes(count) }

    package func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try file.read(body)
    }

    func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try file.write(body)
    }

    /// After commits that were taken in: of what one of them erased nothing stays in the file, nor in
    /// the nights' reports.
    func scrub(after entries: [CheckedEntry]) {
        guard entries.contains(where: { $0.commit?.erases ?? false }) else { return }
        try? file.scrub()
        ReportShelf(path: folder.reports).clear()
    }

    /// Writes what the keeper wants, also when the disk is full.
    func writeForKeeper<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try Ballast(folder: folder.path).spending { try file.write(body) }
    }

    /// Tells whoever runs `feedNotebook` that the log has grown. Returns at once: the hub owes a
    /// laptop durability, not projections.
    func wakeNotebook() {
        pushes.withLock { pushes in
            pushes.count += 1
            pushes.waiting?.yield()
        }
    }

    /// Keeps the hub's own notebook up to date until the task is cancelled. What it misses, the next
    /// page view or the next night catches up with.
    func feedNotebook() async {
        let (stream, continuation) = AsyncStream<Void>.makeStream(
            bufferingPolicy: .bufferingNewest(1))
        continuation.yield()
        pushes.withLock { $0.waiting = continuation }
        for await _ in stream {
            await waitForQuiet()
            _ = try? await catchUp()
            _ = try? renewSnapshot(isNight: false)
        }
    }

    /// A laptop that sends much sends it in many pushes: what they bring is taken in at once.
    private func waitForQuiet() async {
        for _ in 0..<Self.mostPauses {
            let before = pushes.withLock(\.count)
            try? await Task.sleep(for: Self.pause)
            if before == pushes.withLock(\.count) { return }
        }
    }

    private static let pause = Duration.seconds(1)
    private static let mostPauses = 20

    /// Brings the hub's own notebook up to date with the log, and the log with what pages wrote.
    @discardableResult
    package func catchUp() async throws -> SyncReport {
        try await catchingUp.hold { try await self.exchange() }
    }

    /// After a restore the hub's own notebook goes on under a new key, like every device.
    private func exchange() async throws -> SyncReport {
        let meeting = Meeting(
            notebook: own, congregation: settings.congregation, keys: keys,
            connect: { OwnTransport(hub: self, device: $0.device) })
        let (report, next) = try await meeting.run(nonce: "")
        notebook.withLock { $0 = next }
        return report
    }
}

/// The exchange of the hub's own notebook with the log, within the process.
private struct OwnTransport: Transport {
    let hub: Hub
    let device: DeviceID

    func exchange(_ request: SyncRequest, nonce: String) async throws -> Exchanged {
        do {
            let answer = try Exchange(hub: hub).answer(request, from: device)
            return Exchanged(answer: answer, nextNonce: "", traffic: Traffic(roundTrips: 1))
        } catch let problem as Problem {
            guard problem != .signature else { throw SyncError.notKnown }
            throw SyncError.refused(rule: problem.rule, detail: problem.detail)
        }
    }

    func fetch(
        _ block: Snapshot.Block, from offset: Int, nonce: String
    ) async throws -> FetchedBytes {
        do {
            let content = try Exchange(hub: hub).block(block.hash, for: device)
            return FetchedBytes(
                bytes: Array(content.dropFirst(offset)), offset: offset, nextNonce: "",
                traffic: Traffic(roundTrips: 1))
        } catch let problem as Problem {
            throw SyncError.refused(rule: problem.rule, detail: problem.detail)
        }
    }

    func enrol(_ request: EnrolRequest) async throws -> (EnrolAnswer, nonce: String) {
        (try Enrolment(hub: hub).enrol(request), nonce: "")
    }

    func close() async {}
}

/// Lets one task at a time do something that waits.
actor AsyncLock {
    private var isHeld = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func hold<Result: Sendable>(
        _ body: @Sendable () async throws -> Result
    ) async throws -> Result {
        await take()
        defer { release() }
        return try await body()
    }

    private func take() async {
        guard isHeld else {
            isHeld = true
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func release() {
        guard !waiting.isEmpty else {
            isHeld = false
            return
        }
        waiting.removeFirst().resume()
    }
}
