import Foundation
import Machines

/// One run: a laptop takes everything in and sends it to an empty hub, another gets it, and then a
/// few entries come and go. Every step is a process of its own.
struct Trial {
    /// How often what takes a moment is done.
    private static let times = 5

    private let folder: String
    private let workload: Workload
    private let floor: Floor
    private let changes: Double
    private let writer: LaptopProgram
    private let reader: LaptopProgram
    private var samples = Samples()
    /// How many commits the changes became: an edit that says what was there is none.
    private var commits = 0

    init(in folder: String, workload: Workload, floor: Floor) throws {
        self.folder = folder
        self.workload = workload
        self.floor = floor
        changes = Double(try workload.count())
        writer = LaptopProgram(notebook: folder + "/writer.sqlite")
        reader = LaptopProgram(notebook: folder + "/reader.sqlite")
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
    }

    /// Measures. `isOnWire` has a proxy between laptops and hub, which counts bytes.
    mutating func run(isOnWire: Bool) throws -> Samples {
        try measureFloor()
        perChange(.loading, seconds: try writer.load(workload.changesPath))
        let (hub, invitation) = try HubProcess.make(in: folder + "/hub")
        try hub.start()
        let result = Result {
            let wire = try isOnWire ? Wire(to: hub) : nil
            try upload(to: hub, by: invitation, wire)
            try bootstrap(from: hub, wire)
            try exchangeHundred(hub, wire)
            try doNothing(wire)
            try log()
            samples.add(.hubMemory, Double(try hub.cost().peakBytes) / 1e6)
        }
        try hub.stop()
        try result.get()
        try hub.night()
        try weigh(hub)
        return samples
    }

    private mutating func measureFloor() throws {
        let database = folder + "/floor.db"
        let log3 = try floor.log3(workload.changesPath, into: database)
        perChange(.log3, seconds: log3.cpuSeconds)
        for row in [Row.diskHub, .diskWriter, .diskReader] {
            samples.addFloor(row, Double(try Disk.size(database)) / changes)
        }
        let lines = try String(contentsOfFile: workload.tailPath, encoding: .utf8)
            .split(separator: "\n")
        for (number, line) in lines.prefix(Self.times).enumerated() {
            let path = "\(folder)/one\(number).ndjson"
            try (line + "\n").write(toFile: path, atomically: false, encoding: .utf8)
            let one = try floor.log3(path, into: database)
            samples.addFloor(.oneLogged, one.wallSeconds * 1000)
        }
    }

    private mutating func upload(
        to hub: HubProcess, by invitation: String, _ wire: Wire?
    ) throws {
        try writer.run("join", link(invitation, hub, wire))
        let before = try hub.cost().cpuSeconds
        wire?.begin()
        let synced = try writer.sync()
        let hubSeconds = try hub.cost().cpuSeconds - before
        commits = synced.report.sent
        try check(commits > 0, "Nothing went up.")
        perChange(.upload, seconds: synced.outcome.cpuSeconds + hubSeconds)
        perChange(.uploadLaptop, seconds: synced.outcome.cpuSeconds)
        perChange(.uploadHub, seconds: hubSeconds)
        perChange(.uploadNotebook, seconds: try settle(hub) - before)
        samples.add(.uploadWall, synced.outcome.wallSeconds)
        samples.add(.laptopMemory, Double(synced.outcome.peakBytes) / 1e6)
        wire.map { samples.add(.wireUp, Double($0.bytes) / changes) }
    }

    private mutating func bootstrap(from hub: HubProcess, _ wire: Wire?) throws {
        try reader.run("init", "--name", "Ben")
        try reader.run("join", link(try hub.invite("Ben", role: "organizer"), hub, wire))
        let before = try hub.cost().cpuSeconds
        wire?.begin()
        let synced = try reader.sync()
        let hubSeconds = try hub.cost().cpuSeconds - before
        try check(synced.report.received >= commits, "Not everything came.")
        perChange(.bootstrap, seconds: synced.outcome.cpuSeconds + hubSeconds)
        perChange(.bootstrapLaptop, seconds: synced.outcome.cpuSeconds)
        perChange(.bootstrapHub, seconds: hubSeconds)
        samples.add(.bootstrapWall, synced.outcome.wallSeconds)
        samples.add(.laptopMemory, Double(synced.outcome.peakBytes) / 1e6)
        wire.map { samples.add(.wireDown, Double($0.bytes) / changes) }
    }

