import Wording

/// How wide a table's columns are on a page, and whether the last one stands below its row.
struct TableLayout {
    struct Column {
        fileprivate let kind: Table.Column
        let width: Int

        /// A cell's line as lines of the column's width.
        func lines(of text: String) -> [String] {
            switch kind {
            case .fixed: [text]
            case .number: [String(repeating: " ", count: width - Wrapping.width(text)) + text]
            case .name: [Wrapping.shortened(text, width)]
            case .text: Wrapping.lines(text, width)
            }
        }
    }

    let beside: [Column]
    /// Nil when all columns stand beside each other.
    let below: Column?

    init(_ kinds: [Table.Column], naturalWidths: [Int], room: Int, gap: Int) {
        if let widths = Self.widths(kinds, naturalWidths, room, gap, least: Self.comfortable) {
            beside = zip(kinds, widths).map { Column(kind: $0, width: $1) }
            below = nil
            return
        }
        let isLastBelow = kinds.count > 1 && kinds.last?.isText ?? false
        let others = isLastBelow ? Array(kinds.dropLast()) : kinds
        let natural = Array(naturalWidths.prefix(others.count))
        let widths =
            Self.widths(others, natural, room, gap, least: Self.cramped)
            ?? zip(others, natural).map { Self.cramped($0, $1, isLast: false) }
        beside = zip(others, widths).map { Column(kind: $0, width: $1) }
        below = isLastBelow ? Column(kind: .text(""), width: room - gap) : nil
    }

    /// The widths at which the columns fit; nil when they do not, even at their least. The last text
    /// gives way first, since it loses nothing; then names, then other texts, the widest first.
    private static func widths(
        _ kinds: [Table.Column], _ natural: [Int], _ room: Int, _ gap: Int,
        least: (Table.Column, Int, Bool) -> Int
    ) -> [Int]? {
        var widths = natural
        let last = kinds.count - 1
        let floors = kinds.indices.map { least(kinds[$0], natural[$0], $0 == last) }
        var excess = natural.reduce(0, +) + gap * last - room
        let groups = [
            kinds.indices.filter { $0 == last && kinds[$0].isText },
            kinds.indices.filter { kinds[$0].isName },
            kinds.indices.filter { $0 != last && kinds[$0].isText },
        ]
        for group in groups {
            while excess > 0, let widest = widest(of: group, widths, above: floors) {
                widths[widest] -= 1
                excess -= 1
            }
        }
        return excess > 0 ? nil : widths
    }

    private static func widest(of group: [Int], _ widths: [Int], above floors: [Int]) -> Int? {
        group.filter { widths[$0] > floors[$0] }.max { widths[$0] < widths[$1] }
    }

    private static func comfortable(_ kind: Table.Column, _ natural: Int, isLast: Bool) -> Int {
        switch kind {
        case .fixed, .number: natural
        case .name: min(natural, 8)
        case .text: min(natural, isLast ? 24 : 12)
        }
    }

    private static func cramped(_ kind: Table.Column, _ natural: Int, isLast: Bool) -> Int {
        switch kind {
        case .fixed, .number: natural
        case .name: min(natural, 4)
        case .text: min(natural, 8)
        }
    }
}

extension Table.Column {
    fileprivate var isText: Bool { if case .text = self { true } else { false } }

    fileprivate var isName: Bool { if case .name = self { true } else { false } }
}
