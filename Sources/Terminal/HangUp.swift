import Glibc
import Synchronization

/// What ends a terminal's program from outside: its window is closed, or the machine goes down.
package enum HangUp {
    private static let hasCome = Atomic(false)

    /// From now on that ends what is typed and not the program, which can still keep it.
    package static func endsTyping() {
        _ = isOver
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in
            HangUp.hasCome.store(true, ordering: .relaxed)
        }
        for signal in [SIGHUP, SIGTERM] { sigaction(signal, &action, nil) }
    }

    /// Whether nobody will answer any more.
    package static var isOver: Bool { hasCome.load(ordering: .relaxed) }
}
