import Foundation
package import Glibc

/// What a running process has cost, as Linux counts it.
package struct ProcessCost: Sendable {
    package let cpuSeconds: Double
    package let peakBytes: Int

    /// Reads the process's own clock, and how much memory it ever had.
    package init(of processID: pid_t) throws {
        var clock = clockid_t()
        var time = timespec()
        guard clock_getcpuclockid(processID, &clock) == 0, clock_gettime(clock, &time) == 0 else {
            throw BenchError("Process \(processID) has no clock.")
        }
        cpuSeconds = Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        peakBytes = try Self.peakBytes(of: processID)
    }

    /// The high-water mark of a process's memory.
    private static func peakBytes(of process: pid_t) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        guard let kilobytes = line.flatMap({ Int($0.filter(\.isNumber)) }) else {
            throw BenchError("/proc/\(process)/status names no VmHWM.")
        }
        return kilobytes * 1024
    }

    /// What this process has cost so far, in seconds.
    package static var ownCPUSeconds: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.cpuSeconds
    }
}
