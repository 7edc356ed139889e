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
        var count = 0
        for id in try PeopleByName.ids(db) {
            guard let state = try Records.state(of: Person.key(id), db) else { continue }
            for line in try lines(id, state) { try put(ContentLine.folded(line)) }
            count += 1
        }
        return count
    }

    private func lines(_ id: RecordID, _ state: RecordState) throws -> [String] {
        func text(_ field: FieldSchema) -> String? {
            state.value(of: field.number)?.text.map(ContentLine.escaped)
        }
        func list(_ field: FieldSchema) -> String? {
            let texts = state.elements(of: field.number).compactMap(\.text)
            return texts.isEmpty ? nil : texts.map(ContentLine.escaped).joined(separator: ",")
        }
        let name = text(Person.name) ?? said("(no name)")
        let (given, family) = (text(Person.given), text(Person.family))
        let parts = given == nil && family == nil ? ("", name) : (family ?? "", given ?? "")
        let body = try state.value(of: Person.institution.number)?.id
            .flatMap { try NamedRecords.name(of: $0, db) }.map(ContentLine.escaped)
        let lines: [String?] = [
            "BEGIN:VCARD", "VERSION:\(version.rawValue)", "UID:urn:uuid:\(id)", "FN:\(name)",
            "N:\(parts.0);\(parts.1);;;", text(Person.phone).map(phone),
            text(Person.email).map { "EMAIL:\($0)" },
            text(Person.address).map { "ADR:;;\($0);;;;" },
            text(Person.birthday).flatMap { Birthday($0) }?.line(version), body.map { "ORG:\($0)" },
            list(Person.tags).map { "CATEGORIES:\($0)" },
            text(Person.language).map { "X-FIELDBOOK-LANGUAGE:\($0)" },
            list(Person.interests).map { "X-FIELDBOOK-INTERESTS:\($0)" }, "END:VCARD",
        ]
        return lines.compactMap { $0 }
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
