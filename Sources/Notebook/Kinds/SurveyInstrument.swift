package import Replication
package import Store

/// A survey's questions, how they are answered and scored, and from how many answers on a result is shown.
package enum SurveyInstrument {
    package static let name = FieldSchema(16, "name", .text, isSearchable: true, isNeeded: true)
    package static let items = FieldSchema(17, "items", .text, isSearchable: true, isLong: true)
    package static let scale = FieldSchema(18, "scale", .text)
    package static let scoring = FieldSchema(19, "scoring", .text)
    package static let anonymous = FieldSchema(20, "anonymous", .text, choices: ["yes", "no"])
    package static let minimumCell = FieldSchema(
        21, "minimumCell", .int, range: 1...FieldRules.most)
    package static let kind = KindSchema(
        38, "surveyInstrument",
        fields: [name, items, scale, scoring, anonymous, minimumCell])

    /// What an answer can be by the numbers that a scale names, "1-5" or "1 = never, 5 = always"; nil
    /// where it does not name two, or some below 0.
    package static func range(of scale: String?) -> ClosedRange<Double>? {
        guard let scale else { return nil }
        let words = scale.split(whereSeparator: \.isWhitespace)
        guard !words.contains(where: { $0.hasPrefix("-") && $0.count > 1 }) else { return nil }
        let numbers = scale.split { !$0.isNumber }.compactMap { Double($0) }
        guard let least = numbers.min(), let most = numbers.max(), least < most else { return nil }
        return least...most
    }

    /// Whether no answer may say whose it is.
    package static func isAnonymous(_ state: RecordState) -> Bool {
        state.value(of: anonymous.number)?.text == "yes"
    }

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
