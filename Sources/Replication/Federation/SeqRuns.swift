import FoundationEssentials
import SwiftProtobuf

/// A set of seqs of one device, as ascending runs that do not touch.
package struct SeqRuns: Hashable, Sendable {
    package private(set) var ranges: [ClosedRange<Seq>] = []

    package init() {}

    package init(_ seqs: some Sequence<Seq>) {
        for seq in Set(seqs).sorted() { append(seq) }
    }

    package var count: Int { ranges.reduce(0) { $0 + $1.count } }
    package var isEmpty: Bool { ranges.isEmpty }
    package var last: Seq? { ranges.last?.upperBound }
    package var seqs: some Sequence<Seq> { ranges.lazy.joined() }

    package func contains(_ seq: Seq) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < seq { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(seq)
    }

    /// The first so many.
    package func prefix(_ most: Int) -> SeqRuns {
        count <= most ? self : SeqRuns(seqs.prefix(most))
    }

    /// The same in no more runs than that: the last ones become one, with what lies between them.
    package func coarsened(to most: Int) -> SeqRuns {
        guard ranges.count > most, let last else { return self }
        var coarse = self
        coarse.ranges = ranges.prefix(most - 1) + [ranges[most - 1].lowerBound...last]
        return coarse
    }

    package func subtracting(_ other: SeqRuns) -> SeqRuns {
        SeqRuns(seqs.filter { !other.contains($0) })
    }

    package func union(_ other: SeqRuns) -> SeqRuns { SeqRuns(Array(seqs) + Array(other.seqs)) }

    /// Adds a seq that comes after all others.
    private mutating func append(_ seq: Seq) {
        if let last = ranges.last, last.upperBound + 1 == seq {
            ranges[ranges.count - 1] = last.lowerBound...seq
        } else {
            ranges.append(seq...seq)
        }
    }
}

extension SeqRuns {
    /// The runs' numbers as varints, for keeping them in a file.
    package func encoded() -> [UInt8] {
        var writer = ByteWriter()
        for number in numbers { writer.varint(number) }
        return writer.bytes
    }

    package init(decoding bytes: [UInt8]) throws(WireError) {
        var reader = ByteReader(bytes)
        var numbers: [UInt64] = []
        while !reader.isAtEnd { numbers.append(try reader.varint()) }
        try self.init(numbers: numbers, longest: Limits.seq)
    }

    /// For each run its first seq, less the last seq of the run before, and its count.
    package init(
        numbers: [UInt64], longest: UInt64 = UInt64(Limits.offeredCommits)
    ) throws(WireError) {
        guard numbers.count.isMultiple(of: 2) else { throw .field("Runs.runs") }
        var end: Seq = 0
        for index in stride(from: 0, to: numbers.count, by: 2) {
            let (gap, count) = (numbers[index], numbers[index + 1])
            guard gap > 0, count > 0, gap < Limits.seq, count <= longest, count < Limits.seq,
                end + gap + count < Limits.seq
            else { throw .field("Runs.runs") }
            // A gap of one would make one run of two.
            let first = end + gap
            guard index == 0 || gap > 1 else { throw .notCanonical("runs that touch") }
            ranges.append(first...(first + count - 1))
            end = first + count - 1
        }
    }

    var numbers: [UInt64] {
        var end: Seq = 0
        return ranges.flatMap { range in
            defer { end = range.upperBound }
            return [range.lowerBound - end, UInt64(range.count)]
        }
    }
}
