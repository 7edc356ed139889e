import GRDB
import Notebook
import Replication
import Sync
import Testing

@testable import Hub
@testable import Store

/// Ana's program is a year newer than the hub's and Bo's: it knows fields and a kind that they have
/// never heard of.
@Suite("A newer laptop, an older hub, older laptops")
struct SkewTests {
    @Test("What a newer one wrote comes back whole from everything that older ones do")
    func comesBackWhole() async throws {
        try await Parish.open { parish in
            let (ana, cora, bo, story) = try await Self.begin(parish)
            try bo.setPhone("555-0199", of: story.rosa)
            try bo.notebook.assign([story.rosa], to: story.north)
            try bo.notebook.deletePerson(story.omar)
            try await parish.syncAll(bo, ana, cora)
            try bo.notebook.restorePerson(story.omar)
            try bo.notebook.deletePerson(story.rosa)
            try bo.notebook.restorePerson(story.rosa)
            let lena = try await parish.laptop("Lena", .leader, of: story.north)
            try await parish.syncAll(lena, bo, ana, cora)
            try lena.setPhone("555-0142", of: story.rosa)
            try await parish.syncAll(lena, ana, cora, bo)

            for newer in [ana, cora] {
                #expect(try newer.nickname(of: story.rosa) == "Rosie")
                #expect(try newer.skills(of: story.rosa) == #"["Spanish","drums"]"#)
                #expect(try newer.phone(of: story.rosa) == "555-0142")
                #expect(try newer.nickname(of: story.omar) == "O")
                #expect(try newer.vows() == ["to listen", "to march"])
                #expect(try newer.problems() == [])
            }
            #expect(try ana.fingerprints() == bo.fingerprints())
            #expect(try ana.fingerprints() == cora.fingerprints())
            try await parish.hub.catchUp()
            #expect(try parish.hub.verify().log == [] && bo.problems() == [])
            // Of what lives with Rosa a leader has all, known to her program or not.
            #expect(try lena.state(Person.key(story.rosa))?.value(of: 4000) == .text("Rosie"))
            #expect(try lena.state(story.march)?.value(of: 16) == .text("to march"))
            #expect(try lena.state(story.listen) == nil)
        }
    }

