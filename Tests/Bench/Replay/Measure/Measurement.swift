import Foundation

/// The calm phase: one laptop takes everything in, sends it to an empty hub, and an empty laptop
/// gets it all. Every laptop's phase is a process of its own.
struct Measurement {
    let folder: String
    let workload: Workload

    func run() throws -> Figures {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        let floor = try Floor(in: folder)
        let changes = try workload.count()
        let log3 = try floor.cpuSeconds("log3", workload)
        var figures = Figures(changes: changes, floorSeconds: log3)
        figures.cpu("floor", "parse", seconds: try floor.cpuSeconds("parse", workload))
        figures.cpu("floor", "log3", seconds: log3)
        let (hub, invitation) = try HubProcess.make(in: folder + "/hub")
        try hub.start()
        let result = Result { try measure(hub, invitation, &figures) }
        try hub.stop()
        try result.get()
        try weigh(hub, &figures)
        return figures
    }

    private func measure(
        _ hub: HubProcess, _ invitation: String, _ figures: inout Figures
    ) throws {
        let load = try phase(.load, ["--changes", workload.changesPath])
        figures.cpu("import", "laptop", seconds: load.cpuSeconds)
        figures.add("import", "wall", load.wallSeconds, "s")
        figures.megabytes("import", "laptop's peak memory", bytes: load.peakBytes)

        let before = try hub.cost()
        let link = invitation.replacingOccurrences(of: "http://127.0.0.1:8787", with: hub.url)
        let upload = try phase(.upload, ["--link", link])
        let durable = try hub.cost()
        let settled = try settle(hub)
        figures.cpu("upload", "laptop", seconds: upload.cpuSeconds)
        figures.cpu(
            "upload", "hub, until all is durable",
            seconds: durable.cpuSeconds - before.cpuSeconds)
        figures.cpu(
            "upload", "hub, until its notebook has it too",
            seconds: settled.cpuSeconds - before.cpuSeconds)
        figures.add("upload", "wall", upload.wallSeconds, "s")
        figures.add("upload", "round trips", Double(upload.roundTrips), "")
        figures.perChange("upload", "sent", bytes: upload.bytesSent)
        figures.perChange("upload", "received", bytes: upload.bytesReceived)
        figures.megabytes("upload", "laptop's peak memory", bytes: upload.peakBytes)

        let bootstrap = try phase(
            .bootstrap, ["--link", try hub.invite("Ben", role: "organizer")])
        let after = try hub.cost()
        figures.cpu("bootstrap", "laptop", seconds: bootstrap.cpuSeconds)
        figures.cpu("bootstrap", "hub", seconds: after.cpuSeconds - settled.cpuSeconds)
        figures.add("bootstrap", "wall", bootstrap.wallSeconds, "s")
        figures.add("bootstrap", "round trips", Double(bootstrap.roundTrips), "")
        figures.perChange("bootstrap", "received", bytes: bootstrap.bytesReceived)
        figures.perChange("bootstrap", "sent", bytes: bootstrap.bytesSent)
        figures.megabytes("bootstrap", "laptop's peak memory", bytes: bootstrap.peakBytes)
        figures.megabytes("bootstrap", "hub's peak memory, all phases", bytes: after.peakBytes)
        try Commands(notebook: folder + "/ben.sqlite").measure(&figures)
    }

    private func phase(_ name: Phase.Name, _ arguments: [String]) throws -> PhaseCost {
        let outcome = try Child(
            try Tool.own(), ["phase", name.rawValue, "--folder", folder] + arguments
        ).finish()
        guard outcome.status == 0 else { throw ReplayError("The phase \(name) failed.") }
        return try JSONDecoder().decode(PhaseCost.self, from: Data(outcome.text.utf8))
    }

    /// Waits until the hub has nothing left to do.
    private func settle(_ hub: HubProcess) throws -> ProcessCost {
        var last = try hub.cost()
        var quietSeconds = 0
        for _ in 0..<1200 {
            Thread.sleep(forTimeInterval: 1)
            let cost = try hub.cost()
            quietSeconds = cost.cpuSeconds - last.cpuSeconds < 0.015 ? quietSeconds + 1 : 0
            // It takes in what came once nothing has come for a second.
            if quietSeconds == 3 { return cost }
            last = cost
        }
        throw ReplayError("The hub does not come to rest.")
    }

    /// What is on disk once everybody has closed their files, free pages included.
    private func weigh(_ hub: HubProcess, _ figures: inout Figures) throws {
        let files = [
            ("laptop that wrote it", "ana.sqlite"), ("laptop that got it", "ben.sqlite"),
            ("hub's log", "hub/hub.sqlite"), ("hub's notebook", "hub/notebook.sqlite"),
        ]
        for (name, file) in files {
            figures.perChange("disk", name, bytes: try size("\(folder)/\(file)"))
        }
        figures.perChange("disk", "changes.ndjson itself", bytes: try size(workload.changesPath))
    }

    private func size(_ path: String) throws -> Int {
        try ["", "-wal"].reduce(0) { sum, suffix in
            guard FileManager.default.fileExists(atPath: path + suffix) else { return sum }
            let size = try FileManager.default.attributesOfItem(atPath: path + suffix)[.size]
            return sum + (size as? Int ?? 0)
        }
    }
}
