import Replication
import Wording

extension Report {
    /// Steps over edges that finding who lies between others may take: a report is not waited for.
    private static let betweennessBudget = 6_000_000

    static let network = Report(
        "network", "How closely knit the relational web is, and what holds it together.",
        .days(365),
        formula: """
            Nodes = people and organizers; an edge = at least one held one-to-one between them in \
            these days. density = 2m / (n(n − 1)); mean degree = 2m / n; isolates = nodes without an \
            edge; transitivity = 3·triangles / triples; centralization = Σ (Cmax − Cᵢ) / ((n − 1)(n − \
            2)), C the degree; E-I = (E − I) / (E + I), of edges across and within institutions; \
            cut-points and bridges: without whom, or without which tie, some part is cut off.
            """,
        columns: """
            Columns: measure = what is worked out; value = what came of it.
            """
    ) { scope in
        let web = try RelationalWeb(scope)
        let graph = web.graph
        let (sizes, cuts) = (graph.components.sizes, graph.cuts)
        var table = ReportTable(
            [.init("measure", "Measure", .text), .init("value", "Value"), .id("key")],
            nothing: "Nobody is here yet.")
        guard graph.nodeCount > 0 else { return table }
        let (count, largest) = (graph.nodeCount, sizes.max() ?? 0)
        // With the parts, those who have no tie would be told.
        let isolatesAreTold = scope.tells(graph.isolates, of: count)
        let rows: [(String, Phrase, ReportValue)] = [
            ("nodes", "People and organizers", scope.people(count)),
            ("edges", "Ties", .count(graph.edgeCount)),
            ("density", "Density", .number(graph.density)),
            ("meanDegree", "Mean degree", .number(graph.meanDegree)),
            ("isolates", "Isolates", scope.part(graph.isolates, of: count)),
            ("components", "Components", isolatesAreTold ? .count(sizes.count) : .none),
            ("largest", "Share of the largest", scope.share(largest, of: count)),
            ("transitivity", "Transitivity", .number(graph.transitivity)),
            ("centralization", "Degree centralization", .number(graph.degreeCentralization)),
            (
                "externalInternal", "E-I index, across institutions",
                ReportValue(number: graph.externalInternalIndex(web.institutions))
            ),
            ("cutPoints", "Cut-points", scope.part(cuts.points.count, of: count)),
            ("bridges", "Bridges", .count(cuts.bridges.count)),
        ]
        let isTold = scope.tells(count, of: count)
        for (key, words, value) in rows.prefix(isTold ? rows.count : 1) {
            table.row(.said(words), value, .text(key))
        }
        return table
    }

    static let networkPeople = Report(
        "network-people", "Who holds the relational web together.", .days(365), namesPeople: true,
        formula: """
            Nodes and edges as in the report "network"; isolates are left out. degree = ties; between = \
            the share of pairs of others on whose shortest ways somebody lies (Brandes, 2001); in a web \
            that is too large to follow all ways it is estimated from some of them, and a note says so; \
            cut-point = without them some part is cut off; component = how many are in their part.
            """,
        columns: """
            Columns: name = the person or organizer.
            """
    ) { scope in
        let web = try RelationalWeb(scope)
        let graph = web.graph
        let between = Betweenness(graph, budget: betweennessBudget)
        let (components, points) = (graph.components, Set(graph.cuts.points))
        var table = ReportTable(
            [
                .init("name", "Name", .name), .id("id"), .init("degree", "Ties"),
                .init("betweenness", "Between", .bar), .init("cutPoint", "Cut-point"),
                .init("component", "Component"),
            ], nothing: "Nobody here was met on these days.")
        let nodes = (0..<graph.nodeCount).filter { graph.degree(of: $0) > 0 }.sorted {
            let (a, b) = (
                (between.of[$0], graph.degree(of: $0)), (between.of[$1], graph.degree(of: $1))
            )
            return a != b ? a > b : web.id(of: $0) < web.id(of: $1)
        }
        for node in nodes {
            table.row(
                .text(try web.name(of: node)), .id(web.id(of: node)),
                .count(graph.degree(of: node)), .number(between.of[node]),
                .said(points.contains(node) ? "yes" : "no"),
                .count(components.sizes[components.of[node]]))
        }
        if between.sources < graph.nodeCount {
            table.note(
                "Between is estimated from the ways of \(between.sources) of \(graph.nodeCount).")
        }
        return table
    }

