import ArgumentParser
import Foundation
import Hub
import Notebook
import Replication
import Store
import Sync
import Terminal
import Wording

/// How long something is good: `10m`, `24h`, `7d`.
struct Lifetime {
    private static let mostSeconds: UInt64 = 366 * 86_400
    let milliseconds: UInt64

    init(_ text: String) throws {
        let units: [Character: UInt64] = ["m": 60, "h": 3600, "d": 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), let count = UInt64(text.dropLast()),
            (1...1_000_000).contains(count), count * unit <= Self.mostSeconds
        else {
            throw ValidationError(
                said(
                    "\"\(text)\" is not a length of time here. Write it like 10m, 24h or 7d, 366d at most."
                ))
        }
        milliseconds = count * unit * 1000
    }

    /// When it ends, in milliseconds since 1970.
    func end(from hub: Hub) -> UInt64 {
        hub.own.store.environment.milliseconds() + milliseconds
    }
}

/// Moments for people: `Mon 30 Nov 23:52`.
enum Moment {
    static func words(_ milliseconds: UInt64, _ hub: Hub) -> String {
        Zone.system.moment(milliseconds, today: hub.own.today)
    }
}

/// The hub's address as the keeper types it, and as invitations name it.
enum Address {
    /// Wrong usage, when it is none.
    static func check(_ url: String?) throws {
        do {
            _ = try url.map(HubAddress.read)
        } catch let error as HubError {
            throw ValidationError(error.description)
        }
    }

    /// Says that a link will not work where it is sent to.
    static func warn(about url: String) {
        guard (try? HubAddress(url))?.isOfOneMachine ?? false else { return }
        Screen.note(
            """
            This link works on this machine only, because the hub's address is \(url). To be reached \
            from other machines, serve with --url, and with --tls-certificate and --tls-key or \
            --behind-proxy; then invite again. "fieldbook-hub serve --help" has examples.
            """)
    }
}

extension [SpaceID: Fingerprint] {
    /// What every space comes to, in hexadecimal, by the space's name.
    var byName: [String: String] {
        [String: String](
            uniqueKeysWithValues: map { (Space.name(of: $0.key), $0.value.description) })
    }
}

/// Standard output, a line at a time and at once, also where it is piped.
enum Output {
    static func line(_ text: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data((Plain.lines(text) + "\n").utf8))
    }
}
