extension Graph {
    /// Edges that are there, of all that could be: 2m / (n(n − 1)). 0 for fewer than two nodes.
    package var density: Double {
        let (n, m) = (Double(nodeCount), Double(edgeCount))
        return n < 2 ? 0 : 2 * m / (n * (n - 1))
    }

    /// 2m / n; 0 without nodes.
    package var meanDegree: Double {
        nodeCount == 0 ? 0 : 2 * Double(edgeCount) / Double(nodeCount)
    }

    /// Nodes without an edge.
    package var isolates: Int { (0..<nodeCount).count { degree(of: $0) == 0 } }

    /// How far the graph is a star around one node: Σ (Cmax − Cᵢ) / ((n − 1)(n − 2)), C the degree
    /// (L. C. Freeman, "Centrality in Social Networks", 1978). 0 for fewer than three nodes.
    package var degreeCentralization: Double {
        guard nodeCount > 2 else { return 0 }
        let degrees = (0..<nodeCount).map { degree(of: $0) }
        let most = degrees.max() ?? 0
        let sum = degrees.reduce(0) { $0 + most - $1 }
        return Double(sum) / (Double(nodeCount - 1) * Double(nodeCount - 2))
    }

    /// Of the paths of two edges the share that closes: 3 · triangles / triples. 0 without a path.
    package var transitivity: Double {
        let triples = (0..<nodeCount).reduce(0) { $0 + degree(of: $1) * (degree(of: $1) - 1) / 2 }
        return triples == 0 ? 0 : 3 * Double(triangles) / Double(triples)
    }

    /// Each edge is looked at from its end of smaller degree, so that a node that knows everybody is
    /// not asked for all of them each time ("forward", T. Schank and D. Wagner, 2005).
    package var triangles: Int {
        let ranks = ranks
        var ahead = [[Int32]](repeating: [], count: nodeCount)
        for node in 0..<nodeCount {
            ahead[node] = neighbours(of: node).filter { ranks[Int($0)] > ranks[node] }
        }
        var marked = [Int](repeating: -1, count: nodeCount)
        var found = 0
        for node in 0..<nodeCount {
            for next in ahead[node] { marked[Int(next)] = node }
            for next in ahead[node] {
                found += ahead[Int(next)].count { marked[Int($0)] == node }
            }
        }
        return found
    }

    /// Each node's place when they are in order of degree.
    private var ranks: [Int] {
        let order = (0..<nodeCount).sorted { (degree(of: $0), $0) < (degree(of: $1), $1) }
        var ranks = [Int](repeating: 0, count: nodeCount)
        for (rank, node) in order.enumerated() { ranks[node] = rank }
        return ranks
    }

    /// Whether ties reach across groups or stay within: (E − I) / (E + I), of the edges whose ends
    /// both have a group (D. Krackhardt and R. N. Stern, 1988). −1 is all within, 1 all across; nil
    /// without such an edge.
    package func externalInternalIndex(_ group: [Int?]) -> Double? {
        var (external, inner) = (0, 0)
        for (a, b) in edges {
            guard let one = group[a], let other = group[b] else { continue }
            if one == other { inner += 1 } else { external += 1 }
        }
        let sum = external + inner
        return sum == 0 ? nil : Double(external - inner) / Double(sum)
    }
}
