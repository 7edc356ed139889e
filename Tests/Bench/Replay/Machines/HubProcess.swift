import Foundation
import Glibc
import Synchronization

/// A real `fieldbook-hub`, which can be killed and comes back on the same port.
final class HubProcess: Sendable {
    private let program: String
    let folder: String
    private let state = Mutex(State())

    private struct State {
        var child: Child?
        var port = 0
    }

    /// Makes the hub's folder. Returns the first invitation's code and key beside the hub.
    static func make(in folder: String) throws -> (hub: HubProcess, invitation: String) {
        let hub = HubProcess(program: try Tool.built("fieldbook-hub"), folder: folder)
        let link: String = try hub.ask(["init", "--congregation", "The replay"], "invitation")
        return (hub, link)
    }

    private init(program: String, folder: String) {
        self.program = program
        self.folder = folder
    }

    var port: Int { state.withLock(\.port) }
    var url: String { "http://127.0.0.1:\(port)" }

    /// Starts serving, on the port of last time.
    func start() throws {
        try state.withLock { state in
            let child = try Child(
                program,
                ["serve", "--data", folder, "--json", "--listen", "127.0.0.1:\(state.port)"])
            guard let line = child.line(), let colon = line.lastIndex(of: ":"),
                let port = Int(line[colon...].filter(\.isNumber))
            else { throw ReplayError("The hub did not start.") }
            state.child = child
            state.port = port
        }
    }

    /// Ends it as a power cut would, and starts it again.
    func killAndRestart() throws {
        try end(SIGKILL)
        try start()
    }

    /// Asks it to end, and waits.
    func stop() throws {
        try end(SIGTERM)
    }

    private func end(_ number: Int32) throws {
        let child = state.withLock { state in
            defer { state.child = nil }
            return state.child
        }
        guard let child else { return }
        child.signal(number)
        try child.finish()
    }

    /// Invites somebody. Returns the link.
    func invite(_ name: String, role: String, turf: String? = nil) throws -> String {
        let place = turf.map { ["--turf", $0] } ?? []
        return try ask(
            ["invite", "--name", name, "--role", role, "--expires", "1d"] + place, "invitation")
    }

    /// What `verify` says of every space, by its name.
    func fingerprints() throws -> [String: String] {
        try ask(["verify"], "fingerprints")
    }

    /// Runs a keeper's command. Returns one member of the document that it prints.
    private func ask<Answer>(_ arguments: [String], _ member: String) throws -> Answer {
        let outcome = try Child(program, arguments + ["--data", folder, "--json"]).finish()
        guard outcome.status == 0,
            let document = try JSONSerialization.jsonObject(with: Data(outcome.text.utf8))
                as? [String: Any], let answer = document[member] as? Answer
        else {
            throw ReplayError(
                "fieldbook-hub \(arguments.joined(separator: " ")) failed: \(outcome.text)")
        }
        return answer
    }

    /// What the serving process has cost so far, and the most memory that it ever had.
    func cost() throws -> ProcessCost {
        guard let child = state.withLock(\.child) else { throw ReplayError("The hub is down.") }
        return try ProcessCost(of: child.processID)
    }
}
