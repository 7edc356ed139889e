import Wording

/// How wide a table's columns are on a page, and in how many lines a row stands there.
struct TableLayout {
    struct Column {
        fileprivate let kind: Table.Column
        let width: Int

        /// Lines that a name may take, so that a row of long names stays a row.
        private static let linesOfName = 2

        /// A cell's line as lines of the column's width.
        func lines(of text: String) -> [String] {
            switch kind {
            case .fixed, .text: return Wrapping.lines(text, width)
            case .number:
                let margin = max(0, width - Wrapping.width(text))
                return [String(repeating: " ", count: margin) + text]
            case .name:
                let words = text.split(separator: " ").map {
                    Wrapping.shortened(String($0), width)
                }
                let lines = Wrapping.lines(words.joined(separator: " "), width)
                guard lines.count > Self.linesOfName else { return lines }
                let rest = lines.dropFirst(Self.linesOfName - 1).joined(separator: " ")
                return lines.prefix(Self.linesOfName - 1) + [Wrapping.shortened(rest, width)]
            }
        }
    }

    /// Columns that stand beside each other.
    struct Band {
        let columns: [Column]
        /// What goes below the rows by itself needs no title there.
        let hasTitles: Bool
    }

    /// One, unless the columns do not fit beside each other.
    let bands: [Band]
    /// Spaces between columns.
    let gap: Int

    /// Spaces before what goes below a row.
    static let indent = 2

    init(_ kinds: [Table.Column], naturalWidths: [Int], room: Int) {
        if let widths = Self.widths(kinds, naturalWidths, room, gap: 2, least: Self.comfortable) {
            bands = [Band(columns: Self.columns(kinds, widths), hasTitles: true)]
            gap = 2
            return
        }
        let isLastBelow = kinds.count > 1 && kinds.last?.isText ?? false
        let others = isLastBelow ? Array(kinds.dropLast()) : kinds
        let natural = Array(naturalWidths.prefix(others.count))
        let last = Column(kind: .text(""), width: room - Self.indent)
        let below = isLastBelow ? [Band(columns: [last], hasTitles: false)] : []
        let fitting = [2, 1].lazy.compactMap { gap in
            Self.widths(others, natural, room, gap: gap, least: Self.cramped).map { (gap, $0) }
        }.first
        gap = fitting?.0 ?? 2
        let beside =
            fitting.map { [Self.columns(others, $0.1)] } ?? Self.broken(others, natural, room, gap)
        bands = beside.map { Band(columns: $0, hasTitles: true) } + below
    }

    private static func columns(_ kinds: [Table.Column], _ widths: [Int]) -> [Column] {
        zip(kinds, widths).map { Column(kind: $0, width: $1) }
    }

    /// The columns at their least, as many beside each other as there is room for.
    private static func broken(
        _ kinds: [Table.Column], _ natural: [Int], _ room: Int, _ gap: Int
    ) -> [[Column]] {
        var bands: [[Column]] = []
        var left = 0
        for (kind, natural) in zip(kinds, natural) {
            let most = room - (bands.isEmpty ? 0 : indent)
            let width = min(cramped(kind, natural, isLast: false), most)
            if bands.isEmpty || left < gap + width {
                bands.append([])
                left = room - (bands.count > 1 ? indent : 0) + gap
            }
            bands[bands.count - 1].append(Column(kind: kind, width: width))
            left -= gap + width
        }
        return bands
    }

    /// The widths at which the columns fit; nil when they do not, even at their least. The last text
    /// gives way first, since it loses nothing; then names, then other texts, the widest first.
    private static func widths(
        _ kinds: [Table.Column], _ natural: [Int], _ room: Int, gap: Int,
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
        case .name: min(natural, leastOfName)
        case .text: min(natural, isLast ? 24 : 12)
        }
    }

    private static func cramped(_ kind: Table.Column, _ natural: Int, isLast: Bool) -> Int {
        switch kind {
        case .fixed, .number: natural
        case .name: min(natural, leastOfName)
        case .text: min(natural, 12)
        }
    }

    /// In less, a name says nothing.
    private static let leastOfName = 12
}

extension Table.Column {
    fileprivate var isText: Bool { if case .text = self { true } else { false } }

    var isName: Bool { if case .name = self { true } else { false } }
}
