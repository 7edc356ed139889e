import Foundation
import Histories
import Notebook
import Testing

@Suite("The measures of a network")
struct NetworkReportTests {
    private static let knownNames = ["karate", "florentine", "women", "miserables"]

    /// Sparse and dense, with loops and edges that come twice; and small ones, down to none at all.
    private static func random(_ seed: UInt64) -> (nodes: Int, edges: [(Int, Int)]) {
        var random = SplitMix64(seed: seed)
        let nodes = seed < 4 ? Int(seed) : Int.random(in: 3...60, using: &random)
        let most = nodes * Int.random(in: 0...4, using: &random) / 2
        let edges = (0..<(nodes == 0 ? 0 : most)).map { _ in
            (Int.random(in: 0..<nodes, using: &random), Int.random(in: 0..<nodes, using: &random))
        }
        return (nodes, edges)
    }

    @Test("Agree with networkx, on random graphs and on known ones")
    func networkX() throws {
        let networkX: NetworkX
        do {
            networkX = try NetworkX()
        } catch let error as NetworkX.Unavailable {
            let reason = "SKIPPED: networkx is not here and cannot be installed: \(error.reason)"
            print(reason)
            return withKnownIssue { Issue.record(Comment(rawValue: reason)) }
        }
        let random = (0..<120).map { Self.random($0) }
        // networkx has no density or transitivity of nothing to divide by: it starts at one node.
        let asked = random.filter { $0.nodes > 0 }
        let found = try networkX.measure(
            asked.map { graph in
                ["nodes": graph.nodes, "edges": graph.edges.map { [$0.0, $0.1] }]
            } + Self.knownNames.map { ["known": $0] })
        try #require(found.count == asked.count + Self.knownNames.count)
        for measures in found { Self.compare(measures) }
        for (graph, measures) in zip(asked, found) {
            let ours = Graph(nodes: graph.nodes, edges: graph.edges)
            #expect(ours.edges.map { [$0.0, $0.1] } == measures.edges)
        }
    }

    private static func compare(_ theirs: Measures) {
        let graph = Graph(nodes: theirs.nodes, edges: theirs.edges.map { ($0[0], $0[1]) })
        let isClose = { (a: Double, b: Double) in abs(a - b) < 1e-9 }
        #expect(isClose(graph.density, theirs.density))
        #expect(graph.isolates == theirs.isolates)
        #expect(graph.components.sizes.sorted() == theirs.components)
        #expect(isClose(graph.transitivity, theirs.transitivity))
        #expect(graph.triangles == theirs.triangles)
        #expect(isClose(graph.degreeCentralization, theirs.centralization))
        let between = Betweenness(graph)
        #expect(between.sources == theirs.nodes)
        #expect(zip(between.of, theirs.betweenness).allSatisfy(isClose))
        #expect(graph.cuts.points == theirs.points)
        #expect(graph.cuts.bridges.map { [$0.0, $0.1] } == theirs.bridges)
    }

    @Test("Of nothing, and of one alone, are nothing")
    func empty() {
        for nodes in 0...1 {
            let graph = Graph(nodes: nodes, edges: nodes == 0 ? [] : [(0, 0)])
            #expect(graph.density == 0 && graph.transitivity == 0 && graph.edgeCount == 0)
            #expect(graph.meanDegree == 0 && graph.degreeCentralization == 0)
            #expect(graph.isolates == nodes && graph.components.sizes.count == nodes)
            #expect(
                graph.cuts.points.isEmpty
                    && Betweenness(graph).of == Array(repeating: 0, count: nodes))
        }
    }

    @Test("Of a star are those of a star: all ways lead through the middle")
    func star() {
        let graph = Graph(nodes: 6, edges: (1...5).map { (0, $0) })
        #expect(graph.degreeCentralization == 1 && Betweenness(graph).of[0] == 1)
        #expect(graph.cuts.points == [0] && graph.cuts.bridges.count == 5)
    }

    @Test("Of a chain of a hundred thousand are found without a deep stack")
    func chain() {
        let count = 100_000
        let graph = Graph(nodes: count, edges: (1..<count).map { ($0 - 1, $0) })
        #expect(graph.cuts.points.count == count - 2 && graph.cuts.bridges.count == count - 1)
    }

    @Test("E-I is 1 across, -1 within, and of those alone who belong somewhere")
    func acrossAndWithin() {
        let graph = Graph(nodes: 4, edges: [(0, 1), (1, 2), (2, 3)])
        #expect(graph.externalInternalIndex([0, 0, 1, nil]) == 0)
        #expect(graph.externalInternalIndex([0, 1, 0, 1]) == 1)
        #expect(graph.externalInternalIndex([0, 0, 0, 0]) == -1)
        #expect(graph.externalInternalIndex([0, nil, 0, nil]) == nil)
    }

    @Test("An estimate from some of the ways is near the whole, and the same in every run")
    func estimate() {
        var random = SplitMix64(seed: 3)
        let edges = (0..<1200).map { _ in
            (Int.random(in: 0..<20, using: &random), Int.random(in: 0..<400, using: &random))
        }
        let graph = Graph(nodes: 400, edges: edges)
        let whole = Betweenness(graph)
        let part = Betweenness(graph, budget: 200 * (400 + 2 * graph.edgeCount))
        #expect(part.sources == 200 && whole.sources == 400)
        #expect(part.of == Betweenness(graph, budget: 200 * (400 + 2 * graph.edgeCount)).of)
        let most = whole.of.max() ?? 0
        #expect(zip(part.of, whole.of).allSatisfy { abs($0 - $1) < 0.15 * most })
    }
}
