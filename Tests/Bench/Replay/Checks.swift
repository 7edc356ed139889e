import Machines
import Notebook
import Replication
import Store

/// What the checks found at the end.
struct Findings {
    var records = 0
    var values = 0
    var conflicts = 0
    var deletedWhileEdited = 0
    var spaces = 0
    var leaderRecords = 0
}

/// Compares what is left in every notebook and at the hub with the oracle.
struct Checks {
    let oracle: Oracle
    let laptops: [Laptop]
    let leader: (laptop: Laptop, turf: RecordID)?
    /// The hub's fingerprints, by the spaces' names.
    let hub: [String: String]

    func run() throws -> Findings {
        var findings = Findings()
        for laptop in laptops {
            try checkFile(laptop)
            try checkFingerprints(laptop, named: hub)
            findings = try compare(laptop, Array(oracle.records.keys))
            try checkPlaces(laptop)
        }
        findings.spaces = hub.count
        if let leader { findings.leaderRecords = try checkLeader(leader.laptop, leader.turf) }
        return findings
    }

    private func checkFile(_ laptop: Laptop) throws {
        let problems = try laptop.notebook.store.verify().problems.map { "\($0)" }
        try check(problems.isEmpty, "\(laptop.name): \(problems.joined(separator: " "))")
        let pending = try laptop.notebook.store.meta().pending
        try check(pending == 0, "\(laptop.name): \(pending) entries were not sent.")
    }

    private func checkFingerprints(_ laptop: Laptop, named expected: [String: String]) throws {
        let sums = try laptop.notebook.store.read { try FingerprintTable.all($0) }
        let named = Dictionary(
            uniqueKeysWithValues: sums.map { (Space.name(of: $0.key), $0.value.description) })
        for name in Set(named.keys).union(expected.keys).sorted() {
            try check(
                named[name] == expected[name],
                "\(laptop.name) and the hub differ in the space \(name).")
        }
    }

    /// Every value that nothing overwrote is there, and nothing else.
    private func compare(_ laptop: Laptop, _ keys: [RecordKey]) throws -> Findings {
        var findings = Findings()
        let conflicts = try laptop.notebook.conflicts()
        let visible = Dictionary(grouping: conflicts, by: \.key).mapValues(\.count)
        try laptop.notebook.store.read { db in
            for key in keys {
                guard let truth = oracle.records[key], let state = try Records.state(of: key, db)
                else { throw BenchError("\(laptop.name) does not have the record \(key.id).") }
                let found = try compare(state, truth, "\(laptop.name), \(key.id)")
                findings.conflicts += found
                findings.values += truth.live.reduce(0) { $0 + $1.value.count }
                findings.deletedWhileEdited += state.life == .deletedWhileEdited ? 1 : 0
                try check(
                    visible[key] ?? 0
                        == state.conflicts.count { Notebook.isToSettle($0, of: key.kind) },
                    "\(laptop.name) does not list every conflict of \(key.id).")
            }
        }
        findings.records = keys.count
        return findings
    }

    /// Returns how many fields wait for a person.
    private func compare(
        _ state: RecordState, _ truth: Oracle.Truth, _ what: String
    ) throws -> Int {
        let live = truth.live
        let cells = state.cells.filter { !$0.key.isCommon && !$0.live.isEmpty }
        for cell in cells {
            let values = Dictionary(uniqueKeysWithValues: cell.live.map { ($0.dot, $0.value) })
            try check(
                values == live[cell.key], "\(what): field \(cell.key.field) is not as written.")
        }
        try check(cells.count == live.count, "\(what): a field is missing.")
        let fields = Set(state.conflicts).filter { !$0.isCommon }
        try check(fields == truth.conflicts, "\(what): other conflicts than there should be.")
        for field in fields {
            let shown = Set((state[field]?.conflict ?? []).map(\.value))
            try check(shown == live[field].map { Set($0.values) }, "\(what): a value is not shown.")
        }
        try checkLife(state, truth, what)
        return fields.count
    }

    /// A record is deleted when the deletes saw everything that is live, its place included.
    private func checkLife(_ state: RecordState, _ truth: Oracle.Truth, _ what: String) throws {
        let places = state[CommonField.space]?.live.map(\.dot) ?? []
        let seen = truth.deletes.reduce(into: Set<Dot>()) { $0.formUnion($1) }
        let live = Set(truth.live.values.flatMap(\.keys)).union(places)
        let left: Life = live.isSubset(of: seen) ? .deleted : .deletedWhileEdited
        let expected = truth.deletes.isEmpty ? .alive : left
        try check(state.life == expected, "\(what): \(state.life) instead of \(expected).")
    }

    /// People live in the turf of their institution, and their meetings and promises with them.
    private func checkPlaces(_ laptop: Laptop) throws {
        for person in try laptop.notebook.people()
        where oracle.records[Person.key(person.id)] != nil {
            let turf = person.institution.map(Plan.turf)
            try check(
                person.space == turf, "\(laptop.name): \(person.id) is not in their turf.")
        }
        let strays = try laptop.notebook.store.read { db in
            try Kinds.dependents.reduce(0) { sum, dependent in
                let (kind, field) = dependent
                var statement = try FastStatement(
                    db,
                    """
                    SELECT count(*) FROM \(kind.table) d JOIN person p ON p.id = d."\(field.name)"
                    WHERE p.space <> d.space
                    """)
                defer { statement.reset() }
                return try statement.step() ? sum + Int(statement.int(0)) : sum
            }
        }
        try check(strays == 0, "\(laptop.name): \(strays) records do not live with their person.")
    }

    /// A leader has all of their turf and the commons, and nothing else.
    private func checkLeader(_ laptop: Laptop, _ turf: RecordID) throws -> Int {
        let spaces = [Space.commons, turf]
        try checkFile(laptop)
        let names = spaces.map(Space.name(of:))
        try checkFingerprints(laptop, named: hub.filter { names.contains($0.key) })
        let held = try laptop.places()
        let everything = try laptops[0].places()
        try check(
            held == everything.filter { spaces.contains($0.value) },
            "The leader does not have exactly the records of their turf and the commons.")
        _ = try compare(laptop, held.keys.filter { oracle.records[$0] != nil })
        return held.count
    }
}

extension Laptop {
    /// Every record that is here, with its space.
    fileprivate func places() throws -> [RecordKey: SpaceID] {
        try notebook.store.read { db in
            var row = try FastStatement(db, "SELECT kind, id, space FROM record")
            var places: [RecordKey: SpaceID] = [:]
            while try row.step() {
                places[RecordKey(try row.number(0), try row.id(1))] = try row.id(2)
            }
            return places
        }
    }
}
