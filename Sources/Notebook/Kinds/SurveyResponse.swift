import GRDB
package import Replication
package import Store

/// One answer to a wave: a number for each item, in their order, like "4 5 3". Without a person when
/// the instrument is anonymous.
package enum SurveyResponse {
    package static let wave = FieldSchema(16, "wave", .id, names: ["surveyWave"])
    package static let person = FieldSchema(17, "person", .id, names: ["person"])
    package static let scores = FieldSchema(18, "scores", .text)
    package static let group = FieldSchema(19, "group", .text)
    package static let on = FieldSchema(20, "on", .day)
    package static let kind = KindSchema(
        41, "surveyResponse", indexed: [["wave"]],
        fields: [wave, person, scores, group, on])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }

    /// The number for each item; nil for what is none.
    package static func numbers(_ scores: String) -> [Double?] {
        words(scores).map { Double($0).flatMap { abs($0) <= 1000 ? $0 : nil } }
    }

    fileprivate static func words(_ scores: String) -> [Substring] {
        scores.split { $0.isWhitespace || $0 == "," || $0 == ";" }
    }
}

extension Notebook {
    /// Throws `NotebookError.anonymous` for an answer that says whose it is, to an instrument that asks
    /// nobody, `.notAScore`, and `.beyondScale` for a score that the instrument does not have.
    func checkAnswer(_ changes: [Change], _ state: RecordState?) throws {
        let scores = changes.value(of: SurveyResponse.scores, in: state)?.text ?? ""
        let words = SurveyResponse.words(scores)
        if let word = words.first(where: { $0.contains(where: \.isLetter) }) {
            throw NotebookError.notAScore(String(word))
        }
        guard let wave = changes.value(of: SurveyResponse.wave, in: state)?.id,
            let instrument = try readRecord(SurveyWave.key(wave))?.state
                .value(of: SurveyWave.instrument.number)?.id,
            let asked = try readRecord(SurveyInstrument.key(instrument))
        else { return }
        guard
            !SurveyInstrument.isAnonymous(asked.state)
                || changes.value(of: SurveyResponse.person, in: state) == nil
        else {
            throw NotebookError.anonymous(survey: asked.title.words)
        }
        try checkScale(asked, scores)
    }

    /// Throws `NotebookError.answersNamePeople` where a survey is to be anonymous of which an answer says
    /// whose it is.
    func checkNamesNobody(_ survey: RecordKey, _ changes: [Change]) throws {
        guard survey.kind == SurveyInstrument.kind.number,
            changes.value(of: SurveyInstrument.anonymous)?.text == "yes"
        else { return }
        let named = try store.read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM surveyResponse JOIN surveyWave ON surveyWave.id = wave
                    WHERE instrument = ? AND person IS NOT NULL
                    """, arguments: [survey.id.data]) ?? 0
        }
        guard named == 0 else { throw NotebookError.answersNamePeople(named) }
    }

    private func checkScale(_ asked: KnownRecord, _ scores: String) throws {
        guard let scale = asked.state.value(of: SurveyInstrument.scale.number)?.text,
            let range = SurveyInstrument.range(of: scale),
            let outside = SurveyResponse.numbers(scores).compactMap(\.self)
                .first(where: { !range.contains($0) })
        else { return }
        throw NotebookError.beyondScale(score: outside.formattedScore, scale: scale)
    }
}

extension Double {
    /// "99", "2.5"
    fileprivate var formattedScore: String {
        self == rounded() ? "\(Int(self))" : "\(self)"
    }
}
