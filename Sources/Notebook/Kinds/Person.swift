import Foundation
import GRDB
package import Replication
package import Store
package import Wording

/// Anyone in the relational web: resident, member, leader, clergy, official.
///
/// Where several records are linked as one person, the one with the smallest id comes first: what it
/// does not say, the next one says.
package struct Person: Sendable, Hashable {
    package let id: RecordID
    package let name: String
    package let given: String?
    package let family: String?
    /// What they want to be called.
    package let preferred: String?
    package let phone: String?
    package let email: String?
    package let address: String?
    package let language: String?
    package let institution: RecordID?
    package let organizer: RecordID?
    package let neighbourhood: String?
    /// As `Birthday` reads it; what another program wrote may be anything.
    package let birthday: String?
    package let interests: [String]
    package let tags: [String]
    package let tier: String?
    /// "7/14"
    package let cadence: String?
    /// What has become of them: of linked records, what is the gravest.
    package let status: Status?
    /// How they want to be reached.
    package let contact: Contact?
    /// The space the person lives in: their turf, or the organizers'.
    package let space: SpaceID
    /// What two people wrote differently about them.
    package let apart: Apart
    /// The other records that are linked with this one, each as it is.
    package let others: [Person]

    package static let name = FieldSchema(
        16, "name", .text, isSearchable: true, isNeeded: true)
    package static let given = FieldSchema(17, "given", .text, isSearchable: true)
    package static let family = FieldSchema(18, "family", .text, isSearchable: true)
    package static let phone = FieldSchema(19, "phone", .text, isSearchable: true)
    package static let email = FieldSchema(20, "email", .text, isSearchable: true)
    package static let address = FieldSchema(21, "address", .text, isSearchable: true)
    package static let language = FieldSchema(22, "language", .text)
    package static let interests = FieldSchema(
        23, "interests", .text, rule: .set, isSearchable: true)
    package static let institution = FieldSchema(24, "institution", .id, names: ["institution"])
    package static let organizer = FieldSchema(
        25, "organizer", .id, names: ["person", "member"])
    package static let tags = FieldSchema(26, "tags", .text, rule: .set, isSearchable: true)
    /// What they want to be called.
    package static let preferred = FieldSchema(27, "preferred", .text, isSearchable: true)
    package static let pronouns = FieldSchema(28, "pronouns", .text)
    package static let neighbourhood = FieldSchema(29, "neighbourhood", .text)
    package static let occupation = FieldSchema(30, "occupation", .text)
    package static let tier = FieldSchema(31, "tier", .text)
    package static let status = FieldSchema(
        32, "status", .text,
        choices: Status.allCases.map(\.rawValue))
    /// How they want to be reached, and whether not at all.
    package static let contact = FieldSchema(
        33, "contact", .text, choices: Contact.allCases.map(\.rawValue))
    package static let consent = FieldSchema(34, "consent", .text)
    package static let accessibility = FieldSchema(35, "accessibility", .text)
    package static let household = FieldSchema(36, "household", .id, names: ["person"])
    package static let constituency = FieldSchema(
        37, "constituency", .text, choices: ["resident", "staff", "clergy", "official", "other"])
    package static let affectedBy = FieldSchema(38, "affectedBy", .text, rule: .set)
    /// How often they should be met, in days, whatever their tier says: due after 7, overdue after 14
    /// is "7/14".
    package static let cadence = FieldSchema(40, "cadence", .text)
    /// `MM-DD` or `YYYY-MM-DD`.
    package static let birthday = FieldSchema(41, "birthday", .text)
    package static let kind = KindSchema(
        1, "person", indexed: [["space"], ["name"]],
        fields: [
            name, given, family, phone, email, address, language, interests, institution, organizer,
            tags, preferred, pronouns, neighbourhood, occupation, tier, status, contact, consent,
            accessibility, household, constituency, affectedBy, cadence, birthday,
        ])

    /// What to ask of a number or an address that is none; nil of one that may be.
    package static func doubt(of text: String, in field: FieldSchema) -> Phrase? {
        if field == phone, Folding.phone(text) == nil {
            "\"\(text.cut)\" has fewer than 7 digits: is it a phone number?"
        } else if field == email, Folding.email(text) == nil {
            "\"\(text.cut)\" has no @: is it an e-mail address?"
        } else {
            nil
        }
    }

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }

    /// The turf that the person is assigned to; nil with the organizers.
    package var turf: RecordID? { space == Space.organizers ? nil : space }

    /// Whether they have this tag, however it is written.
    package func isTagged(_ tag: String) -> Bool {
        let wanted = Folding.name(tag)
        return tags.contains { Folding.name($0) == wanted }
    }

    /// Every name in use: one, unless two wrote apart or records are linked; then the one that is
    /// shown is the first.
    package var names: [String] {
        (apart.texts(Self.name, shown: name) + others.flatMap(\.names)).uniqued(by: Folding.name)
    }

    /// Every phone number in use; none, one, or what was written apart or in linked records.
    package var phones: [String] {
        (apart.texts(Self.phone, shown: phone).flatMap(Folding.phones) + others.flatMap(\.phones))
            .prefix(32).uniqued { Folding.phone($0) ?? $0 }
    }

    /// What `init(_:_:)` reads, in its order.
    fileprivate static let selection = """
        SELECT id, space, name, given, family, phone, email, address, language, institution,
            organizer, neighbourhood, birthday, interests, tags, cadence, status, contact, tier,
            preferred
        FROM person
        """

    fileprivate init(_ row: FastStatement, _ apart: Apart) throws {
        id = try row.id(0)
        space = try row.id(1)
        self.apart = apart
        name = row.optionalText(2) ?? said("(no name)")
        given = row.optionalText(3)
        family = row.optionalText(4)
        phone = row.optionalText(5)
        email = row.optionalText(6)
        address = row.optionalText(7)
        language = row.optionalText(8)
        institution = try row.optionalID(9)
        organizer = try row.optionalID(10)
        neighbourhood = row.optionalText(11)
        birthday = row.optionalText(12)
        interests = row.texts(13)
        tags = row.texts(14)
        cadence = row.optionalText(15)
        status = row.optionalText(16).flatMap(Status.init)
        contact = row.optionalText(17).flatMap(Contact.init)
        tier = row.optionalText(18)
        preferred = row.optionalText(19)
        others = []
    }

    /// One person of linked records, of which there is at least one, in order of id.
    init(_ entries: [Person]) {
        func first<Value>(_ field: (Person) -> Value?) -> Value? {
            entries.lazy.compactMap(field).first
        }
        func union(_ field: (Person) -> [String]) -> [String] {
            entries.count == 1 ? field(entries[0]) : Set(entries.flatMap(field)).sorted()
        }
        id = entries[0].id
        name = entries[0].name
        space = entries[0].space
        apart = entries[0].apart
        given = first(\.given)
        family = first(\.family)
        preferred = first(\.preferred)
        phone = first(\.phone)
        email = first(\.email)
        address = first(\.address)
        language = first(\.language)
        institution = first(\.institution)
        organizer = first(\.organizer)
        neighbourhood = first(\.neighbourhood)
        birthday = first(\.birthday)
        interests = union(\.interests)
        tags = union(\.tags)
        tier = first(\.tier)
        cadence = first(\.cadence)
        status = entries.compactMap(\.status).max()
        contact = entries.compactMap(\.contact).max()
        others = Array(entries.dropFirst())
    }
}

