import GRDB
package import Replication
package import Store

/// That a person belongs to a team, from when to when and as what.
package enum TeamMember {
    package static let person = FieldSchema(16, "person", .id, names: ["person"])
    package static let team = FieldSchema(17, "team", .id, names: ["team"])
    package static let role = FieldSchema(18, "role", .text)
    package static let since = FieldSchema(19, "since", .day)
    package static let until = FieldSchema(20, "until", .day)
    package static let kind = KindSchema(
        12, "teamMember", indexed: [["person"], ["team"]],
        fields: [person, team, role, since, until])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}

extension Notebook {
    /// Says that people belong to a team from a day on, in one act. Of who belongs to it already, the
    /// role is changed.
    package func join(
        _ team: RecordID, _ people: [RecordID], as role: String?, from day: Day
    ) throws -> [RecordID] {
        let part: [Change] = role.map { [.set(TeamMember.role, .text($0))] } ?? []
        let edits = try people.map { person in
            if let known = try membership(of: person, in: team, on: day) {
                return Edit(TeamMember.key(known.id), part + [.set(TeamMember.until, .null)])
            }
            return try addition(
                of: TeamMember.kind,
                [
                    .set(TeamMember.person, .id(person)), .set(TeamMember.team, .id(team)),
                    .set(TeamMember.since, .day(day.number)),
                ] + part)
        }
        try commit(edits)
        return edits.map(\.key.id)
    }

    /// Says that people belonged to a team up to a day, in one act. Throws `NotebookError.notInTeam`.
    package func leave(
        _ team: RecordID, _ people: [RecordID], on day: Day
    ) throws -> [RecordID] {
        let known = try people.map { person in
            let name = try title(of: person) ?? person.shortened
            let teamName = try title(of: team) ?? team.shortened
            guard let known = try membership(of: person, in: team, on: day) else {
                throw NotebookError.notInTeam(name: name, team: teamName)
            }
            if known.until == day {
                throw NotebookError.leftAlready(
                    name: name, team: teamName, on: day.short(today: today))
            }
            return known.id
        }
        try commit(
            known.map { Edit(TeamMember.key($0), [.set(TeamMember.until, .day(day.number))]) })
        return known
    }

    private func membership(
        of person: RecordID, in team: RecordID, on day: Day
    ) throws -> (id: RecordID, until: Day?)? {
        try store.read { db in
            let people = try SamePeople(db).all(of: person)
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT id, until FROM teamMember WHERE person IN (\(people.marks)) AND team = ?
                        AND coalesce(until >= ?, true) ORDER BY id
                    """,
                arguments: StatementArguments(people.map(\.data))
                    + [team.data, day.number])
            return row.flatMap { row in row.id("id").map { ($0, row.day("until")) } }
        }
    }
}
