/// An undirected graph without loops and double edges, on nodes numbered from 0.
///
/// The neighbours of all nodes lie in one array, in order: half a million edges are walked without
/// leaving it.
package struct Graph: Sendable {
    /// Where each node's neighbours begin in `targets`; one more for the end.
    private let starts: [Int]
    private let targets: [Int32]

    /// Edges that name one node twice are left out, and each edge counts once. Every end is in
    /// `0..<nodes`.
    package init(nodes: Int, edges: [(Int, Int)]) {
        var degrees = [Int](repeating: 0, count: nodes)
        for (a, b) in edges where a != b {
            degrees[a] += 1
            degrees[b] += 1
        }
        var next = [Int](repeating: 0, count: nodes)
        var end = 0
        for node in 0..<nodes {
            next[node] = end
            end += degrees[node]
        }
        let begins = next
        var raw = [Int32](repeating: 0, count: end)
        for (a, b) in edges where a != b {
            raw[next[a]] = Int32(b)
            next[a] += 1
            raw[next[b]] = Int32(a)
            next[b] += 1
        }
        (starts, targets) = Self.unique(raw, begins, next)
    }

    /// Sorts each node's neighbours and drops those that come again.
    private static func unique(
        _ raw: [Int32], _ begins: [Int], _ ends: [Int]
    ) -> ([Int], [Int32]) {
        var starts = [0]
        var targets: [Int32] = []
        starts.reserveCapacity(begins.count + 1)
        targets.reserveCapacity(raw.count)
        for node in begins.indices {
            var last: Int32 = -1
            for target in raw[begins[node]..<ends[node]].sorted() where target != last {
                targets.append(target)
                last = target
            }
            starts.append(targets.count)
        }
        return (starts, targets)
    }

    package var nodeCount: Int { starts.count - 1 }

    package var edgeCount: Int { targets.count / 2 }

    /// In ascending order.
    package func neighbours(of node: Int) -> ArraySlice<Int32> {
        targets[starts[node]..<starts[node + 1]]
    }

    package func degree(of node: Int) -> Int { starts[node + 1] - starts[node] }

    /// Every edge once, the smaller end first, in order.
    package var edges: [(Int, Int)] {
        (0..<nodeCount).flatMap { node in
            neighbours(of: node).compactMap { $0 > node ? (node, Int($0)) : nil }
        }
    }

    /// The arrays themselves, for loops that must not pay for anything else.
    func withNeighbours<Result>(
        _ body: (_ starts: UnsafeBufferPointer<Int>, _ targets: UnsafeBufferPointer<Int32>) ->
            Result
    ) -> Result {
        starts.withUnsafeBufferPointer { starts in
            targets.withUnsafeBufferPointer { body(starts, $0) }
        }
    }
}
