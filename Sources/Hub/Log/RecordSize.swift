import Replication

/// How much the log holds of a record. What is bounded here bounds what it costs to merge the record
/// and to send it whole.
struct RecordSize: Equatable {
    /// Commits, field writes and the dots that these overwrite.
    var weight = 0
    /// Of payload.
    var bytes = 0
}

extension RecordSize {
    /// Of a commit whose payload takes so many bytes.
    init(of commit: Commit, bytes: Int) {
        self.init(
            weight: commit.writes.reduce(1) { $0 + 1 + $1.overwrites.count }, bytes: bytes)
    }

    static func + (a: RecordSize, b: RecordSize) -> RecordSize {
        RecordSize(weight: a.weight + b.weight, bytes: a.bytes + b.bytes)
    }

    static func += (sum: inout RecordSize, part: RecordSize) { sum = sum + part }

    /// What organizers may fill.
    static let limit = RecordSize(weight: Limits.recordWeight, bytes: Limits.recordBytes)
    /// What leaders may fill: what they do can so never keep an organizer from mending it.
    static let leadersLimit = RecordSize(
        weight: limit.weight / 2, bytes: limit.bytes / 2)
    /// Room for moving and deleting what is full.
    static let lastLimit = RecordSize(
        weight: limit.weight / 4 * 5, bytes: limit.bytes / 4 * 5)
    /// What several hubs may fill together: as much as a page holds beside what began it.
    static let relayLimit = RecordSize(
        weight: limit.weight / 2 * 3, bytes: limit.bytes / 2 * 3)

    func fits(into limit: RecordSize) -> Bool {
        weight <= limit.weight && bytes <= limit.bytes
    }
}