/// What an organizer says of a person when adding or editing them; nil leaves a field as it is, and
/// an empty text clears it.
package struct PersonDetails: Sendable {
    package var name: String?
    /// What they want to be called.
    package var preferred: String?
    package var phone: String?
    package var email: String?
    package var address: String?
    package var language: String?
    package var institution: RecordID?
    /// One that the notebook does not know yet, in place of `institution`.
    package var newInstitution: String?
    package var turf: RecordID?
    /// As `Cadence.written` has it.
    package var cadence: String?
    package var tags: [String] = []
    package var untagged: [String] = []

    package init(
        name: String? = nil, phone: String? = nil, email: String? = nil, address: String? = nil,
        language: String? = nil, institution: RecordID? = nil, turf: RecordID? = nil
    ) {
        self.name = name
        self.phone = phone
        self.email = email
        self.address = address
        self.language = language
        self.institution = institution
        self.turf = turf
    }

    var changes: [Change] {
        let texts = [
            (Person.name, name), (Person.preferred, preferred), (Person.phone, phone),
            (Person.email, email),
            (Person.address, address), (Person.language, language),
            (Person.cadence, cadence),
        ]
        var changes = texts.compactMap { field, text in
            text.map { Change.set(field, $0.isEmpty ? .null : .text($0)) }
        }
        if let institution { changes.append(.set(Person.institution, .id(institution))) }
        return changes + tags.map { .insert(Person.tags, .text($0)) }
            + untagged.map { .remove(Person.tags, .text($0)) }
    }
}

