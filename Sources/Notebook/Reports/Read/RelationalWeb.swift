import Replication
import Store

/// Who has sat down with whom: a node for each person and each organizer, an edge for at least one
/// held one-to-one.
struct RelationalWeb {
    let graph: Graph
    private let roster: Roster
    /// Organizers who are no person here, after the people.
    private var strangers: [RecordID] = []
    private let organizers: Organizers

    init(_ scope: ReportScope) throws {
        let roster = try Roster(scope)
        let meetings = try Meetings(scope, roster)
        var numbers: [RecordID: Int] = [:]
        var edges: [(Int, Int)] = []
        for meeting in meetings.held(in: scope.days) {
            guard let person = meeting.person, let organizer = meeting.organizer else { continue }
            let number = numbers[organizer] ?? roster.number(of: organizer)
            if number == nil { strangers.append(organizer) }
            let node = number ?? roster.count + strangers.count - 1
            numbers[organizer] = node
            edges.append((person, node))
        }
        graph = Graph(nodes: roster.count + strangers.count, edges: edges)
        self.roster = roster
        organizers = meetings.organizers
    }

    func id(of node: Int) -> RecordID {
        node < roster.count ? roster[node].id : strangers[node - roster.count]
    }

    func name(of node: Int) throws -> String {
        node < roster.count
            ? roster[node].name : try organizers.name(of: strangers[node - roster.count])
    }

    /// The node that stands for a person's entry, or for an organizer; nil for one who is no node.
    func node(of id: RecordID) -> Int? {
        roster.number(of: id)
            ?? strangers.firstIndex(of: id).map { roster.count + $0 }
    }

    /// Each node's institution, as a number.
    var institutions: [Int?] {
        var numbers: [RecordID: Int] = [:]
        return (0..<graph.nodeCount).map { node in
            guard node < roster.count, let institution = roster[node].institution else {
                return nil
            }
            let number = numbers[institution] ?? numbers.count
            numbers[institution] = number
            return number
        }
    }
}
