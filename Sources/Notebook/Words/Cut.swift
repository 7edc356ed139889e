extension String {
    /// A name, or what somebody typed, as it stands within a sentence.
    package var cut: String { cut(to: 80) }

    /// Its beginning and "…", when it is longer. What looks like one character may be thousands, so
    /// scalars are counted.
    package func cut(to most: Int) -> String {
        guard unicodeScalars.count > most else { return self }
        return String(unicodeScalars.prefix(most - 1)) + "…"
    }
}
