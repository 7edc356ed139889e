import GRDB
import Replication
import Store
import Wording

/// Everybody who is here, each once, with a number from 0 on: what reports count is kept in arrays.
struct Roster {
    struct Person {
        let id: RecordID
        let name: String
        fileprivate(set) var institution: RecordID?
        /// Whom records name as their point person.
        fileprivate(set) var organizer: RecordID?
        let space: SpaceID

        var turf: RecordID? { space == Space.organizers ? nil : space }
    }

    private(set) var people: [Person] = []
    private var numbers: [RecordID: Int] = [:]
    private let same: SamePeople

    init(_ scope: ReportScope) throws {
        same = scope.people
        let count = try Int.fetchOne(scope.db, sql: "SELECT count(*) FROM person") ?? 0
        people.reserveCapacity(count)
        numbers.reserveCapacity(count)
        var row = try FastStatement(
            scope.db, "SELECT id, name, institution, organizer, space FROM person ORDER BY id")
        while try row.step() { add(try row.person()) }
    }

    /// Linked entries come in order of id: what the first does not say, the next one says.
    private mutating func add(_ person: Person) {
        let id = same.isEmpty ? person.id : same.canonical(of: person.id)
        guard let number = numbers[id] else {
            numbers[id] = people.count
            return people.append(person)
        }
        people[number].institution = people[number].institution ?? person.institution
        people[number].organizer = people[number].organizer ?? person.organizer
    }

    /// The number of the person to whom an entry belongs; nil for one who is not here.
    func number(of entry: RecordID) -> Int? {
        numbers[same.isEmpty ? entry : same.canonical(of: entry)]
    }

    subscript(number: Int) -> Person { people[number] }

    var count: Int { people.count }
}

extension FastStatement {
    fileprivate func person() throws -> Roster.Person {
        Roster.Person(
            id: try id(0), name: isNull(1) ? said("(no name)") : text(1),
            institution: try optionalID(2), organizer: try optionalID(3), space: try id(4))
    }
}