    @Test("A conflict in an unknown field is counted on older ones, and settled on newer ones")
    func conflictSettledByNewer() async throws {
        try await Parish.open { parish in
            let (ana, cora, bo, story) = try await Self.begin(parish)
            try ana.setNickname("Ro", of: story.rosa)
            try cora.setNickname("Rosita", of: story.rosa)
            try await parish.syncAll(ana, cora, bo)
            try bo.setPhone("555-0199", of: story.rosa)
            try await parish.syncAll(bo, ana, cora)
            for laptop in [ana, cora, bo] {
                let conflict = try #require(try laptop.notebook.conflicts().first)
                #expect(conflict.field == "field 4000" && conflict.values.count == 2)
            }
            let status = try await bo.run("status", "--json")
            #expect(status.output.contains("\"conflicts\":1"))
            try ana.setNickname("Ro", of: story.rosa)
            try await parish.syncAll(ana, cora, bo)
            for laptop in [ana, cora, bo] { #expect(try laptop.notebook.conflicts().isEmpty) }
            #expect(try cora.nickname(of: story.rosa) == "Ro")
        }
    }

    // A hub that knows the field refuses it under another rule.
    @Test("Who takes one of the values on an older one writes it by the field's own rule")
    func conflictSettledByOlder() async throws {
        try await Parish.open { parish in
            let (ana, cora, bo, story) = try await Self.begin(parish)
            let pledge = FieldSchema.pledge
            for (laptop, text) in [(ana, "ten"), (cora, "twelve")] {
                try laptop.act(Edit(Person.key(story.rosa), [.set(pledge, .text(text))]))
            }
            try await parish.syncAll(ana, cora, bo)
            let settled = try await bo.run(
                "conflicts", "settle", "Rosa Alvarez", "field 42", "--take", "1")
            #expect(settled.status == 0, "\(settled.errors)")
            try await parish.syncAll(bo, ana, cora)
            #expect(try ana.notebook.conflicts().isEmpty)
            let live = try ana.state(Person.key(story.rosa))?[pledge.number]?.live
            #expect(live?.map(\.rule) == [pledge.rule])
        }
    }

    @Test("An older laptop that is brought up to date shows what it had only carried")
    func upgraded() async throws {
        try await Parish.open { parish in
            let (_, _, bo, story) = try await Self.begin(parish)
            try bo.store.file.close()
            let upgraded = try bo.newer()
            #expect(try upgraded.nickname(of: story.rosa) == "Rosie")
            #expect(try upgraded.vows() == ["to listen", "to march"])
            #expect(try upgraded.notebook.find("Rosie").map(\.title.words) == ["Rosa Alvarez"])
            #expect(try upgraded.problems() == [])
            try upgraded.setNickname("Rosalind", of: story.rosa)
            try await upgraded.sync()
            #expect(try upgraded.refusals() == [])
        }
    }

    @Test("What a hub has lost, an older laptop gives back with all that it does not know")
    func givenBack() async throws {
        try await Parish.open { parish in
            let bo = try await parish.laptop("Bo")
            let ana = try await parish.laptop("Ana").newer()
            try await parish.syncAll(ana, bo)
            let backup = try await parish.copyHub()
            let story = try Story(ana)
            try await parish.syncAll(ana, bo)
            try await parish.putBack(backup)
            try await parish.hub.catchUp()
            // Ana's laptop is never seen again.
            try await bo.sync()
            try bo.letAWeekPass()
            try await bo.sync()
            try await parish.hub.catchUp()
            let cora = try await parish.laptop("Cora").newer()
            // What was given back was written under a new key.
            let again = try bo.opened()
            try await parish.syncAll(cora, again)
            #expect(try cora.nickname(of: story.rosa) == "Rosie")
            #expect(try cora.skills(of: story.rosa) == #"["Spanish","drums"]"#)
            #expect(try cora.vows() == ["to listen", "to march"])
            #expect(try cora.fingerprints() == again.fingerprints())
        }
    }

    @Test("A laptop that differs is repaired in what it does not know too")
    func repaired() async throws {
        try await Parish.open { parish in
            let (ana, _, bo, story) = try await Self.begin(parish)
            try bo.store.write { transaction in
                for key in [Person.key(story.rosa), story.listen] { try transaction.drop(key) }
            }
            #expect(try bo.fingerprints() != ana.fingerprints())
            try await parish.hub.catchUp()
            #expect(try await bo.sync().repaired == 2)
            #expect(try bo.fingerprints() == ana.fingerprints())
            #expect(try bo.state(story.listen)?.value(of: 16) == .text("to listen"))
        }
    }

    /// Two newer laptops and an older one that have exchanged all of the story.
    private static func begin(
        _ parish: Parish
    ) async throws -> (ana: Laptop, cora: Laptop, bo: Laptop, story: Story) {
        let ana = try await parish.laptop("Ana").newer()
        let cora = try await parish.laptop("Cora").newer()
        let bo = try await parish.laptop("Bo")
        let story = try Story(ana)
        try await parish.syncAll(ana, cora, bo)
        return (ana, cora, bo, story)
    }

    /// What the newer version wrote.
    struct Story {
        let north: RecordID
        let rosa: RecordID
        let omar: RecordID
        /// Lives in the turf.
        let march: RecordKey
        let listen: RecordKey

        init(_ ana: Laptop) throws {
            north = try ana.notebook.addTurf("North Side")
            rosa = try ana.add("Rosa Alvarez")
            omar = try ana.add("Omar")
            try ana.setNickname("Rosie", of: rosa)
            try ana.setNickname("O", of: omar)
            try ana.act(
                Edit(
                    Person.key(rosa),
                    [
                        .insert(.skills, .text("Spanish")), .insert(.skills, .text("drums")),
                        .insert(.skills, .text("sewing")),
                    ]))
            try ana.act(Edit(Person.key(rosa), [.remove(.skills, .text("sewing"))]))
            march = try ana.vow("to march", in: north)
            listen = try ana.vow("to listen", in: Space.organizers)
        }
    }
}

extension FieldSchema {
    fileprivate static let nickname = FieldSchema(4000, "nickname", .text, isSearchable: true)
    fileprivate static let skills = FieldSchema(4001, "skills", .text, rule: .set)
    /// With a rule that this version does not know.
    fileprivate static let pledge = FieldSchema(4002, "pledge", .text, rule: MergeRule(rawValue: 9))
}

extension Schema {
    /// What a version of the program a year on may know.
    fileprivate static let newer = Schema(
        Kinds.schema.kinds.map { kind in
            guard kind.number == Person.kind.number else { return kind }
            return KindSchema(
                kind.number, kind.name, indexed: kind.indexed,
                fields: kind.fields + [.nickname, .skills, .pledge])
        } + [
            KindSchema(
                900, "vow", fields: [FieldSchema(16, "words", .text, isSearchable: true)])
        ])
}

extension Laptop {
    /// The same laptop with the newer program.
    fileprivate func newer() throws -> Laptop {
        let key = try KeyFile.read(NotebookFile(path: path).keyPath)
        let store = try Store(path: path, schema: .newer, environment: .system(key: key))
        return Laptop(name: name, path: path, notebook: try NotebookFile.notebook(store))
    }

    fileprivate func setNickname(_ text: String, of person: RecordID) throws {
        try act(Edit(Person.key(person), [.set(.nickname, .text(text))]))
    }

    fileprivate func vow(_ words: String, in space: SpaceID) throws -> RecordKey {
        let key = RecordKey(900, store.environment.newID())
        try act(Edit(key, home: space, [.set(16, .keep, .text(words))]))
        return key
    }

    fileprivate func state(_ key: RecordKey) throws -> RecordState? {
        try store.read { try Records.state(of: key, $0) }
    }

    fileprivate func nickname(of person: RecordID) throws -> String? {
        try column("nickname", of: person)
    }

    fileprivate func skills(of person: RecordID) throws -> String? {
        try column("skills", of: person)
    }

    private func column(_ name: String, of person: RecordID) throws -> String? {
        try store.read { db in
            try String.fetchOne(
                db, sql: "SELECT \"\(name)\" FROM person WHERE id = ?",
                arguments: [person.dataValue])
        }
    }

    fileprivate func vows() throws -> [String] {
        try store.read { try String.fetchAll($0, sql: "SELECT words FROM vow ORDER BY words") }
    }
}
