package import Wording

extension [String] {
    /// "open, kept or broken"
    package func listed(_ conjunction: Phrase) -> Phrase {
        map { Phrase.verbatim($0) }.listed(conjunction)
    }
}

extension [Phrase] {
    /// "a house meeting, an action or a training"
    package func listed(_ conjunction: Phrase) -> Phrase {
        joined(", ", last: " \(conjunction) ")
    }
}

extension Phrase {
    /// Whether somebody who typed this means it, in English or in their own language.
    package func isMeant(by text: String) -> Bool {
        let wanted = Folding.letters(text)
        return [self.text, self.text(in: .english)].contains { Folding.letters($0) == wanted }
    }
}
