/// Tells of groups within groups, one after the other, and of none that would set 1 to 4 people apart:
/// by adding and taking away what is told, nobody gets at fewer.
///
/// What was told parts everybody into classes, and each class has nobody or enough.
struct Discretion {
    private let weights: [Int]
    /// The class of each member; the first is of those of whom nothing was told.
    private var classes: [Int]
    private var classCount = 1

    /// Members by number, each of whom counts for so many people.
    init(_ weights: [Int]) {
        self.weights = weights
        classes = weights.map { _ in 0 }
    }

    /// Whether it may be told how many are in a group; then it is.
    mutating func tells(_ members: [Int]) -> Bool {
        let parts = Dictionary(grouping: members) { classes[$0] }
        for (number, part) in parts {
            let inside = sum(part)
            let rest =
                number == 0 ? 0 : sum(classes.indices.filter { classes[$0] == number }) - inside
            guard !SmallCells.isSmall(inside), !SmallCells.isSmall(rest) else { return false }
        }
        for part in parts.values {
            for member in part { classes[member] = classCount }
            classCount += 1
        }
        return true
    }

    private func sum(_ members: [Int]) -> Int { members.reduce(0) { $0 + weights[$1] } }
}
