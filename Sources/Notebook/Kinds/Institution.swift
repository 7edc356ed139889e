package import Replication
package import Store
import Wording

/// A member body: congregation, school, union local, association.
package enum Institution {
    package static let name = FieldSchema(
        16, "name", .text, isSearchable: true, isNeeded: true)
    package static let sort = FieldSchema(
        17, "kind", .text,
        choices: ["congregation", "school", "union", "association", "service", "other"])
    package static let city = FieldSchema(18, "city", .text, isSearchable: true)
    package static let address = FieldSchema(19, "address", .text)
    package static let size = FieldSchema(20, "size", .int, range: 0...FieldRules.most)
    package static let tradition = FieldSchema(21, "tradition", .text)
    package static let sector = FieldSchema(22, "sector", .text)
    package static let membership = FieldSchema(
        23, "membership", .text, choices: ["prospect", "associate", "member", "lapsed"])
    package static let head = FieldSchema(24, "head", .id, names: ["person"])
    package static let organizer = FieldSchema(
        25, "organizer", .id, names: ["person", "member"])
    package static let turnoutGoal = FieldSchema(
        26, "turnoutGoal", .int, range: 0...FieldRules.most)
    package static let teamGoal = FieldSchema(27, "teamGoal", .int, range: 0...FieldRules.most)
    package static let listeningGoal = FieldSchema(
        28, "listeningGoal", .int, range: 0...FieldRules.most)
    package static let covenant = FieldSchema(29, "covenant", .day)
    package static let meets = FieldSchema(30, "meets", .text)
    package static let kind = KindSchema(
        7, "institution",
        fields: [
            name, sort, city, address, size, tradition, sector, membership, head, organizer,
            turnoutGoal, teamGoal, listeningGoal, covenant, meets,
        ])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}

extension Notebook {
    /// Adds a member body. Every member may read it.
    @discardableResult
    package func addInstitution(_ name: String) throws -> RecordID {
        let edit = try institution(called: name)
        try commit([edit])
        return edit.key.id
    }

    /// The edit that writes a new institution down.
    func institution(called name: String) throws -> Edit {
        guard !Folding.name(name).isEmpty else {
            throw NotebookError.empty(what: "institution's name")
        }
        try FieldRules.checkName(name)
        return Edit(
            Institution.key(newID()), home: Space.commons, [.set(Institution.name, .text(name))])
    }
}
