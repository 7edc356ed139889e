import Replication
import Store

/// Who knows whom, as far as it is written down: by a held one-to-one, a relationship of two people,
/// or a relation of two actors. An actor who is a person here is that person.
struct AcquaintanceWeb {
    /// One way from us to somebody: the first node is one of us.
    struct Path {
        let nodes: [Int]
        var length: Int { nodes.count - 1 }
    }

    private let graph: Graph
    private let roster: Roster
    /// Ids of the nodes after the roster: organizers and actors who are no person here.
    private var others: [RecordID] = []
    private var numbers: [RecordID: Int] = [:]
    private var names: [RecordID: String] = [:]
    /// The word for what two nodes are to each other, the smaller first; without one they have met.
    private var words: [Int: String] = [:]
    /// How many steps each node is from us; -1 where there is no way.
    private let distances: [Int]
    private let us: Set<Int>
    private let organizers: Organizers

    init(_ scope: ReportScope) throws {
        roster = try Roster(scope)
        let meetings = try Meetings(scope, roster)
        var organizers = meetings.organizers
        var builder = Builder(roster: roster)
        for meeting in meetings.all where meeting.status == .held {
            guard let person = meeting.person, let organizer = meeting.organizer,
                let day = meeting.day, day <= scope.to
            else { continue }
            let node = builder.node(of: organizer)
            builder.us.insert(node)
            builder.edges.append((person, node))
        }
        for id in scope.notebook.me.ids {
            let me = organizers.canonical(of: id)
            builder.us.insert(builder.node(of: me))
        }
        try builder.readRelationships(scope)
        try builder.readActors(scope)
        (others, numbers, names) = (builder.others, builder.numbers, builder.names)
        (words, us, self.organizers) = (builder.words, builder.us, organizers)
        let graph = Graph(nodes: roster.count + others.count, edges: builder.edges)
        self.graph = graph
        distances = Self.distances(graph, from: us, without: nil)
    }

    func node(of id: RecordID) -> Int? { numbers[id] ?? roster.number(of: id) }

    func id(of node: Int) -> RecordID {
        node < roster.count ? roster[node].id : others[node - roster.count]
    }

    func name(of node: Int) throws -> String {
        guard node >= roster.count else { return roster[node].name }
        return try names[id(of: node)] ?? organizers.name(of: id(of: node))
    }

    func isOneOfUs(_ node: Int) -> Bool { us.contains(node) }

    func steps(to node: Int) -> Int? { distances[node] < 0 ? nil : distances[node] }

    /// What two nodes are to each other, in a word: "family", "met".
    func word(_ a: Int, _ b: Int) -> String { words[key(a, b)] ?? "met" }

    private func key(_ a: Int, _ b: Int) -> Int { Builder.key(a, b) }

    /// The shortest way to somebody through each of those who know them, the shortest first.
    func paths(to target: Int) -> [Path] {
        let distances = Self.distances(graph, from: us, without: target)
        let paths = graph.neighbours(of: target).map(Int.init).compactMap { last -> Path? in
            guard distances[last] >= 0 else { return nil }
            var way = [target, last]
            while let here = way.last, distances[here] > 0 {
                let nearer = graph.neighbours(of: here).first {
                    distances[Int($0)] == distances[here] - 1
                }
                guard let nearer else { return nil }
                way.append(Int(nearer))
            }
            return Path(nodes: way.reversed())
        }
        return paths.sorted {
            ($0.length, $0.nodes[$0.length - 1]) < ($1.length, $1.nodes[$1.length - 1])
        }
    }

    /// Steps from the nearest of some nodes to each, by breadth.
    private static func distances(
        _ graph: Graph, from sources: Set<Int>, without missing: Int?
    ) -> [Int] {
        var distances = [Int](repeating: -1, count: graph.nodeCount)
        var open = sources.filter { $0 != missing }.sorted()
        for node in open { distances[node] = 0 }
        var place = 0
        while place < open.count {
            let node = open[place]
            place += 1
            for next in graph.neighbours(of: node).lazy.map(Int.init)
            where distances[next] < 0 && next != missing {
                distances[next] = distances[node] + 1
                open.append(next)
            }
        }
        return distances
    }
}

extension AcquaintanceWeb {
    /// Gathers the nodes and edges.
    fileprivate struct Builder {
        let roster: Roster
        var us: Set<Int> = []
        var edges: [(Int, Int)] = []
        var others: [RecordID] = []
        var numbers: [RecordID: Int] = [:]
        var names: [RecordID: String] = [:]
        var words: [Int: String] = [:]

        init(roster: Roster) {
            self.roster = roster
        }

        static func key(_ a: Int, _ b: Int) -> Int { min(a, b) << 32 | max(a, b) }

        /// The node that stands for a person, an organizer or an actor.
        mutating func node(of id: RecordID) -> Int {
            if let number = numbers[id] { return number }
            let number = roster.number(of: id) ?? roster.count + others.count
            if number >= roster.count { others.append(id) }
            numbers[id] = number
            return number
        }

        private mutating func tie(_ a: Int, _ b: Int, _ word: String?) {
            edges.append((a, b))
            if let word { words[Self.key(a, b)] = word }
        }

        mutating func readRelationships(_ scope: ReportScope) throws {
            for one in try Relationships(scope, roster).all where one.isGood {
                tie(one.from, one.to, one.word)
            }
        }

        mutating func readActors(_ scope: ReportScope) throws {
            let actors = try Actors(scope)
            for (id, name) in actors.names.sorted(by: { $0.key < $1.key }) {
                let person = actors.persons[id].flatMap(roster.number)
                numbers[id] = person ?? node(of: id)
                if person == nil { names[id] = name }
            }
            var row = try FastStatement(
                scope.db,
                """
                SELECT "from", "to", kind, since, until FROM actorRelation
                WHERE "from" IS NOT NULL AND "to" IS NOT NULL AND coalesce(kind, '') <> 'opponent'
                """)
            while try row.step() {
                guard ReportScope.goes(row.day(3), row.day(4), on: scope.to),
                    let from = numbers[actors.canonical(of: try row.id(0))],
                    let to = numbers[actors.canonical(of: try row.id(1))], from != to
                else { continue }
                tie(from, to, row.filledText(2))
            }
        }
    }
}
