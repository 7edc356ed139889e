import Foundation
import GRDB
package import Replication
package import Store
import Wording

extension Notebook {
    /// The record of the person whom somebody means by a name, an unambiguous part of one, the name by which they
    /// want to be called, an id, or the last six or more digits of one; or by "me". Throws
    /// `NotebookError.unknown`, `.deleted`, `.ambiguous` or `.meIsNobody`.
    package func findPerson(_ text: String) throws -> RecordID {
        do {
            return try find(
                text, Person.kind.table, what: "person", detail: "coalesce(phone, email, address)")
        } catch let error as NotebookError {
            guard case .unknown = error else { throw error }
            if isMe(text) { return try ownPerson() }
            let deleted = try deletedPeople(text)
            guard deleted.isEmpty else {
                throw NotebookError.deleted(name: text, candidates: deleted)
            }
            let alike = try lookalikes(of: LinkagePerson(name: text))
            throw NotebookError.unknown(what: "person", name: text, alike: alike)
        }
    }

    /// Who the member is among the people here: whom an invitation named, or else who has their name.
    /// Throws `NotebookError.meIsNobody`.
    private func ownPerson() throws -> RecordID {
        if let person = me.person { return person }
        let wanted = Folding.name(me.name)
        let namesakes = try people().filter { Folding.name($0.name) == wanted }
        guard namesakes.count == 1 else { throw NotebookError.meIsNobody(name: me.name) }
        return namesakes[0].id
    }

    package func findTurf(_ text: String) throws -> RecordID {
        try find(
            text, Turf.kind.table, what: "turf",
            detail: """
                (SELECT count(*) || iif(count(*) = 1, ' person', ' people') FROM person
                WHERE space = turf.id)
                """)
    }

    package func findInstitution(_ text: String) throws -> RecordID {
        try find(text, Institution.kind.table, what: "institution", detail: "city")
    }

    /// Others than this person who bear exactly this name, but for upper and lower case. In order of
    /// id.
    package func namesakes(of person: RecordID, called name: String) throws -> [RecordID] {
        try store.read { db in
            var spellings = try Spellings(db)
            var bearers: [RecordID] = []
            var bearer = try FastStatement(db, "SELECT id FROM person WHERE name = ?")
            for spelling in try spellings.all(of: name) {
                bearer.bind(text: Array(spelling.utf8))
                while try bearer.step() { bearers.append(try bearer.id(0)) }
            }
            guard bearers != [person] else { return [] }
            let people = try SamePeople(db)
            return bearers.filter { !people.areOne($0, person) }.sorted()
        }
    }

    /// Those whose name begins with somebody's whole name and goes on: "Rosa Alvarez" beside "Rosa".
    /// In order of name.
    package func longerNames(
        than name: String, of person: RecordID
    ) throws -> [NotebookError.Candidate] {
        try store.read { db in
            let found = try Self.candidates(
                db,
                """
                SELECT id, name, coalesce(phone, email, address) AS detail FROM person
                WHERE name > ? AND name < ? ORDER BY name, id
                """, [name + " ", name + "!"])
            guard !found.isEmpty else { return [] }
            let people = try SamePeople(db)
            return try Self.people(found, Person.kind.table, db).filter {
                !people.areOne($0.id, person)
            }
        }
    }

    /// A person who was deleted, by name or id.
    package func findDeletedPerson(_ text: String) throws -> RecordID {
        try single(deletedPeople(text), text, "deleted person")
    }

    private func deletedPeople(_ text: String) throws -> [NotebookError.Candidate] {
        let deleted = try store.read { try Records.deleted(Person.kind.number, $0) }
        let candidates = deleted.map { key, state in
            let name = state.value(of: Person.name.number)?.text ?? said("(no name)")
            return NotebookError.Candidate(id: key.id, name: name, detail: said("deleted"))
        }
        let byID = candidates.filter { Self.isEnd(text, of: $0.id) }
        return byID.isEmpty ? Self.byName(text, candidates, \.name) : byID
    }

    /// A record of any kind, by its id or the last six or more digits of it.
    package func findRecord(_ text: String) throws -> RecordKey {
        guard let digits = Self.digits(of: text) else { throw NotebookError.noSuchRecord(text) }
        let keys = try store.read { try Records.keys(endingIn: digits, $0) }
        guard let key = keys.first else { throw NotebookError.noSuchRecord(text) }
        guard keys.count == 1 else {
            let candidates = keys.map {
                NotebookError.Candidate(id: $0.id, name: FieldWords.kind($0.kind).text, detail: "")
            }
            throw NotebookError.ambiguous(what: "record", name: text, candidates: candidates)
        }
        return key
    }

