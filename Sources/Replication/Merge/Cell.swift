/// A field of a record, or an element of a set: its live writes and its dead dots.
///
/// The one law: a value is live unless some write named its dot. No order, no clock and no
/// version vector decides what is kept. (A multi-value register with named dots; compare Shapiro
/// et al., "A comprehensive study of Convergent and Commutative Replicated Data Types", 2011.)
package struct Cell: Hashable, Sendable {
    package let key: CellKey
    /// In ascending order of dot.
    package internal(set) var live: [Write]
    /// Every dot that some write named, arrived or not. In ascending order.
    package internal(set) var dead: [Dot]

    package init(key: CellKey, live: [Write] = [], dead: [Dot] = []) {
        self.key = key
        self.live = live
        self.dead = dead
    }

    /// The write that is shown.
    ///
    /// The greatest (effective stamp, dot). Of immutable ones the least, so that a later one
    /// cannot displace it. Of moves the greatest *signed* stamp, which is the same at every hub.
    package var winner: Write? {
        guard live.count > 1 else { return live.first }
        if key.field == CommonField.space {
            return live.max { ($0.stamp, $0.dot) < ($1.stamp, $1.dot) }
        }
        if isImmutable {
            return live.min { ($0.effective, $0.dot) < ($1.effective, $1.dot) }
        }
        return live.max { ($0.effective, $0.dot) < ($1.effective, $1.dot) }
    }

    /// For an element of a set: whether it is in. An addition wins over a concurrent removal.
    package var isPresent: Bool {
        live.contains { !$0.removes }
    }

    /// The live writes that a reader sees as different values, the winner first, when there is more
    /// than one and the rule lets them be seen. Equal values are one. Immutable values are no
    /// conflict, since no write could ever settle it. Moves apart are one, whatever their rule:
    /// somebody has to say where the record belongs.
    package var conflict: [Write]? {
        guard live.count > 1, key.element == nil, let winner, !isImmutable else { return nil }
        guard winner.rule != .latest || key.field == CommonField.space else { return nil }
        var seen: Set = [winner.value]
        var values = [winner]
        let others = live.sorted { ($0.effective, $0.dot) > ($1.effective, $1.dot) }
        for write in others where seen.insert(write.value).inserted {
            values.append(write)
        }
        return values.count > 1 ? values : nil
    }

    private var isImmutable: Bool {
        live.contains { $0.rule == .once }
    }

    /// Marks a dot dead, also when it has not arrived. Returns the write that died of it.
    mutating func kill(_ dot: Dot) -> Write? {
        dead.insertSorted(dot)
        guard let index = live.firstIndex(where: { $0.dot == dot && $0.rule != .once }) else {
            return nil
        }
        return live.remove(at: index)
    }

    /// Adds a write unless its dot is dead. Returns it when it is: it is history on arrival.
    mutating func add(_ write: Write) -> Write? {
        if let index = live.firstIndex(where: { $0.dot == write.dot }) {
            live[index].effective = min(live[index].effective, write.effective)
            return nil
        }
        guard write.rule == .once || !dead.containsSorted(write.dot) else { return write }
        live.insert(write, at: live.firstIndex { $0.dot > write.dot } ?? live.endIndex)
        return nil
    }

    /// Takes a write back, and what it named.
    mutating func withdraw(_ dot: Dot, naming overwritten: [Dot]) {
        live.removeAll { $0.dot == dot }
        dead.removeAll { overwritten.contains($0) }
    }

    var isEmpty: Bool { live.isEmpty && dead.isEmpty }

    /// The union of writes and of dead dots. Returns the writes that died of it.
    mutating func merge(_ other: Cell) -> [Write] {
        let killed = other.dead.compactMap { kill($0) }
        return killed + other.live.compactMap { add($0) }
    }
}

extension Array where Element: Comparable {
    /// The first position whose element is not less than `element`; the array is in order.
    func sortedIndex(of element: Element) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < element { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func containsSorted(_ element: Element) -> Bool {
        let index = sortedIndex(of: element)
        return index < count && self[index] == element
    }

    mutating func insertSorted(_ element: Element) {
        let index = sortedIndex(of: element)
        guard index == count || self[index] != element else { return }
        insert(element, at: index)
    }
}
