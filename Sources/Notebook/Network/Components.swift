extension Graph {
    /// For each node the number of its connected component. Numbers go from 0 in order of each one's
    /// smallest node.
    package var components: (of: [Int], sizes: [Int]) {
        var component = [Int](repeating: -1, count: nodeCount)
        var sizes: [Int] = []
        var open: [Int] = []
        for start in 0..<nodeCount where component[start] < 0 {
            component[start] = sizes.count
            open.append(start)
            var size = 0
            while let node = open.popLast() {
                size += 1
                for next in neighbours(of: node) where component[Int(next)] < 0 {
                    component[Int(next)] = sizes.count
                    open.append(Int(next))
                }
            }
            sizes.append(size)
        }
        return (component, sizes)
    }

    /// Who, and which tie, holds others together: without a cut-point, or without a bridge, some part
    /// is cut off. (J. Hopcroft and R. Tarjan, "Efficient Algorithms for Graph Manipulation", 1973.)
    /// Nodes in order; bridges with the smaller end first, in order.
    package var cuts: (points: [Int], bridges: [(Int, Int)]) {
        var search = CutSearch(self)
        for node in 0..<nodeCount { search.begin(at: node) }
        return (
            search.isPoint.indices.filter { search.isPoint[$0] },
            search.bridges.sorted { $0 < $1 }
        )
    }
}

/// A walk through the graph in depth, with a stack of its own: a chain of people may be long.
private struct CutSearch {
    private let graph: Graph
    /// When each node was found; 0 for those that were not.
    private var found: [Int]
    /// The earliest node that can be reached from a node's branch by one edge back.
    private var low: [Int]
    private var parent: [Int]
    private var clock = 0
    private(set) var isPoint: [Bool]
    private(set) var bridges: [(Int, Int)] = []

    init(_ graph: Graph) {
        self.graph = graph
        let zeros = [Int](repeating: 0, count: graph.nodeCount)
        (found, low) = (zeros, zeros)
        parent = [Int](repeating: -1, count: graph.nodeCount)
        isPoint = [Bool](repeating: false, count: graph.nodeCount)
    }

    mutating func begin(at root: Int) {
        guard found[root] == 0 else { return }
        var path: [(node: Int, rest: ArraySlice<Int32>)] = [find(root)]
        var branches = 0
        while let last = path.last {
            guard let next = last.rest.first.map(Int.init) else {
                path.removeLast()
                if parent[last.node] == root { branches += 1 }
                leave(last.node, root)
                continue
            }
            path[path.count - 1].rest = last.rest.dropFirst()
            if found[next] == 0 {
                parent[next] = last.node
                path.append(find(next))
            } else if next != parent[last.node] {
                low[last.node] = min(low[last.node], found[next])
            }
        }
        if branches > 1 { isPoint[root] = true }
    }

    private mutating func find(_ node: Int) -> (node: Int, rest: ArraySlice<Int32>) {
        clock += 1
        found[node] = clock
        low[node] = clock
        return (node, graph.neighbours(of: node))
    }

    private mutating func leave(_ node: Int, _ root: Int) {
        let above = parent[node]
        guard above >= 0 else { return }
        low[above] = min(low[above], low[node])
        if above != root, low[node] >= found[above] { isPoint[above] = true }
        if low[node] > found[above] { bridges.append((min(above, node), max(above, node))) }
    }
}
