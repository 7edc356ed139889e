import Replication
import Sync
import Synchronization

/// The nonce that each device must sign next. In memory alone: after a start every device needs one
/// more round trip, and nothing that was signed before is good again.
final class Nonces: Sendable {
    private let current = Mutex<[DeviceID: String]>([:])

    /// The devices that have one.
    var count: Int { current.withLock(\.count) }

    /// A nonce of 96 bits.
    static func fresh(_ randomBytes: (Int) -> [UInt8]) -> String {
        Base64URL.encode(randomBytes(12))
    }

    /// Uses a nonce up. Returns the next one, and whether the one given was right.
    ///
    /// A wrong one changes nothing, so that nobody can push a device off its place.
    func take(
        _ nonce: String, of device: DeviceID, _ randomBytes: (Int) -> [UInt8]
    ) -> (isRight: Bool, next: String) {
        let fresh = Self.fresh(randomBytes)
        return current.withLock { current in
            if let known = current[device], known != nonce { return (false, known) }
            let isRight = current[device] != nil
            current[device] = fresh
            return (isRight, fresh)
        }
    }

    /// Whether this is the nonce that a device must sign now. It is not used up.
    func isNext(_ nonce: String, of device: DeviceID) -> Bool {
        current.withLock { $0[device] == nonce }
    }

    /// The nonce that a device must sign next; its first when it has none.
    func next(of device: DeviceID, _ randomBytes: (Int) -> [UInt8]) -> String {
        let fresh = Self.fresh(randomBytes)
        return current.withLock { current in
            let next = current[device] ?? fresh
            current[device] = next
            return next
        }
    }
}

/// Slows the guessing of codes: so many wrong ones a minute, and no more.
final class GuessLimit: Sendable {
    private struct Window {
        var minute: UInt64 = 0
        var wrong = 0
    }

    private let window = Mutex(Window())
    private static let wrongPerMinute = 30

    /// Notes a wrong code. Throws when too many have been wrong in this minute.
    func noteWrong(at milliseconds: UInt64) throws {
        let isOver = window.withLock { window in
            if window.minute != milliseconds / 60_000 {
                window = Window(minute: milliseconds / 60_000)
            }
            window.wrong += 1
            return window.wrong > Self.wrongPerMinute
        }
        if isOver { throw Problem.slow }
    }
}
