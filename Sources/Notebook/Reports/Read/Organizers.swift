import GRDB
import Replication
import Store

/// Who holds the meetings. Records name an organizer by their membership or by their person; a
/// report has each once.
struct Organizers {
    private let persons: [RecordID: RecordID]
    private let names: Names
    private let scope: ReportScope
    /// Those that were asked for: a report asks of the same few again and again.
    private var known: [RecordID: RecordID] = [:]

    init(_ scope: ReportScope) throws {
        self.scope = scope
        names = try Names(scope.db)
        var persons: [RecordID: RecordID] = [:]
        var row = try FastStatement(
            scope.db, "SELECT id, person FROM member WHERE person IS NOT NULL")
        while try row.step() { persons[try row.id(0)] = try row.id(1) }
        let me = scope.notebook.me
        for former in me.former { persons[former] = me.asOrganizer }
        self.persons = persons
    }

    /// The one id that stands for an organizer: their person's, where they have one.
    mutating func canonical(of id: RecordID) -> RecordID {
        if let known = known[id] { return known }
        let found = scope.people.canonical(of: persons[id] ?? id)
        known[id] = found
        return found
    }

    func name(of id: RecordID) throws -> String {
        if let name = scope.people.name(of: id) { return name }
        return try names.name(of: id, scope.db)
    }

    /// Their names, in the order of the alphabet; those of one name by id. Where many of them are
    /// people, a roster has the names at hand.
    func named(
        _ ids: some Sequence<RecordID>, on roster: Roster? = nil
    ) throws -> [(id: RecordID, name: String)] {
        var all: [(id: RecordID, name: String, folded: String)] = []
        for id in ids {
            let person = roster.flatMap { roster in roster.number(of: id).map { roster[$0].name } }
            let name = try person ?? name(of: id)
            all.append((id, name, Folding.name(name)))
        }
        all.sort { $0.folded != $1.folded ? $0.folded < $1.folded : $0.id < $1.id }
        return all.map { (id: $0.id, name: $0.name) }
    }
}
