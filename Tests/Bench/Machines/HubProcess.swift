import Foundation
import Glibc
import Synchronization

/// A real `fieldbook-hub`, which can be killed and comes back on the same port.
package final class HubProcess: Sendable {
    private let program: String
    package let folder: String
    private let state = Mutex(State())

    private struct State {
        var child: Child?
        var port = 0
    }

    /// Makes the hub's folder. Returns the first invitation's code and key beside the hub.
    package static func make(in folder: String) throws -> (hub: HubProcess, invitation: String) {
        let hub = HubProcess(program: try Tool.built("fieldbook-hub"), folder: folder)
        let link: String = try hub.ask(["init", "--congregation", "The replay"], "invitation")
        return (hub, link)
    }

    private init(program: String, folder: String) {
        self.program = program
        self.folder = folder
    }

    /// Where it listens on this machine.
    package var port: Int { state.withLock(\.port) }
    package var url: String { "http://127.0.0.1:\(port)" }

    /// Starts serving, on the port of last time.
    package func start() throws {
        try state.withLock { state in
            let child = try Child(
                program,
                ["serve", "--data", folder, "--json", "--listen", "127.0.0.1:\(state.port)"])
            guard let line = child.line(), let colon = line.lastIndex(of: ":"),
                let port = Int(line[colon...].filter(\.isNumber))
            else { throw BenchError("The hub did not start.") }
            state.child = child
            state.port = port
        }
    }

    /// Ends it as a power cut would, and starts it again.
    package func killAndRestart() throws {
        try end(SIGKILL)
        try start()
    }

    /// Asks it to end, and waits.
    package func stop() throws {
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
    package func invite(_ name: String, role: String, turf: String? = nil) throws -> String {
        let place = turf.map { ["--turf", $0] } ?? []
        return try ask(
            ["invite", "--name", name, "--role", role, "--expires", "1d"] + place, "invitation")
    }

    /// A link that was printed before the hub served, or one that leads to it another way.
    package func link(_ invitation: String, through url: String? = nil) throws -> String {
        guard let path = invitation.range(of: "/join/") else {
            throw BenchError("That is no invitation: \(invitation)")
        }
        return (url ?? self.url) + invitation[path.lowerBound...]
    }

    /// Has it do a night's work. Throws when that finds something wrong.
    package func night() throws {
        let _: Int = try ask(["nightly"], "merged")
    }

    /// What `verify` says of every space, by its name.
    package func fingerprints() throws -> [String: String] {
        try ask(["verify"], "fingerprints")
    }

    /// Runs a keeper's command. Returns one member of the document that it prints.
    private func ask<Answer>(_ arguments: [String], _ member: String) throws -> Answer {
        // It says of every link that it works on this machine alone.
        let outcome = try Child(
            program, arguments + ["--data", folder, "--json"], isQuiet: true
        ).finish()
        guard outcome.status == 0,
            let document = try JSONSerialization.jsonObject(with: Data(outcome.text.utf8))
                as? [String: Any], let answer = document[member] as? Answer
        else {
            throw BenchError(
                "fieldbook-hub \(arguments.joined(separator: " ")) failed: \(outcome.text)")
        }
        return answer
    }

    /// What the serving process has cost so far, and the most memory that it ever had.
    package func cost() throws -> ProcessCost {
        guard let child = state.withLock(\.child) else { throw BenchError("The hub is down.") }
        return try ProcessCost(of: child.processID)
    }
}
