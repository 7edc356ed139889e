import GRDB
import Histories
import Hub
import Notebook
import Replication
import Store

/// What a member writes: mostly by the notebook's verbs, now and then by what no verb does.
@MainActor
struct Acts {
    let world: World
    let laptop: LaptopNode

    private var notebook: Notebook { laptop.notebook }

    /// A kind and a field that this program does not know: a newer one made them.
    private static let futureKind: Kind = 900
    private static let futureField: Field = 900
    private static let words = ["Ana", "Jos\u{E9}", "Jose\u{301}", "o'k", "", "\u{1F327}"]

    func perform() throws {
        let people = try notebook.people()
        switch world.random.chance(25)
            ? world.often(world.favoured.acts) : world.random.below(100)
        {
        case ..<13: try add()
        case ..<16: if laptop.isNewer { try writeTheNew(people) } else { try add() }
        case ..<34: if let person = pick(people) { try edit(person) }
        case ..<50: if let person = pick(people) { try meet(person) }
        case ..<56: if let person = pick(people) { try promise(person) }
        case ..<62: if let person = pick(people) { try tag(person) }
        case ..<70: try assign(people)
        case ..<75: try deleteOrRestore(people)
        case ..<82: try settle()
        case ..<87: if let person = pick(people) { try assess(person) }
        case ..<90: try writeTheUnknown(people)
        case ..<93: try judge(people)
        case ..<96: try overstep()
        case ..<98: try erase(people)
        default: try writeMuch()
        }
    }

    /// Edits somebody of whom the laptop has asked for all that the hub has. Returns whether there is
    /// anybody.
    func editWanted() throws -> Bool {
        let request = try laptop.store.request(for: laptop.home.hub.settings.congregation)
        return try edit(oneOf: request.wanted)
    }

    /// Edits one of these people. Returns whether any of them is here.
    @discardableResult
    func edit(oneOf keys: [RecordKey]) throws -> Bool {
        guard let person = try pick(oneOf: keys) else { return false }
        try edit(person)
        return true
    }

    /// Adds as many to a turf as make more than one block of a snapshot.
    func addPeople(to turf: RecordID) throws {
        note("adds people to \(turf)")
        for number in 0..<5 + world.random.below(10) {
            try notebook.add(PersonDetails(name: "Newcomer \(number)", turf: turf))
        }
    }

    /// Assigns one of these people to another turf, where any of them is here.
    func assign(oneOf keys: [RecordKey]) throws {
        guard try !laptop.isLimited, let person = try pick(oneOf: keys),
            let turf = pick(turfs.filter { $0 != person.space })
        else { return }
        note("assigns \(person.id) to \(turf)")
        try notebook.assign([person.id], to: turf)
    }

    private func pick(oneOf keys: [RecordKey]) throws -> Person? {
        let keys = Set(keys)
        return try keys.isEmpty
            ? nil : pick(notebook.people().filter { keys.contains(Person.key($0.id)) })
    }

    private var turfs: [RecordID] { laptop.home.turfs }

    private func pick<Thing>(_ things: [Thing]) -> Thing? {
        things.isEmpty ? nil : world.random.pick(things)
    }

    /// One of the few about whom all write at once.
    private func pickOften(_ people: [Person]) -> Person? {
        pick(Array(people.sorted { $0.id < $1.id }.prefix(3)))
    }

    private var word: String { world.random.pick(Self.words) }

    private func note(_ act: String) { world.note("\(laptop.name) \(act)") }

    @discardableResult
    private func commit(_ edits: Edit...) throws -> [Dot] {
        try laptop.store.write { try $0.commit(edits, by: notebook.me.member) }
    }

    private func add() throws {
        note("adds a person")
        let number = world.random.below(1000)
        let turf = try !laptop.isLimited && world.random.chance(50) ? pick(turfs) : nil
        try notebook.add(PersonDetails(name: "Person \(number)", phone: "\(number)", turf: turf))
    }

    private func edit(_ person: Person) throws {
        note("edits \(person.id)")
        let number = world.random.below(1000)
        let details =
            world.random.chance(70)
            ? PersonDetails(phone: "\(number)") : PersonDetails(name: "N\(number)", email: word)
        try standing { try notebook.edit(person.id, details) }
    }

    /// Whoever writes has seen what is there: afterwards nothing stands beside it.
    private func standing(_ act: () throws -> Void) throws {
        let before = try laptop.store.meta().head.seq
        try act()
        try laptop.store.read { db in
            var row = try FastStatement(
                db, "SELECT seq, kind, record, payload FROM log WHERE seq > ?")
            row.bind(before)
            while try row.step() {
                let dot = Dot(laptop.device, try row.seq(0))
                let key = RecordKey(try row.number(1), try row.id(2))
                let state = try Records.state(of: key, db) ?? RecordState()
                for write in try Payload.decode(row.bytes(3)) where write.rule != .once {
                    guard state[write.cell]?.live.map(\.dot) == [dot] else {
                        throw Broken("what \(laptop.name) wrote stands beside what it saw.")
                    }
                }
            }
        }
    }

