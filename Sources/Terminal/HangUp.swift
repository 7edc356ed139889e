import Glibc
import Synchronization

/// What ends a terminal's program from outside: its window is closed, or the machine goes down.
package enum HangUp {
    private static let hasCome = Atomic(false)
    /// A pipe by which the signal wakes whoever waits for a key, also when it comes just before: D. J.
    /// Bernstein's self-pipe. -1 until `endsTyping`.
    private static let wakes = Atomic<Int32>(-1)
    private static let isWoken = Atomic<Int32>(-1)

    /// From now on that ends what is typed and not the program, which can still keep it.
    package static func endsTyping() {
        var pair: [Int32] = [-1, -1]
        guard pipe(&pair) == 0 else { return }
        for end in pair {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        isWoken.store(pair[0], ordering: .relaxed)
        wakes.store(pair[1], ordering: .relaxed)
        // Whatever is static is made at its first use, for which no signal is the place.
        _ = isOver
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in
            HangUp.hasCome.store(true, ordering: .relaxed)
            var byte: UInt8 = 0
            _ = Glibc.write(HangUp.wakes.load(ordering: .relaxed), &byte, 1)
        }
        // Whoever started the program may have blocked them, and that is handed on.
        var ends = sigset_t()
        for signal in [SIGHUP, SIGTERM] {
            sigaction(signal, &action, nil)
            sigaddset(&ends, signal)
        }
        pthread_sigmask(SIG_UNBLOCK, &ends, nil)
    }

    /// Whether nobody will answer any more.
    package static var isOver: Bool { hasCome.load(ordering: .relaxed) }

    /// Returns once there is something to read of what is typed, or its end; or nobody will answer.
    static func waitForTyping() {
        var (typed, woken) = (pollfd(), pollfd())
        typed.fd = STDIN_FILENO
        woken.fd = isWoken.load(ordering: .relaxed)
        (typed.events, woken.events) = (Int16(POLLIN), Int16(POLLIN))
        var both = [typed, woken]
        while !isOver, poll(&both, 2, -1) < 0, errno == EINTR {}
    }
}
