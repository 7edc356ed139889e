import Dispatch
import Foundation
import Machines
import Notebook
import Store
import Sync
import Synchronization

/// Many devices of one congregation, and their hub.
struct Crowd {
    private let hub: HubProcess
    private let folder: String
    private let devices: [Device]

    /// Makes devices, each enrolled by an invitation of its own, and lets them get everything.
    init(of count: Int, at hub: HubProcess, in folder: String) async throws {
        self.hub = hub
        self.folder = folder
        var devices: [Device] = []
        for number in 0..<count {
            let device = try await Device.enrolled("device\(number)", at: hub, in: folder)
            _ = try await device.notebook.sync()
            devices.append(device)
        }
        self.devices = devices
    }

    /// One device after the other; all at once while others get everything; all at once, all
    /// at once with nothing to send, and with nothing to do.
    func live(rounds: Int, bootstraps: Int) async throws -> CrowdReport {
        let alone = try await phase(rounds: 1, isTogether: false)
        let (besieged, fetched) = try await withBootstraps(bootstraps) {
            try await phase(rounds: rounds, isTogether: true)
        }
        let together = try await phase(rounds: rounds, isTogether: true)
        // Everybody gets what the last ones wrote.
        let getting = try await phase(rounds: 1, isTogether: true, isWriting: false)
        let idle = try await phase(rounds: rounds, isTogether: true, isWriting: false)
        try check(idle.received == 0, "There was something to do.")
        return CrowdReport(
            devices: devices.count, alone: alone, besieged: besieged, bootstraps: fetched,
            together: together, getting: getting, idle: idle, hubPeakBytes: try hub.cost().peakBytes
        )
    }

    private func phase(
        rounds: Int, isTogether: Bool, isWriting: Bool = true
    ) async throws -> CrowdPhase {
        let before = (try hub.cost().cpuSeconds, ContinuousClock.now)
        var phase = CrowdPhase()
        if isTogether {
            try await withThrowingTaskGroup(of: CrowdPhase.self) { group in
                for device in devices {
                    group.addTask(executorPreference: ManyThreads.shared) {
                        try await device.live(rounds: rounds, isWriting: isWriting)
                    }
                }
                for try await part in group { phase.add(part) }
            }
        } else {
            for device in devices {
                phase.add(try await device.live(rounds: rounds, isWriting: isWriting))
            }
        }
        phase.hubSeconds = try hub.cost().cpuSeconds - before.0
        phase.wallSeconds = (ContinuousClock.now - before.1).seconds
        return phase
    }

    /// Keeps some laptops getting everything, one after the other with an empty notebook, as long as
    /// the body runs.
    private func withBootstraps(
        _ count: Int, _ body: () async throws -> CrowdPhase
    ) async throws -> (CrowdPhase, bootstraps: CrowdPhase) {
        let isOver = Flag()
        return try await withThrowingTaskGroup(of: CrowdPhase.self) { group in
            for lane in 0..<count {
                group.addTask(executorPreference: ManyThreads.shared) { [hub, folder] in
                    var phase = CrowdPhase()
                    repeat {
                        let name = "empty\(lane)-\(phase.syncs)"
                        let device = try await Device.enrolled(name, at: hub, in: folder)
                        phase.add(try await device.live(rounds: 1, isWriting: false))
                    } while !isOver.isSet && !Task.isCancelled
                    return phase
                }
            }
            let result = try await body()
            isOver.set()
            var bootstraps = CrowdPhase()
            for try await part in group { bootstraps.add(part) }
            return (result, bootstraps)
        }
    }
}

/// One device: a notebook's file with its key.
private struct Device: Sendable {
    let notebook: Notebook

    /// Makes the notebook, and enrols it by an invitation that the hub's own command prints.
    static func enrolled(
        _ name: String, at hub: HubProcess, in folder: String
    ) async throws -> Device {
        let file = NotebookFile(path: "\(folder)/\(name)/notebook.sqlite")
        let notebook = try file.create(name: name, zoneName: "UTC", zone: .utc)
        _ = try await notebook.join(Invitation(try hub.invite(name, role: "organizer")))
        return Device(notebook: notebook)
    }

    /// Syncs some times, each time after one entry was made.
    func live(rounds: Int, isWriting: Bool) async throws -> CrowdPhase {
        var phase = CrowdPhase()
        for round in 0..<rounds {
            if isWriting { try notebook.add(PersonDetails(name: "Rosa \(round)")) }
            let began = ContinuousClock.now
            do {
                let report = try await notebook.sync()
                phase.seconds.append((ContinuousClock.now - began).seconds)
                phase.sent += Int(report.sent)
                phase.received += report.received
                if report.repaired > 0 { phase.errors["repaired", default: 0] += 1 }
            } catch let error as SyncError {
                phase.errors["\(error)", default: 0] += 1
            }
        }
        return phase
    }
}

/// What came of the syncs of a phase.
struct CrowdPhase: Sendable {
    /// How long each sync took.
    var seconds: [Double] = []
    var sent = 0
    var received = 0
    var errors: [String: Int] = [:]
    var wallSeconds = 0.0
    /// What the hub's CPU worked meanwhile.
    var hubSeconds = 0.0

    var syncs: Int { seconds.count }

    mutating func add(_ part: CrowdPhase) {
        seconds += part.seconds
        sent += part.sent
        received += part.received
        errors.merge(part.errors, uniquingKeysWith: +)
    }
}

/// Something that happens once.
private final class Flag: Sendable {
    private let state = Mutex(false)

    var isSet: Bool { state.withLock { $0 } }

    func set() {
        state.withLock { $0 = true }
    }
}

/// Threads on which devices wait for the disk. Swift's own are as few as the machine has cores.
private final class ManyThreads: TaskExecutor {
    static let shared = ManyThreads()

    private let queue = DispatchQueue(label: "devices", attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