    private func meet(_ person: Person) throws {
        note("meets \(person.id)")
        let heard = world.random.chance(50) ? ["bus", "rent"] : ["asthma"]
        let id = try notebook.log(
            OneToOneNotes(on: notebook.today, summary: word, heard: heard, next: "call"),
            with: person.id)
        noteOverstep(OneToOne.key(id), about: person)
        if world.random.chance(20) { try notebook.finishFollowUp(id) }
    }

    private func promise(_ person: Person) throws {
        note("notes a promise of \(person.id)")
        let id = try notebook.promise("bring \(word)", by: person.id, due: notebook.today + 7)
        noteOverstep(Commitment.key(id), about: person)
    }

    /// What is about somebody whom the laptop alone believes elsewhere goes there with them.
    private func noteOverstep(_ key: RecordKey, about person: Person) {
        if world.oversteps.contains(Person.key(person.id)) { world.oversteps.insert(key) }
    }

    private func tag(_ person: Person) throws {
        note("tags \(person.id)")
        let tag = Value.text(world.random.pick(["choir", "youth"]))
        let change: Change =
            world.random.chance(60)
            ? .insert(Person.tags, tag) : .remove(Person.tags, tag)
        try standing { try commit(Edit(Person.key(person.id), [change])) }
    }

    private func assign(_ people: [Person]) throws {
        guard try !laptop.isLimited, let turf = pick(turfs) else { return }
        var chosen = people.filter { _ in world.random.chance(30) }.prefix(4).map(\.id)
        if chosen.isEmpty, let person = pick(people) { chosen = [person.id] }
        note("assigns \(chosen.count) to \(turf)")
        try notebook.assign(Array(chosen), to: turf)
    }

    private func deleteOrRestore(_ people: [Person]) throws {
        let deleted = try laptop.store.read { try Records.deleted(Person.kind.number, $0) }
        if let gone = pick(deleted), world.random.chance(60) {
            note("restores \(gone.key.id)")
            try notebook.restorePerson(gone.key.id)
        } else if let person = pick(people) {
            note("deletes \(person.id)")
            try notebook.deletePerson(person.id)
        }
    }

    private func settle() throws {
        guard let conflict = pick(try notebook.conflicts()) else { return }
        note("settles \(conflict.field) of \(conflict.key.id)")
        let number = 1 + world.random.below(conflict.values.count)
        let before = try state(of: conflict.key)
        do {
            try standing { try notebook.settle(conflict.key, field: conflict.field, .take(number)) }
        } catch NotebookError.organizersWrite, NotebookError.organizersMove {
            // It was itself that wrote what it may not.
            return
        }
        // By the rule of what was settled, whether or not this version knows the field.
        for cell in try state(of: conflict.key).cells {
            let rules = Set(before[cell.key]?.live.map(\.rule) ?? [])
            guard rules.isEmpty || cell.live.allSatisfy({ rules.contains($0.rule) }) else {
                throw Broken("\(laptop.name) settled \(conflict.field) by another rule.")
            }
        }
    }

    private func state(of key: RecordKey) throws -> RecordState {
        try laptop.store.read { try Records.state(of: key, $0) } ?? RecordState()
    }

    private func assess(_ person: Person) throws {
        guard try !laptop.isLimited else { return }
        note("assesses \(person.id)")
        let key = RecordKey(Assessment.kind.number, laptop.store.environment.newID())
        try commit(
            Edit(
                key, home: Space.organizers,
                [
                    .set(Assessment.person, .id(person.id)),
                    .set(Assessment.basis, .text(Secrecy.canary)),
                ]))
    }

    private func writeTheUnknown(_ people: [Person]) throws {
        let value = Value(type: ValueType(rawValue: 77), bytes: world.random.bytes(3))
        if try !laptop.isLimited, world.random.chance(50) {
            note("writes an unknown kind")
            // Ids of two congregations are never the same.
            let first = 16 * (world.hubs.firstIndex { $0 === laptop.home } ?? 0)
            let number = world.random.below(3)
            let key = RecordKey(
                Self.futureKind, RecordID(rawValue: UInt128(first + number)))
            // Nor do two laptops make one record.
            let maker = world.laptops.filter { $0.home === laptop.home }.dropFirst(number).first
            let isHere = try laptop.store.read { try Records.state(of: key, $0) != nil }
            guard isHere || maker === laptop else { return }
            // What a broken program may do: one field by several rules.
            let rule = MergeRule(rawValue: UInt32(world.random.pick([0, 1, 9])))
            try commit(
                Edit(
                    key, home: world.random.pick([Space.commons, Space.organizers]),
                    [.set(Self.futureField, rule, value)]))
        } else if let person = pickOften(people) {
            note("writes an unknown field")
            let rule = MergeRule(rawValue: 9)
            try commit(Edit(Person.key(person.id), [.set(Self.futureField, rule, value)]))
        }
    }

