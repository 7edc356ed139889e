/// Numbers as pictures in a line of text.
package enum Bars {
    private static let heights = Array("▁▂▃▄▅▆▇█")
    private static let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

    /// A column for each number, the greatest as high as the line (E. Tufte's sparkline, 2006).
    /// Nothing is the lowest.
    package static func sparkline(_ numbers: [Int]) -> String {
        let most = max(1, numbers.max() ?? 0)
        return String(
            numbers.map { number in
                let share = Double(max(0, number)) / Double(most)
                return heights[Int((share * Double(heights.count - 1)).rounded())]
            })
    }

    /// A bar of at most this many columns, for a part of the greatest.
    package static func bar(_ number: Double, of greatest: Double, columns: Int) -> String {
        guard greatest > 0, number > 0 else { return "" }
        let eighths = Int((min(1, number / greatest) * Double(columns * 8)).rounded())
        return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
    }
}
