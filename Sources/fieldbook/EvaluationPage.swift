import Foundation
import Notebook
import Terminal
import Wording

/// How well detection did, for a person.
struct EvaluationPage {
    let figures: LinkageEvaluation

    init(_ figures: LinkageEvaluation) { self.figures = figures }

    func fill(_ page: inout Page) {
        let proposed = counted(figures.pairs, "pair", "pairs")
        let found = figures.truePositives
        let known = found + figures.falseNegatives
        page.paragraph(
            """
            Of \(figures.rows) people \(proposed) would be proposed as one person. \(found) of them are; \
            \(figures.falsePositives) are not. \(figures.falseNegatives) of the \(known) that are one \
            person would not be proposed.
            """)
        page.line()
        page.line("Precision  \(Self.text(figures.precision))")
        page.line("Recall     \(Self.text(figures.recall))")
        page.line("F1         \(Self.text(figures.f1))")
    }

    private static func text(_ share: Double) -> String { String(format: "%.4f", share) }
}

/// How well detection did, for a script.
struct EvaluationDocument: Encodable {
    let rows: Int
    /// Pairs that would be proposed.
    let pairs: Int
    let truePositives: Int
    let falsePositives: Int
    let falseNegatives: Int
    let precision: Double
    let recall: Double
    let f1: Double
    /// The probability from which on a pair is proposed.
    let threshold: Double

    init(_ figures: LinkageEvaluation) {
        rows = figures.rows
        pairs = figures.pairs
        truePositives = figures.truePositives
        falsePositives = figures.falsePositives
        falseNegatives = figures.falseNegatives
        precision = figures.precision
        recall = figures.recall
        f1 = figures.f1
        threshold = Linkage.threshold
    }
}
