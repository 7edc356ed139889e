import Foundation
import Glibc

/// What a running process has cost, as Linux counts it.
struct ProcessCost: Sendable {
    let cpuSeconds: Double
    let peakBytes: Int

    init(of processID: pid_t) throws {
        let stat = try String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8)
        // The command's name, in parentheses, may hold anything.
        let fields = stat[(stat.lastIndex(of: ")") ?? stat.startIndex)...].split(separator: " ")
        guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13])
        else { throw ReplayError("/proc/\(processID)/stat cannot be read.") }
        cpuSeconds = (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
        peakBytes = try Self.peakBytes(of: "\(processID)")
    }

    /// The high-water mark of a process's memory.
    static func peakBytes(of process: String = "self") throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        guard let kilobytes = line.flatMap({ Int($0.filter(\.isNumber)) }) else {
            throw ReplayError("/proc/\(process)/status names no VmHWM.")
        }
        return kilobytes * 1024
    }

    /// What this process has cost so far, in seconds.
    static var ownCPUSeconds: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.cpuSeconds
    }
}
