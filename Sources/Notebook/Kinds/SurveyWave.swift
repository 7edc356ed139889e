package import Replication
package import Store

/// One round of asking an instrument's questions.
package enum SurveyWave {
    package static let name = FieldSchema(16, "name", .text, isSearchable: true, isNeeded: true)
    package static let instrument = FieldSchema(17, "instrument", .id, names: ["surveyInstrument"])
    package static let start = FieldSchema(18, "start", .day)
    package static let end = FieldSchema(19, "end", .day)
    package static let invited = FieldSchema(20, "invited", .int, range: 0...FieldRules.most)
    package static let kind = KindSchema(
        39, "surveyWave", indexed: [["instrument"]],
        fields: [name, instrument, start, end, invited])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
