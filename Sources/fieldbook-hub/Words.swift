import ArgumentParser
import Foundation
import Hub
import Notebook
import Store

/// How long something is good: `10m`, `24h`, `7d`.
struct Lifetime {
    let milliseconds: UInt64

    init(_ text: String) throws {
        let units: [Character: UInt64] = ["m": 60, "h": 3600, "d": 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), let count = UInt64(text.dropLast()),
            (1...1_000_000).contains(count), count * unit <= 366 * 86_400
        else {
            throw ValidationError(
                "\"\(text)\" is not a length of time. Write it like 10m, 24h or 7d.")
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

/// The hub's address as invitations name it.
enum Address {
    static func tidy(_ url: String) -> String {
        var url = url
        while url.hasSuffix("/") { url.removeLast() }
        return url
    }
}

/// Standard output, a line at a time and at once, also where it is piped.
enum Output {
    static func line(_ text: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data((text + "\n").utf8))
    }
}
