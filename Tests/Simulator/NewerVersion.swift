import Notebook
import Replication
import Store

extension Schema {
    /// What a newer version of the program knows: more fields of a person, and another kind.
    static let newer = Schema(
        Kinds.schema.kinds.map { kind in
            guard kind.number == Person.kind.number else { return kind }
            return KindSchema(
                kind.number, kind.name, indexed: kind.indexed,
                fields: kind.fields + FieldSchema.newOfPerson)
        } + [.vow])
}

extension KindSchema {
    static let vow = KindSchema(901, "vow", fields: [.words])
}

extension FieldSchema {
    static let nickname = FieldSchema(901, "nickname", .text, isSearchable: true)
    /// With a rule of its own, which the older version does not know.
    static let pledge = FieldSchema(902, "pledge", .int, rule: MergeRule(rawValue: 9))
    static let skills = FieldSchema(903, "skills", .text, rule: .set)
    static let words = FieldSchema(16, "words", .text)

    static let newOfPerson: [FieldSchema] = [.nickname, .pledge, .skills]
}
