import Histories
import Replication

/// A case of merge.json: commits, the orders in which they arrive, and the one reading of them all,
/// written by hand.
struct MergeCase: Sendable {
    let name: String
    let why: String
    /// Each with the name that stands for it in the arrivals.
    let commits: [(name: String, commit: Commit)]
    let cells: [CellReading]
    let life: Life
    /// What tempting mistakes would read instead.
    let wrong: [Wrong]

    init(
        _ name: String, why: String, _ commits: [Commit], cells: [CellReading],
        life: Life = .alive, wrong: [Wrong]
    ) {
        self.name = name
        self.why = why
        // A commit that comes again with a smaller effective stamp is another arrival.
        self.commits = commits.enumerated().map { index, commit in
            let isCopy = commits[..<index].contains { $0.dot == commit.dot }
            return (short(commit.dot) + (isCopy ? "-lowered" : ""), commit)
        }
        self.cells = cells
        self.life = life
        self.wrong = wrong
    }

    struct Wrong: Sendable {
        let name: String
        var cell: CellReading?
        var life: Life?

        init(_ name: String, _ cell: CellReading) {
            self.name = name
            self.cell = cell
        }

        init(_ name: String, life: Life) {
            self.name = name
            self.life = life
        }
    }

    /// Orders of arrival: lists of commits by name; `|` ends what one replica got, whose state is
    /// merged into that of the replicas before it.
    var arrivals: [[[String]]] {
        let names = commits.map(\.name)
        var orders = names.count <= 3 ? permutations(names) : rotations(names)
        orders.append(names + names.reversed())
        let halves = names.indices.dropFirst().flatMap { split in
            let (left, right) = (Array(names[..<split]), Array(names[split...]))
            return [[left, right], [right, left]]
        }
        return orders.map { [$0] } + halves + [names.map { [$0] } + [names.reversed()]]
    }

    private func permutations(_ names: [String]) -> [[String]] {
        guard names.count > 1 else { return [names] }
        return names.flatMap { first in
            permutations(names.filter { $0 != first }).map { [first] + $0 }
        }
    }

    private func rotations(_ names: [String]) -> [[String]] {
        names.indices.flatMap { start in
            let rotated = Array(names[start...] + names[..<start])
            return [rotated, rotated.reversed()]
        }
    }

    func state(after arrival: [[String]]) -> RecordState {
        var whole = RecordState()
        for (index, group) in arrival.enumerated() {
            var state = RecordState()
            for name in group {
                for (other, commit) in commits where other == name { state.apply(commit) }
            }
            if index == 0 { whole = state } else { whole.merge(state) }
        }
        return whole
    }
}

/// What is seen of a cell. Where it describes a mistake, only what differs is given.
struct CellReading: Encodable, Equatable, Sendable {
    let field: Field
    var element: ValueJSON?
    var live: [String]?
    var dead: [String]?
    var winner: String?
    /// Live writes of different values, the winner first; none where there is nothing to settle.
    var conflict: [String]?
    /// Of an element: whether it is in the set.
    var present: Bool?

    /// Dots in short: `a1 b2` for seq 1 of device a and seq 2 of device b.
    init(
        _ field: Field, element: String? = nil, live: String? = nil, dead: String? = nil,
        winner: String? = nil, conflict: String? = nil, present: Bool? = nil
    ) {
        self.field = field
        self.element = element.map { ValueJSON(.text($0)) }
        self.live = live.map(dots)
        self.dead = dead.map(dots)
        self.winner = winner.flatMap { dots($0).first }
        self.conflict = conflict.map(dots)
        self.present = present
    }

    init(_ cell: Cell) {
        field = cell.key.field
        element = cell.key.element.map { ValueJSON($0) }
        live = cell.live.map(\.dot.description)
        dead = cell.dead.map(\.description)
        winner = cell.winner?.dot.description
        conflict = cell.conflict?.map(\.dot.description) ?? []
        present = cell.key.element == nil ? nil : cell.isPresent
    }

    /// Whether a mistake's reading agrees with this one in all that it gives.
    func agrees(with mistake: CellReading) -> Bool {
        (mistake.live ?? live, mistake.dead ?? dead, mistake.winner ?? winner)
            == (live, dead, winner)
            && (mistake.conflict ?? conflict, mistake.present ?? present) == (conflict, present)
    }
}

private let letters: [(String, DeviceID)] = [
    ("a", .a), ("b", .b), ("c", .c), ("d", DeviceID(rawValue: 1)),
]

private func short(_ dot: Dot) -> String {
    (letters.first { $0.1 == dot.device }?.0 ?? "?") + "\(dot.seq)"
}

/// Reads `a1 b2`.
private func dots(_ text: String) -> [String] {
    text.split(separator: " ").compactMap { word in
        guard let device = letters.first(where: { word.hasPrefix($0.0) })?.1,
            let seq = Seq(word.dropFirst())
        else { return nil }
        return Dot(device, seq).description
    }
}