extension Notebook {
    /// Adds a person, in the turf named or else with the organizers. The member who adds them is
    /// their point person.
    @discardableResult
    package func add(_ details: PersonDetails) throws -> RecordID {
        let (details, founding) = try founding(details)
        let edit = try addition(details)
        try commit(founding + [edit])
        return edit.key.id
    }

    func addition(_ details: PersonDetails) throws -> Edit {
        guard let name = details.name, !Folding.name(name).isEmpty else {
            throw NotebookError.empty(what: "name")
        }
        try FieldRules.checkName(name)
        let changes = details.changes + [.set(Person.organizer, .id(me.asOrganizer))]
        return Edit(Person.key(newID()), home: try details.turf ?? homeOfNewPeople(), changes)
    }

    /// With the organizers; on a leader's laptop, in the turf that they lead.
    func homeOfNewPeople() throws -> SpaceID {
        try store.meta().cursor.flatMap { Self.homeOfNewPeople(readingOnly: $0.scope) }
            ?? Space.organizers
    }

    /// The turf into which somebody writes who reads these spaces alone; nil for an organizer.
    package static func homeOfNewPeople(readingOnly scope: Scope) -> SpaceID? {
        guard case .spaces(let spaces) = scope else { return nil }
        return spaces.filter { $0 != Space.commons }.min()
    }

    /// Changes a person's fields. Another turf moves them with all that hangs on them.
    package func edit(_ id: RecordID, _ details: PersonDetails) throws {
        if let name = details.name {
            guard !Folding.name(name).isEmpty else { throw NotebookError.empty(what: "name") }
            try FieldRules.checkName(name)
        }
        let (details, founding) = try founding(details)
        let moves = try details.turf.map { try self.moves(of: [id], to: $0) } ?? []
        try commit(founding + [Edit(Person.key(id), details.changes)] + moves)
    }

    /// The details with an institution that is here once the edits are made.
    private func founding(_ details: PersonDetails) throws -> (PersonDetails, [Edit]) {
        guard let name = details.newInstitution else { return (details, []) }
        let edit = try institution(called: name)
        var details = details
        details.institution = edit.key.id
        return (details, [edit])
    }

    /// The person, of whichever of their linked records this is the id; nil when none is here.
    package func person(_ id: RecordID) throws -> Person? {
        try store.read { db in
            let entries = try SamePeople(db).all(of: id).compactMap { try Self.entry($0, db) }
            return entries.isEmpty ? nil : Person(entries)
        }
    }

    /// One record, as it is.
    package func entry(_ id: RecordID) throws -> Person? {
        try store.read { try Self.entry(id, $0) }
    }

    static func entry(_ id: RecordID, _ db: Database) throws -> Person? {
        let apart = try Records.state(of: Person.key(id), db).map { Apart($0) }
        var row = try FastStatement(db, Person.selection + " WHERE id = ?")
        row.bind(id.bytes)
        defer { row.reset() }
        return try row.step() ? Person(row, apart ?? .nothing) : nil
    }

    /// Everybody, by name; or those of one turf, as its records have them.
    package func people(in turf: RecordID? = nil) throws -> [Person] {
        try store.read { db in
            try SamePeople(db).together(Self.entries(in: turf, db), \.id).map { Person($0) }
        }
    }

    /// Every record, by name.
    static func entries(in turf: RecordID? = nil, _ db: Database) throws -> [Person] {
        let condition = turf == nil ? "" : "WHERE space = ?"
        let apart = try Apart.all(of: Person.kind, db)
        var row = try FastStatement(
            db,
            "\(Person.selection) \(condition) ORDER BY name COLLATE NOCASE, id")
        if let turf { row.bind(turf.bytes) }
        var entries: [Person] = []
        while try row.step() {
            entries.append(try Person(row, apart[try row.id(0)] ?? .nothing))
        }
        return entries
    }

    /// Who is one person with whom.
    package func samePeople() throws -> SamePeople { try store.read { try SamePeople($0) } }

    /// Deletes a person's record. Edits that somebody made meanwhile keep it alive, marked.
    package func deletePerson(_ id: RecordID) throws {
        try commit([Edit(Person.key(id), [.delete])])
    }

    package func restorePerson(_ id: RecordID) throws {
        try commit([Edit(Person.key(id), [.restore])])
    }
}
