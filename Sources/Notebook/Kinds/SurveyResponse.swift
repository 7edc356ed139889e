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
}
