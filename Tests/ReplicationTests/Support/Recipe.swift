import Replication

/// Bytes as the vectors write them: short ones as they are, long ones as parts, one after another.
struct Recipe {
    /// Some bytes a number of times; where there is a first number, each time followed by a varint: of
    /// that number, then of that and one step more, and so on.
    struct Part: Encodable {
        let bytes: String
        let times: Int
        let first: UInt64?
        let step: UInt64?

        var isPlain: Bool { times == 1 && first == nil }
    }

    private(set) var bytes: [UInt8] = []
    private var all: [Part] = []

    /// Nil for bytes that are written as they are.
    var parts: [Part]? { all.contains { $0.times > 1 } ? all : nil }

    /// Nil for bytes that are written as parts.
    var text: String? { parts == nil ? Hex.encode(bytes) : nil }

    init(_ bytes: [UInt8]) {
        self = Self().then(bytes)
    }

    private init() {}

    /// The same with more at its end.
    func then(
        _ more: [UInt8], times: Int = 1, first: UInt64? = nil, step: UInt64? = nil
    ) -> Recipe {
        var longer = self
        longer.add(Part(bytes: Hex.encode(more), times: times, first: first, step: step))
        for time in 0..<UInt64(times) {
            longer.bytes += more
            if let first, let step { longer.bytes += Columns.varint(first + time * step) }
        }
        return longer
    }

    func then(_ more: Recipe) -> Recipe {
        var longer = self
        for part in more.all { longer.add(part) }
        longer.bytes += more.bytes
        return longer
    }

    /// What is written as it is makes one part with what is before it.
    private mutating func add(_ part: Part) {
        guard let last = all.last, last.isPlain, part.isPlain else { return all.append(part) }
        all[all.count - 1] = Part(bytes: last.bytes + part.bytes, times: 1, first: nil, step: nil)
    }
}
