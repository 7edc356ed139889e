import Foundation
package import Glibc
import Synchronization

/// A process of ours: what it prints, and what it costs.
package final class Child: Sendable {
    package let processID: pid_t
    private let output: Int32
    private let started = ContinuousClock.now
    private let outcome = Mutex<Outcome?>(nil)

    /// How a process ended.
    package struct Outcome: Sendable {
        /// The exit code; nil when a signal ended it.
        package let status: Int32?
        package let text: String
        package let cpuSeconds: Double
        package let wallSeconds: Double
        /// The most memory that it ever had. Never less than what the process had that started it.
        package let peakBytes: Int
    }

    /// Starts a program. Its standard error is ours, unless that is to be quiet.
    package init(
        _ path: String, _ arguments: [String], environment: [String: String] = [:],
        isQuiet: Bool = false
    ) throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw BenchError("No pipe: \(errno).") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        if isQuiet { posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) }
        let all = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        var id = pid_t()
        let code = CStrings.with([path] + arguments) { argv in
            CStrings.with(all.map { "\($0.key)=\($0.value)" }) { envp in
                posix_spawn(&id, path, &actions, nil, argv, envp)
            }
        }
        close(ends[1])
        guard code == 0 else { throw BenchError("\(path) cannot be started: \(code).") }
        processID = id
        output = ends[0]
    }

    deinit { close(output) }

    /// The next line that it prints; nil at the end.
    package func line() -> String? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while read(output, &byte, 1) == 1 {
            if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(byte)
        }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// Sends it a signal.
    package func signal(_ number: Int32) {
        kill(processID, number)
    }

    /// Reads the rest of what it prints, and waits for its end.
    @discardableResult
    package func finish() throws -> Outcome {
        try outcome.withLock { known in
            if let known { return known }
            var lines: [String] = []
            while let line = line() { lines.append(line) }
            var status: Int32 = 0
            var usage = rusage()
            guard wait4(processID, &status, 0, &usage) == processID else {
                throw BenchError("A child process was lost: \(errno).")
            }
            let wall = ContinuousClock.now - started
            let ended = Outcome(
                status: status & 0x7F == 0 ? status >> 8 & 0xFF : nil,
                text: lines.joined(separator: "\n"), cpuSeconds: usage.cpuSeconds,
                wallSeconds: wall.seconds, peakBytes: usage.ru_maxrss * 1024)
            known = ended
            return ended
        }
    }
}

/// Texts as C takes them.
private enum CStrings {
    static func with<Result>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = texts.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}

extension rusage {
    var cpuSeconds: Double {
        let microseconds = Double(ru_utime.tv_usec + ru_stime.tv_usec)
        return Double(ru_utime.tv_sec + ru_stime.tv_sec) + microseconds / 1e6
    }
}

extension Duration {
    package var seconds: Double { self / .seconds(1) }
}
