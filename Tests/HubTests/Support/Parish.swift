import Foundation
import GRDB
import Notebook
import Replication
import Store
import Sync
import Synchronization

@testable import Hub

/// A congregation for one test: a hub that listens on a port of its own, and laptops. Everything is
/// real, in a folder that goes with the test.
final class Parish: Sendable {
    let folder: String
    let clock = ShiftedClock()
    let server = HubServer()
    private let pageSize: PageSize
    private let current: Mutex<Hub>

    private init(named name: String, _ pageSize: PageSize) throws {
        self.pageSize = pageSize
        folder =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("HubTests-\(UUID().uuidString)").path
        let made = try HubFolder(path: folder + "/hub").create(
            congregation: name, url: nil, zoneName: "UTC", zone: .utc)
        try made.close()
        current = Mutex(try Hub.open(folder + "/hub", clock: clock, pageSize))
    }

    /// Runs a test with a parish whose hub serves, and cleans up after it. `isSecond` is for a test
    /// that has one already; a small `pageSize` makes a long log of a short one.
    static func open<Result>(
        named name: String = "St. Mark", isServing: Bool = true, isSecond: Bool = false,
        pageSize: PageSize = PageSize(),
        _ body: (Parish) async throws -> Result
    ) async throws -> Result {
        if !isSecond { await Gate.shared.enter() }
        let outcome = await outcome(named: name, isServing, pageSize, body)
        if !isSecond { await Gate.shared.leave() }
        return try outcome.get()
    }

    private static func outcome<Result>(
        named name: String, _ isServing: Bool, _ pageSize: PageSize,
        _ body: (Parish) async throws -> Result
    ) async -> Swift.Result<Result, any Error> {
        do {
            let parish = try Parish(named: name, pageSize)
            do {
                // The hub introduces itself, so that nothing changes later but by a test.
                try await parish.hub.catchUp()
                if isServing { try await parish.serve() }
                let result = try await body(parish)
                await parish.end()
                return .success(result)
            } catch {
                await parish.end()
                throw error
            }
        } catch {
            return .failure(error)
        }
    }

    private func end() async {
        await server.stop()
        try? hub.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    var hub: Hub { current.withLock { $0 } }
    var hubFolder: String { folder + "/hub" }
    var congregation: RecordID { hub.settings.congregation }

    func serve(patience: Patience = Patience()) async throws {
        try await server.start(hub, patience: patience)
    }

    /// Stops the hub and starts it anew on the same port, as another process would. In between its
    /// files are at rest.
    func restart(meanwhile: (String) async throws -> Void = { _ in }) async throws {
        await server.stop()
        try hub.close()
        try await meanwhile(hubFolder)
        let opened = try Hub.open(hubFolder, clock: clock, pageSize)
        current.withLock { $0 = opened }
        try await serve()
    }

    /// A notebook that has joined nothing yet.
    func notebook(_ name: String) throws -> Laptop {
        let path = "\(folder)/laptops/\(name)-\(UUID().uuidString)/notebook.sqlite"
        let file = NotebookFile(path: path)
        return Laptop(
            name: name, path: path,
            notebook: try file.create(name: name, zoneName: "UTC", zone: .utc))
    }

    /// A laptop that has joined.
    func laptop(
        _ name: String, _ role: Role = .organizer, of turf: RecordID? = nil
    ) async throws -> Laptop {
        let laptop = try notebook(name)
        try await laptop.join(try await invitation(for: name, role, of: turf))
        return laptop
    }

    func invitation(
        for name: String, _ role: Role = .organizer, of turf: RecordID? = nil,
        isPage: Bool = false, minutes: UInt64 = 10
    ) async throws -> Invitation {
        let url = await server.url
        return try hub.invite(
            HubInvitation(
                name: name, roles: [role], turf: turf, person: nil, isPage: isPage,
                expires: clock.milliseconds + minutes * 60_000), url: url)
    }

    /// An invitation of somebody who has a person record.
    func invitation(of person: RecordID, isPage: Bool) throws -> HubInvitation {
        HubInvitation(
            name: "Denise", roles: [.organizer], turf: nil, person: person, isPage: isPage,
            expires: clock.milliseconds + 600_000)
    }

    /// Syncs every laptop, twice: what the last one brought, the first one learns.
    func syncAll(_ laptops: Laptop...) async throws {
        for laptop in laptops + laptops { try await laptop.sync() }
    }
}

/// The machine's clock, shifted as a test wants.
final class ShiftedClock: Sendable {
    private let shift = Mutex<UInt64>(0)

    func advance(days: UInt64 = 0, minutes: UInt64 = 0) {
        shift.withLock { $0 += (days * 1440 + minutes) * 60_000 }
    }

    /// At most as far as it was advanced.
    func fallBack(days: UInt64) { shift.withLock { $0 -= days * 86_400_000 } }

    var milliseconds: UInt64 {
        UInt64(Date().timeIntervalSince1970 * 1000) + shift.withLock { $0 }
    }
}

extension Hub {
    /// The hub in a folder, with a clock that can be shifted.
    static func open(
        _ path: String, clock: ShiftedClock, _ pageSize: PageSize = PageSize()
    ) throws -> Hub {
        let folder = HubFolder(path: path)
        let system = Environment.system(key: try KeyFile.read(folder.notebook.keyPath))
        let environment = Environment(
            milliseconds: { clock.milliseconds }, randomBytes: system.randomBytes, key: system.key)
        let own = try Store(
            path: folder.notebook.path, schema: Kinds.schema, environment: environment)
        return try Hub(
            folder: folder,
            file: DatabaseFile(path: folder.logPath, format: .hub, creating: false),
            identity: KeyFile.read(folder.keyPath), own: NotebookFile.notebook(own),
            pageSize: pageSize)
    }

    /// What it holds once its own notebook has exchanged with it, which it else does within seconds
    /// of a push: so that what changes later is what a test did.
    func dumpAtRest() async throws -> [String] {
        try await catchUp()
        return try dump()
    }

    /// Everything that the hub holds, row by row: what a refused push must not change.
    func dump() throws -> [String] {
        try read { db in
            let tables = try String.fetchAll(
                db,
                sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            return try tables.flatMap { table in
                try Row.fetchAll(db, sql: "SELECT * FROM \"\(table)\"")
                    .map { "\(table) \($0.debugDescription)" }.sorted()
            }
        }
    }

    func logEnd() throws -> UInt64 { try read { try HubLog.end($0).seq } }
}