    /// Writes what only the newer version of the program knows.
    private func writeTheNew(_ people: [Person]) throws {
        guard let person = pickOften(people) else { return }
        let key = Person.key(person.id)
        switch world.random.below(4) {
        case 0:
            note("writes a nickname of \(person.id)")
            try commit(Edit(key, [.set(.nickname, .text(word))]))
        case 1:
            note("writes a pledge of \(person.id)")
            try commit(Edit(key, [.set(.pledge, .int(Int64(world.random.below(5))))]))
        case 2:
            note("writes a skill of \(person.id)")
            let skill = Value.text(world.random.pick(["drums", "sewing"]))
            let isAdded = world.random.chance(60)
            try commit(Edit(key, [isAdded ? .insert(.skills, skill) : .remove(.skills, skill)]))
        default:
            guard try !laptop.isLimited else { return }
            note("writes a vow of \(person.id)")
            let vow = RecordKey(KindSchema.vow.number, laptop.store.environment.newID())
            try commit(Edit(vow, home: person.space, [.set(.words, .text(word))]))
        }
    }

    /// Says that two entries are one person or two, or takes it back.
    private func judge(_ people: [Person]) throws {
        guard try !laptop.isLimited, let one = pickOften(people),
            let other = pickOften(people.filter { $0.id != one.id })
        else {
            return
        }
        do {
            switch world.random.below(5) {
            case 0: try notebook.unlink(one.id, other.id)
            case 1: try notebook.dismiss(one.id, other.id)
            default: try notebook.link(one.id, other.id)
            }
            note("judges \(one.id) and \(other.id)")
        } catch is NotebookError {
            // It was so already, or something else is to be settled first.
        }
    }

    /// Writes what the hub will refuse, at least from a leader.
    private func overstep() throws {
        world.note(.outOfScope)
        let known = try hubRecords()
        guard let key = pick(known) else { return }
        note("oversteps on \(key.id)")
        world.oversteps.insert(key)
        try overstep(on: key)
    }

    private func overstep(on key: RecordKey) throws {
        switch world.random.below(4) {
        case 0: try commit(Edit(key, home: Space.commons, [.set(Person.phone, .text("0"))]))
        case 1: try commit(Edit(key, home: world.random.pick(turfs), [.delete]))
        case 2:
            // One act with what may well be done: together they are taken or refused.
            let other = Person.key(laptop.store.environment.newID())
            let home = try laptop.isLimited ? laptop.turf ?? Space.organizers : Space.organizers
            world.oversteps.insert(other)
            try commit(
                Edit(other, home: home, [.set(Person.name, .text("Beside"))]),
                Edit(key, home: home, [.move(world.random.pick(turfs))]))
        default: try commit(Edit(key, [.move(world.random.pick(turfs + [Space.commons]))]))
        }
    }

    /// Records of any space, whether the laptop knows them or not.
    private func hubRecords() throws -> [RecordKey] {
        try laptop.home.hub.read { db in
            var row = try FastStatement(db, "SELECT kind, record FROM place ORDER BY record, kind")
            var keys: [RecordKey] = []
            while try row.step() { keys.append(RecordKey(try row.number(0), try row.id(1))) }
            return keys
        }
    }

    private func erase(_ people: [Person]) throws {
        guard let person = pick(people), world.random.chance(40) else { return }
        world.note(.erased)
        note("erases \(person.id)")
        // Nobody may but an admin.
        world.oversteps.insert(Person.key(person.id))
        try commit(Edit(Person.key(person.id), [.set(CommonField.erased, .keep, .int(1))]))
    }

    /// An act of many commits.
    private func writeMuch() throws {
        let count = 2 + world.random.below(40)
        note("writes \(count) at once")
        let home = try laptop.isLimited ? laptop.turf ?? Space.organizers : Space.organizers
        try laptop.store.write { transaction in
            let edits = (0..<count).map { number in
                Edit(
                    Person.key(laptop.store.environment.newID()), home: home,
                    [.set(Person.name, .text("Many \(number)"))])
            }
            try transaction.commit(edits, by: notebook.me.member)
        }
    }
}
