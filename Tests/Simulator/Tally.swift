/// What can go wrong in a schedule.
enum Fault: String, CaseIterable {
    case requestLost, requestCut, requestRepeated, requestLate, pushParted
    case answerLost, answerCut
    case laptopCrashed, hubCrashed
    case clockJumped, hubClockJumped
    case monthPassed, revoked, wiped, readmitted, turfTaken, roleChanged
    case copied, restored, reissued, hubRestored
    case outOfScope, erased, twoPrograms
    case federated, agreed
    case upgraded, downgraded, hubVersionChanged
    case snapshotBuilt, snapshotFetched, blockCut, blockGone, lineBroken, packed
}

/// What schedules did.
struct Tally {
    var schedules = 0
    var steps = 0
    var commits = 0
    var refused = 0
    var faults: [Fault: Int] = [:]
    /// A number that two runs of one seed share.
    var mark: UInt64 = 0

    static func += (sum: inout Tally, part: Tally) {
        sum.schedules += part.schedules
        sum.steps += part.steps
        sum.commits += part.commits
        sum.refused += part.refused
        for (fault, count) in part.faults { sum.faults[fault, default: 0] += count }
        sum.mark = sum.mark &* 31 &+ part.mark
    }

    mutating func note(_ fault: Fault) {
        faults[fault, default: 0] += 1
        note(fault.rawValue)
    }

    /// Folds an event into the mark (FNV-1a).
    mutating func note(_ event: String) {
        for byte in event.utf8 { mark = (mark ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }

    func description(depth: Simulator.Depth, seconds: Double) -> String {
        let kinds = Fault.allCases.compactMap { fault in
            faults[fault].map { "\(fault.rawValue) \($0)" }
        }
        return """
            \(schedules) schedules (\(depth)), \(steps) steps, \(commits) commits, \(refused) refused, \
            \(Int(seconds.rounded())) s, mark \(String(mark, radix: 16))
            faults: \(kinds.isEmpty ? "none" : kinds.joined(separator: ", "))
            No failure. With 95 % confidence fewer than 3 in \(schedules) schedules fail.
            """
    }
}

/// A rule that a schedule broke.
struct Broken: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
