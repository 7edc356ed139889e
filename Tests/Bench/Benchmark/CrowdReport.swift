import Foundation

/// What came of a crowd, for people.
struct CrowdReport: CustomStringConvertible {
    let devices: Int
    /// One device after the other.
    let alone: CrowdPhase
    /// All at once while others got everything, and these.
    let besieged: CrowdPhase
    let bootstraps: CrowdPhase
    /// All at once.
    let together: CrowdPhase
    /// All at once, with nothing to send.
    let getting: CrowdPhase
    /// All at once, with nothing to do.
    let idle: CrowdPhase
    let hubPeakBytes: Int

    /// What went wrong, and how often.
    var errors: [String: Int] {
        [alone, besieged, bootstraps, together, getting, idle].reduce(into: [:]) { all, phase in
            all.merge(phase.errors, uniquingKeysWith: +)
        }
    }

    var description: String {
        """
        \(devices) devices, on the machine of the hub, which takes its part of it; each sync sends \
        one new person and gets the others'. In ms:
                                            syncs     p50     p99  syncs/s  got/sync  hub CPU/sync
          one device after the other      \(Self.line(alone))
          all at once, and bootstraps     \(Self.line(besieged))
          - the bootstraps                \(Self.line(bootstraps))
          all at once                     \(Self.line(together))
          all at once, nothing to send    \(Self.line(getting))
          all at once, nothing to do      \(Self.line(idle))
        The hub's peak memory: \(String(format: "%.1f", Double(hubPeakBytes) / 1e6)) MB. \(faults)
        \(night)
        """
    }

    private static func line(_ phase: CrowdPhase) -> String {
        let sorted = phase.seconds.sorted()
        guard let p50 = percentile(50, of: sorted), let p99 = percentile(99, of: sorted) else {
            return "none"
        }
        let syncs = Double(sorted.count)
        let isMeasured = phase.wallSeconds > 0
        return String(format: "%7d %7.1f %7.1f", sorted.count, p50 * 1000, p99 * 1000)
            + (isMeasured ? String(format: " %8.1f", syncs / phase.wallSeconds) : "        -")
            + String(format: " %9.1f", Double(phase.received) / syncs)
            + (isMeasured ? String(format: " %13.2f", phase.hubSeconds / syncs * 1000) : "")
    }

    private static func percentile(_ percent: Int, of sorted: [Double]) -> Double? {
        sorted.isEmpty ? nil : sorted[(sorted.count - 1) * percent / 100]
    }

    private var faults: String {
        guard !errors.isEmpty else { return "No sync failed." }
        return "Syncs failed:\n"
            + errors.sorted { $0.key < $1.key }.map { "  \($0.value) x \($0.key)" }
            .joined(separator: "\n")
    }

    /// How 10,000 devices' syncs would fit into an hour.
    private var night: String {
        let count = 10_000.0
        let rate = Double(together.syncs) / together.wallSeconds
        // The hub's part: of a sync, of an entry that somebody gets, and of one that is sent.
        let sync = idle.hubSecondsEach
        let got = max(0, getting.hubSecondsEach - sync) / max(1, getting.receivedEach)
        let sent = max(0, together.hubSecondsEach - sync - got * together.receivedEach)
        let minutes = count * (sync + sent + got * count) / 60
        return String(
            format: """
                10,000 syncs like those all at once, with every device on this machine: %.1f minutes of \
                the hour, at %.1f a second.
                With all 10,000 at one hub each would get 10,000 entries and not %.0f. The hub's CPU took \
                %.2f ms for a sync, %.2f ms to take an entry, %.1f us to give one: %.0f minutes.
                """,
            count / rate / 60, rate, together.receivedEach, sync * 1000, sent * 1000, got * 1e6,
            minutes)
    }
}

extension CrowdPhase {
    fileprivate var hubSecondsEach: Double { hubSeconds / Double(max(1, syncs)) }
    fileprivate var receivedEach: Double { Double(received) / Double(max(1, syncs)) }
}
