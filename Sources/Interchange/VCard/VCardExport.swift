import GRDB
import Notebook
import Replication
import Store
import Wording

/// The people of a notebook as cards.
struct VCardExport {
    private let db: Database
    private let version: VCardVersion

    init(_ db: Database, _ version: VCardVersion) {
        self.db = db
        self.version = version
    }

    func write(_ put: (String) throws -> Void) throws -> Int {
        try WholePerson.each(db) { person in
            for line in try lines(person) { try put(ContentLine.folded(line)) }
        }
    }

    private func lines(_ person: WholePerson) throws -> [String] {
        func text(_ field: FieldSchema) -> String? {
            person.value(of: field)?.text.map(ContentLine.escaped)
        }
        func texts(_ field: FieldSchema) -> [String] {
            person.texts(of: field).map(ContentLine.escaped)
        }
        func list(_ field: FieldSchema) -> String? {
            let texts = texts(field)
            return texts.isEmpty ? nil : texts.joined(separator: ",")
        }
        let name = text(Person.name) ?? said("(no name)")
        let (given, family) = (text(Person.given), text(Person.family))
        let parts = given == nil && family == nil ? ("", name) : (family ?? "", given ?? "")
        let body = try person.value(of: Person.institution)?.id
            .flatMap { try NamedRecords.name(of: $0, db) }.map(ContentLine.escaped)
        let head: [String] = [
            "BEGIN:VCARD", "VERSION:\(version.rawValue)", "UID:urn:uuid:\(person.id)", "FN:\(name)",
            "N:\(parts.0);\(parts.1);;;",
        ]
        let ways = texts(Person.phone).map(phone) + texts(Person.email).map { "EMAIL:\($0)" }
        let rest: [String?] = [
            text(Person.address).map { "ADR:;;\($0);;;;" },
            text(Person.birthday).flatMap { Birthday($0) }?.line(version), body.map { "ORG:\($0)" },
            list(Person.tags).map { "CATEGORIES:\($0)" },
            text(Person.language).map { "X-FIELDBOOK-LANGUAGE:\($0)" },
            list(Person.interests).map { "X-FIELDBOOK-INTERESTS:\($0)" }, "END:VCARD",
        ]
        return head + ways + rest.compactMap { $0 }
    }

    private func phone(_ text: String) -> String {
        version == .three ? "TEL;TYPE=VOICE:\(text)" : "TEL;VALUE=text;TYPE=voice:\(text)"
    }
}

/// The version of cards. Every phone reads 3.0.
package enum VCardVersion: String, Sendable, CaseIterable {
    case three = "3.0"
    case four = "4.0"
}