    static let networkBridges = Report(
        "network-bridges", "The ties on which somebody's whole connection depends.", .days(365),
        namesPeople: true,
        formula: """
            Nodes and edges as in the report "network"; a bridge is a tie without which the two sides \
            have no way to each other. Cut off = how many are on the smaller side. Those that cut off \
            most come first; ties of somebody who has no other are counted and not listed.
            """,
        columns: """
            Columns: between … and = the two whom the tie joins.
            """
    ) { scope in
        let web = try RelationalWeb(scope)
        let sides = BridgeSides(web.graph)
        var table = ReportTable(
            [
                .init("a", "Between", .name), .id("aID"), .init("b", "and", .name), .id("bID"),
                .init("cutOff", "Cut off", .bar),
            ], nothing: "No tie here alone holds two parts of several people together.")
        for bridge in sides.all where bridge.smaller > 1 {
            table.row(
                .text(try web.name(of: bridge.a)), .id(web.id(of: bridge.a)),
                .text(try web.name(of: bridge.b)), .id(web.id(of: bridge.b)),
                .count(bridge.smaller))
        }
        table.figure("bridges", "Bridges in all", .count(sides.all.count))
        table.figure(
            "onlyTies", "To somebody with no other tie",
            .count(sides.all.count { $0.smaller == 1 }))
        return table
    }
}

/// How many nodes lie on the smaller side of each bridge.
private struct BridgeSides {
    struct Bridge {
        let a: Int
        let b: Int
        let smaller: Int
    }

    private(set) var all: [Bridge] = []

    init(_ graph: Graph) {
        let bridges = graph.cuts.bridges
        let number = { (a: Int, b: Int) in a * graph.nodeCount + b }
        let isBridge = Set(bridges.map(number))
        // The tree that is left when every part without a bridge is one node.
        let blocks = Graph(
            nodes: graph.nodeCount,
            edges: graph.edges.filter { !isBridge.contains(number($0.0, $0.1)) }
        ).components
        let tree = Graph(
            nodes: blocks.sizes.count, edges: bridges.map { (blocks.of[$0.0], blocks.of[$0.1]) })
        let (parent, below, whole) = Self.weigh(tree, blocks.sizes)
        all = bridges.map { a, b in
            let (x, y) = (blocks.of[a], blocks.of[b])
            let child = parent[x] == y ? x : y
            return Bridge(a: a, b: b, smaller: min(below[child], whole[child] - below[child]))
        }.sorted {
            $0.smaller != $1.smaller ? $0.smaller > $1.smaller : ($0.a, $0.b) < ($1.a, $1.b)
        }
    }

    /// Of each node of a forest its parent, and how much hangs on it and on its whole tree.
    private static func weigh(
        _ tree: Graph, _ sizes: [Int]
    ) -> (parent: [Int], below: [Int], whole: [Int]) {
        var parent = [Int](repeating: -2, count: tree.nodeCount)
        var (below, order) = (sizes, [Int]())
        order.reserveCapacity(tree.nodeCount)
        var roots = [Int](0..<tree.nodeCount)
        for root in 0..<tree.nodeCount where parent[root] == -2 {
            parent[root] = -1
            var place = order.count
            order.append(root)
            while place < order.count {
                let node = order[place]
                place += 1
                for next in tree.neighbours(of: node) where parent[Int(next)] == -2 {
                    parent[Int(next)] = node
                    roots[Int(next)] = root
                    order.append(Int(next))
                }
            }
        }
        for node in order.reversed() where parent[node] >= 0 { below[parent[node]] += below[node] }
        return (parent, below, roots.map { below[$0] })
    }
}
