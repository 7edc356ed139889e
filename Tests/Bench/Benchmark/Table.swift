import Foundation

/// The figures of one size, printed side by side with the floor and what is to be reached.
struct Table: CustomStringConvertible {
    let size: String
    private let changes: Int
    private let runs: Int
    private let samples: Samples

    init(size: String, changes: Int, runs: Int, samples: Samples) {
        self.size = size
        self.changes = changes
        self.runs = runs
        self.samples = samples
    }

    /// How much more log3 took in this run than on the day on which the floor was measured.
    private var scale: Double {
        (figure(.log3)?.median ?? Row.log3Microseconds) / Row.log3Microseconds
    }

    func figure(_ row: Row) -> Figure? { samples.figure(row) }

    /// All figures, by the rows' keys.
    var figures: [String: Figure] {
        Dictionary(
            uniqueKeysWithValues: Row.all.compactMap { row in figure(row).map { (row.key, $0) } })
    }

    var description: String {
        let lines = Row.all.compactMap { row in figure(row).map { line(row, $0) } }
        return ([title, Self.heading] + lines).joined(separator: "\n") + "\n"
    }

    private var title: String {
        let log3 = figure(.log3)?.median ?? 0
        return """
            \(size): \(changes) changes, medians of \(runs) runs. The floor was measured when log3 took \
            \(Row.log3Microseconds.short) us a change; it took \(log3.short) now. "now" is the \
            floor measured in this run, or scaled by \(scale.short) where it is a time. \
            "scaled" reaches the aim when that is scaled, too.
            """
    }

    private static let heading = Columns.line(
        "", ["floor", "now", "aim", "ours", "least", "most", "ratio", "reached"])

    private func line(_ row: Row, _ figure: Figure) -> String {
        let floor = forSize(row.floor, row)
        let now = samples.floor(row)?.median ?? floor.map { scaled($0, row) }
        return Columns.line(
            row.name + (row.unit == .count ? "" : ", " + row.unit.rawValue),
            [
                floor?.short, now?.short, forSize(row.aim, row)?.short, figure.median.short,
                figure.least.short, figure.most.short,
                now.map { String(format: "%.2f", figure.median / $0) }, reached(row, figure),
            ])
    }

    private func reached(_ row: Row, _ figure: Figure) -> String? {
        guard let aim = forSize(row.aim, row) else { return nil }
        if figure.median <= aim { return "yes" }
        return figure.median <= scaled(aim, row) ? "scaled" : "no"
    }

    /// A whole size's seconds are asked of one size, and here are of another.
    private func forSize(_ value: Double?, _ row: Row) -> Double? {
        guard row.unit == .seconds else { return value }
        return value.map { $0 * Double(changes) / Double(Row.floorChanges) }
    }

    private func scaled(_ value: Double, _ row: Row) -> Double {
        row.unit.isTime ? value * scale : value
    }
}

/// How figures grow from one size to the next.
struct Growth: CustomStringConvertible {
    private let smaller: Table
    private let larger: Table

    init(from smaller: Table, to larger: Table) {
        self.smaller = smaller
        self.larger = larger
    }

    var description: String {
        let heading = Columns.line(
            "Growth from \(smaller.size) to \(larger.size)",
            [smaller.size, larger.size, "growth", "aim", "reached"])
        return ([heading] + Row.all.compactMap(line)).joined(separator: "\n") + "\n"
    }

    private func line(_ row: Row) -> String? {
        guard let limit = row.growth, let before = smaller.figure(row),
            let after = larger.figure(row)
        else { return nil }
        let isWhole = row.unit == .seconds
        let factor = after.median / before.median / (isWhole ? larger.ratio(to: smaller) : 1)
        let isReached =
            switch limit {
            case .aQuarter: factor <= 1.25
            // No more than runs of one size differ.
            case .none: after.median <= before.most
            }
        return Columns.line(
            row.name + (isWhole ? ", per change" : ""),
            [
                before.median.short, after.median.short,
                String(format: "%+.0f %%", (factor - 1) * 100), limit.rawValue,
                isReached ? "yes" : "no",
            ])
    }
}

extension Table {
    /// How many times as many changes it has.
    fileprivate func ratio(to other: Table) -> Double {
        Double(changes) / Double(other.changes)
    }
}

/// Text in columns.
private enum Columns {
    static func line(_ name: String, _ cells: [String?]) -> String {
        name.padded(to: 54) + cells.map { ($0 ?? "-").padded(to: -8) }.joined()
    }
}

extension String {
    /// Spaces after it, or before it where the width is negative.
    fileprivate func padded(to width: Int) -> String {
        let spaces = String(repeating: " ", count: max(0, abs(width) - count))
        return width < 0 ? spaces + self : self + spaces
    }
}

extension Double {
    /// With three digits that matter, and no fewer than the whole number has.
    fileprivate var short: String {
        let digits = self == rounded() || abs(self) >= 100 ? 0 : abs(self) >= 10 ? 1 : 2
        return String(format: "%.\(digits)f", self)
    }
}