    private mutating func exchangeHundred(_ hub: HubProcess, _ wire: Wire?) throws {
        _ = try writer.load(workload.tailPath)
        // The first sync takes what the other laptop wrote when it joined.
        wire?.begin()
        let sent = try writer.sync()
        try check(sent.report.sent > 0, "The hundred did not go up.")
        samples.add(.hundredUp, sent.outcome.wallSeconds * 1000)
        wire.map { samples.add(.hundredUpBytes, Double($0.bytes) / 1000) }
        _ = try settle(hub)
        wire?.begin()
        let received = try reader.sync()
        try check(received.report.received >= sent.report.sent, "The hundred did not come.")
        samples.add(.hundredDown, received.outcome.wallSeconds * 1000)
        wire.map { samples.add(.hundredDownBytes, Double($0.bytes) / 1000) }
    }

    private mutating func doNothing(_ wire: Wire?) throws {
        for _ in 0..<Self.times {
            wire?.begin()
            let synced = try reader.sync()
            let moved = synced.report.sent + synced.report.received
            try check(moved == 0, "There was something to do.")
            samples.add(.idle, synced.outcome.wallSeconds * 1000)
            samples.add(.idleCPU, synced.outcome.cpuSeconds * 1000)
            samples.add(.idleRoundTrips, Double(synced.report.roundTrips))
            wire.map { samples.add(.idleBytes, Double($0.bytes)) }
        }
    }

    private mutating func log() throws {
        try reader.run("person", "add", "Rosa Benchmark")
        for _ in 0..<Self.times {
            let outcome = try reader.run(
                "met", "Rosa Benchmark", "--minutes", "40", "--summary",
                "Walks her mother to dialysis since the 14 stopped.", "--heard", "bus stops")
            samples.add(.oneLogged, outcome.wallSeconds * 1000)
            samples.add(.oneLoggedCPU, outcome.cpuSeconds * 1000)
        }
    }

    /// What is on disk once everybody has closed their files and the hub's night is over, free pages
    /// included.
    private mutating func weigh(_ hub: HubProcess) throws {
        let log = Double(try Disk.size(hub.folder + "/hub.sqlite"))
        let notebook = Double(try Disk.size(hub.folder + "/notebook.sqlite"))
        samples.add(.diskHub, (log + notebook) / changes)
        samples.add(.diskLog, log / changes)
        samples.add(.diskNotebook, notebook / changes)
        samples.add(.diskWriter, Double(try Disk.size(writer.notebook)) / changes)
        samples.add(.diskReader, Double(try Disk.size(reader.notebook)) / changes)
    }

    private mutating func perChange(_ row: Row, seconds: Double) {
        samples.add(row, seconds * 1e6 / changes)
    }

    private func link(_ invitation: String, _ hub: HubProcess, _ wire: Wire?) throws -> String {
        try hub.link(invitation, through: wire?.url)
    }

    /// Waits until the hub has nothing left to do. Returns what it has cost by then.
    private func settle(_ hub: HubProcess) throws -> Double {
        var last = try hub.cost().cpuSeconds
        var quietSeconds = 0
        for _ in 0..<1200 {
            Thread.sleep(forTimeInterval: 1)
            let now = try hub.cost().cpuSeconds
            quietSeconds = now - last < 0.015 ? quietSeconds + 1 : 0
            // It takes in what came once nothing has come for a second.
            if quietSeconds == 3 { return now }
            last = now
        }
        throw BenchError("The hub does not come to rest.")
    }
}

/// A proxy before a hub, which counts what passes from some moment on.
private final class Wire {
    private let proxy: Proxy
    private var before = 0

    init(to hub: HubProcess) throws {
        proxy = try Proxy(seed: 0) { hub.port }
        proxy.start()
    }

    var url: String { proxy.url }
    var bytes: Int { proxy.bytes - before }

    func begin() {
        before = proxy.bytes
    }
}

/// A database's files on disk.
private enum Disk {
    static func size(_ database: String) throws -> Int {
        try ["", "-wal"].reduce(0) { sum, suffix in
            guard FileManager.default.fileExists(atPath: database + suffix) else { return sum }
            let attributes = try FileManager.default.attributesOfItem(atPath: database + suffix)
            return sum + (attributes[.size] as? Int ?? 0)
        }
    }
}
