/// A figure that somebody measured, as it is written down: "1200", "12.5", "47%".
struct Figure: CustomStringConvertible {
    let description: String

    /// Reads `1200`, `1,200`, `12.5`, `12,5`, `-3` and `47 %`: a comma with three digits after it tells
    /// thousands apart, any other one begins the decimals. Throws `NotebookError.notAFigure`.
    init(_ text: String) throws {
        let pattern = /([-−]?)(\d{1,3}(?:[,' ]\d{3})+|\d+)(?:[.,](\d+))?\s*(%?)/
        guard let match = text.wholeMatch(of: pattern) else {
            throw NotebookError.notAFigure(text)
        }
        let (sign, whole) = (match.1.isEmpty ? "" : "-", match.2.filter(\.isNumber))
        description = sign + whole + (match.3.map { ".\($0)" } ?? "") + match.4
    }
}
