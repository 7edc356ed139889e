import Foundation

/// The figures of one run, to be printed side by side.
struct Figures: Encodable, CustomStringConvertible {
    /// One line: what was measured, the figure, and how it stands to the floor.
    struct Line: Encodable {
        let section: String
        let name: String
        let value: Double
        let unit: String
        /// The figure over that of `floor log3`; nil where that makes no sense.
        let ratio: Double?
    }

    private(set) var lines: [Line] = []
    private let changes: Int
    private let floorMicroseconds: Double

    init(changes: Int, floorSeconds: Double) {
        self.changes = changes
        floorMicroseconds = floorSeconds * 1e6 / Double(changes)
    }

    mutating func cpu(_ section: String, _ name: String, seconds: Double) {
        let microseconds = seconds * 1e6 / Double(changes)
        lines.append(
            Line(
                section: section, name: name, value: microseconds, unit: "µs CPU/change",
                ratio: microseconds / floorMicroseconds))
    }

    mutating func perChange(_ section: String, _ name: String, bytes: Int) {
        add(section, name, Double(bytes) / Double(changes), "bytes/change")
    }

    mutating func megabytes(_ section: String, _ name: String, bytes: Int) {
        add(section, name, Double(bytes) / 1e6, "MB")
    }

    mutating func add(_ section: String, _ name: String, _ value: Double, _ unit: String) {
        lines.append(Line(section: section, name: name, value: value, unit: unit, ratio: nil))
    }

    var description: String {
        var text = "In calm weather, \(changes) changes; the ratio is to floor log3 in this run:\n"
        for (index, line) in lines.enumerated() {
            let isFirst = index == 0 || lines[index - 1].section != line.section
            let section = (isFirst ? line.section : "").padding(12)
            let value = String(format: "%10.1f", line.value)
            let ratio = line.ratio.map { String(format: "%8.1f x", $0) } ?? ""
            let unit = line.unit.padding(14)
            text += "  \(section)\(line.name.padding(40))\(value) \(unit)\(ratio)\n"
        }
        return text
    }
}

extension String {
    fileprivate func padding(_ width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
