package import Replication
package import Store

/// A member body: congregation, school, union local, association.
package enum Institution {
    package static let name = FieldSchema(16, "name", .text, isSearchable: true)
    package static let sort = FieldSchema(17, "kind", .text)
    package static let city = FieldSchema(18, "city", .text, isSearchable: true)
    package static let address = FieldSchema(19, "address", .text)
    package static let size = FieldSchema(20, "size", .int)
    package static let kind = KindSchema(
        7, "institution", fields: [name, sort, city, address, size])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}

extension Notebook {
    /// Adds a member body. Every member may read it.
    @discardableResult
    package func addInstitution(_ name: String) throws -> RecordID {
        guard !Folding.name(name).isEmpty else {
            throw NotebookError.empty(what: "institution's name")
        }
        let id = newID()
        try commit([
            Edit(
                Institution.key(id), home: Space.commons, [.set(Institution.name, .text(name))])
        ])
        return id
    }
}