    /// What the records of a kind are called, each name once.
    package func names(of kind: KindSchema) throws -> [String] {
        guard let title = kind.title else { return [] }
        return try store.read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT "\(title.name)" FROM \(kind.table)
                    WHERE "\(title.name)" IS NOT NULL ORDER BY 1
                    """)
        }
    }

    /// A record of a kind by the field that names it.
    func find(_ text: String, _ kind: KindSchema, titled title: String) throws -> RecordID {
        try find(
            text, kind.table, called: "\"\(title)\"", what: FieldWords.kind(kind.number),
            detail: kind.day.map { "date(\"\($0.name)\" * 86400, 'unixepoch')" } ?? "NULL")
    }

    private func find(
        _ text: String, _ table: String, called name: String = "name", what: Phrase,
        detail: String
    ) throws -> RecordID {
        let columns = "SELECT id, \(name) AS name, \(detail) AS detail FROM \(table)"
        return try store.read { db in
            if let id = RecordID(text) {
                let rows = try Self.candidates(db, columns + " WHERE id = ?", [id.data])
                return try single(rows, text, what)
            }
            // The name as it is written has an index; only then is everybody looked at.
            let exact = try Self.people(
                Self.candidates(db, columns + " WHERE \(name) = ?", [text]), table, db)
            if exact.count == 1 { return exact[0].id }
            if let digits = Self.digits(of: text) {
                let byID = try Self.candidates(
                    db, columns + " WHERE lower(hex(id)) LIKE '%' || ?", [digits])
                if !byID.isEmpty { return try single(byID, text, what) }
            }
            var found: Set<RecordID> = []
            let named = try Self.byName(text, Self.names(name, in: table, db), \.name)
                .filter { found.insert($0.id).inserted }
                .flatMap { try Self.candidates(db, columns + " WHERE id = ?", [$0.id.data]) }
            return try single(Self.people(named, table, db), text, what)
        }
    }

    /// Of several records of one person the first stands for all.
    private static func people(
        _ candidates: [NotebookError.Candidate], _ table: String, _ db: Database
    ) throws -> [NotebookError.Candidate] {
        guard candidates.count > 1, table == Person.kind.table else { return candidates }
        return try SamePeople(db).together(candidates, \.id).map { $0[0] }
    }

    private static func candidates(
        _ db: Database, _ sql: String, _ arguments: StatementArguments
    ) throws -> [NotebookError.Candidate] {
        try Row.fetchAll(db, sql: sql, arguments: arguments).compactMap { row in
            row.id("id").map {
                NotebookError.Candidate(
                    id: $0, name: row.shown("name") ?? said("(no name)"),
                    detail: row.shown("detail") ?? "")
            }
        }
    }

    /// The names alone, which have an index: of the few that fit, the rest is read after. People have
    /// also the names by which they want to be called.
    private static func names(
        _ name: String, in table: String, _ db: Database
    ) throws -> [(id: RecordID, name: String)] {
        var row = try FastStatement(
            db, "SELECT id, \(name) FROM \(table) WHERE \(name) IS NOT NULL")
        var names: [(id: RecordID, name: String)] = []
        while try row.step() { names.append((try row.id(0), row.text(1))) }
        return table == Person.kind.table ? names + (try preferredNames(db)) : names
    }

    /// What people want to be called, by itself and with their name: "Chayo", "Rosario Alvarez Chayo".
    private static func preferredNames(_ db: Database) throws -> [(id: RecordID, name: String)] {
        var row = try FastStatement(
            db, "SELECT id, preferred, name FROM person WHERE preferred IS NOT NULL")
        var names: [(id: RecordID, name: String)] = []
        while try row.step() {
            let (id, preferred) = (try row.id(0), row.text(1))
            names.append((id, preferred))
            if let name = row.optionalText(2) { names.append((id, "\(name) \(preferred)")) }
        }
        return names
    }

    private func single(
        _ candidates: [NotebookError.Candidate], _ text: String, _ what: Phrase
    ) throws -> RecordID {
        guard let first = candidates.first else {
            throw NotebookError.unknown(what: what, name: text)
        }
        guard candidates.count == 1 else {
            let candidates = candidates.map { $0.dated(today: today) }
            throw NotebookError.ambiguous(what: what, name: text, candidates: candidates)
        }
        return first.id
    }

    private static func isEnd(_ text: String, of id: RecordID) -> Bool {
        digits(of: text).map(Hex.encode(id.bytes).hasSuffix) ?? false
    }

    /// The digits of an id, or of the end of one, in lower case; nil for text that is none.
    private static func digits(of text: String) -> String? {
        // An id has 32 of them, and dashes between.
        guard text.utf8.count <= 40 else { return nil }
        let digits = text.lowercased().filter { $0 != "-" }
        return (6...32).contains(digits.count) && digits.allSatisfy(\.isHexDigit) ? digits : nil
    }

    /// Those with exactly this name; else those in whose name each word is some word ("Rosa" is no
    /// Rosalind where there is a Rosa); else those where it begins one; else, in a script that puts no
    /// space between names, those where it stands in one ("小明" of 王小明); else those in whose name some
    /// word is another form of it.
    private static func byName<Thing>(
        _ text: String, _ things: [Thing], _ name: (Thing) -> String
    ) -> [Thing] {
        let wanted = Folding.name(text)
        guard !wanted.isEmpty else { return [] }
        let folded = things.map { (thing: $0, name: Folding.name(name($0))) }
        let exact = folded.filter { $0.name == wanted }
        if !exact.isEmpty { return exact.map(\.thing) }
        let words = wanted.split(separator: " ")
        func holding(_ fits: (Substring, Substring) -> Bool) -> [Thing] {
            folded.filter { _, name in
                let parts = name.split(separator: " ")
                return words.allSatisfy { word in parts.contains { fits(word, $0) } }
            }.map(\.thing)
        }
        let fits: [(Substring, Substring) -> Bool] = [
            { $0 == $1 }, { $1.hasPrefix($0) },
            { $0.unicodeScalars.allSatisfy(\.properties.isIdeographic) && $1.contains($0) },
        ]
        for found in fits.lazy.map(holding) where !found.isEmpty { return found }
        let others = Dictionary(
            words.map { ($0, Set(Nicknames.others(of: String($0)))) },
            uniquingKeysWith: { first, _ in first })
        guard others.contains(where: { !$0.value.isEmpty }) else { return [] }
        return holding { word, part in
            part.hasPrefix(word) || others[word]?.contains(String(part)) ?? false
        }
    }
}
