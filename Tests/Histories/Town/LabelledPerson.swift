/// A record of an invented person, with what no list says: who it is.
package struct LabelledPerson: Sendable {
    /// The same for all records of one person.
    package let label: Int
    package var name: String
    package var phone: String?
    package var email: String?
    package var address: String?

    /// The headings of a list of them, and one of its rows.
    package static let headings = "person,name,phone,email,address"

    package var row: String {
        [String(label), name, phone ?? "", email ?? "", address ?? ""].map { cell in
            "\"\(cell.replacing("\"", with: "\"\""))\""
        }.joined(separator: ",")
    }
}
