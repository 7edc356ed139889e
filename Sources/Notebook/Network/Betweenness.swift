/// How often a node lies on the shortest ways between others.
package struct Betweenness: Sendable {
    /// Of each node: the share of pairs of others between which it lies, 0 to 1.
    package let of: [Double]
    /// From how many nodes the ways were followed; all of them unless the graph is too large.
    package let sources: Int

    /// Follows the ways from every node (U. Brandes, "A Faster Algorithm for Betweenness Centrality",
    /// 2001) as long as that takes no more than `budget` steps over edges; else from as many nodes as
    /// the budget allows, drawn with a seed, and scales up (U. Brandes and C. Pich, "Centrality
    /// Estimation in Large Networks", 2007).
    package init(_ graph: Graph, budget: Int = .max, seed: UInt64 = 1) {
        let steps = graph.nodeCount + 2 * graph.edgeCount
        let most = steps == 0 ? 0 : max(1, budget / steps)
        var sums = [Double](repeating: 0, count: graph.nodeCount)
        var sources = Array(0..<graph.nodeCount)
        if most < sources.count { sources = Self.draw(most, of: sources, seed) }
        var walk = ShortestPaths(graph.nodeCount)
        graph.withNeighbours { starts, targets in
            for source in sources { walk.follow(from: source, starts, targets, addingTo: &sums) }
        }
        let (n, drawn) = (Double(graph.nodeCount), Double(sources.count))
        let scale = n > 2 && drawn > 0 ? n / (drawn * (n - 1) * (n - 2)) : 0
        of = sums.map { $0 * scale }
        self.sources = sources.count
    }

    /// The first of a shuffle, by xorshift64* (S. Vigna, 2016): the same in every run.
    private static func draw(_ count: Int, of nodes: [Int], _ seed: UInt64) -> [Int] {
        var (nodes, state) = (nodes, seed == 0 ? 1 : seed)
        for index in 0..<count {
            state ^= state >> 12
            state ^= state << 25
            state ^= state >> 27
            let random = (state &* 0x2545_F491_4F6C_DD1D) >> 33
            nodes.swapAt(index, index + Int(random % UInt64(nodes.count - index)))
        }
        return Array(nodes.prefix(count))
    }
}

/// The ways from one node to all others, and what each node between carries of them. Its arrays serve
/// for one source after the other.
private struct ShortestPaths {
    private struct Node {
        /// From the source; -1 where no way is known.
        var distance: Int32 = -1
        /// How many shortest ways there are.
        var ways = 0.0
        /// What each of them is worth to the node before.
        var share = 0.0
    }

    private var nodes: [Node]
    private var order: [Int32] = []

    init(_ count: Int) {
        nodes = [Node](repeating: Node(), count: count)
        order.reserveCapacity(count)
    }

    mutating func follow(
        from source: Int, _ starts: UnsafeBufferPointer<Int>,
        _ targets: UnsafeBufferPointer<Int32>, addingTo sums: inout [Double]
    ) {
        nodes.withUnsafeMutableBufferPointer { nodes in
            Self.spread(from: source, starts, targets, nodes, &order)
            for number in order.reversed() {
                let node = Int(number)
                let following = nodes[node].distance + 1
                var share = 0.0
                for index in starts[node]..<starts[node + 1] {
                    let next = nodes[Int(targets[index])]
                    if next.distance == following { share += next.share }
                }
                let carried = share * nodes[node].ways
                nodes[node].share = (1 + carried) / nodes[node].ways
                if node != source { sums[node] += carried }
            }
            for node in order { nodes[Int(node)].distance = -1 }
        }
    }

    /// Finds every node in order of distance, and the number of shortest ways to each.
    private static func spread(
        from source: Int, _ starts: UnsafeBufferPointer<Int>,
        _ targets: UnsafeBufferPointer<Int32>, _ nodes: UnsafeMutableBufferPointer<Node>,
        _ order: inout [Int32]
    ) {
        order.removeAll(keepingCapacity: true)
        order.append(Int32(source))
        nodes[source].distance = 0
        nodes[source].ways = 1
        var place = 0
        while place < order.count {
            let node = nodes[Int(order[place])]
            let (start, end) = (starts[Int(order[place])], starts[Int(order[place]) + 1])
            place += 1
            for index in start..<end {
                let next = Int(targets[index])
                if nodes[next].distance < 0 {
                    nodes[next].distance = node.distance + 1
                    nodes[next].ways = 0
                    order.append(Int32(next))
                }
                if nodes[next].distance == node.distance + 1 { nodes[next].ways += node.ways }
            }
        }
    }
}
