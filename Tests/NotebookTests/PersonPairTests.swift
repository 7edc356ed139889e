import Histories
import Notebook
import Replication
import Store
import Testing

@Suite("Pairs that several people judge apart")
struct PersonPairTests {
    @Test("A pair's record has the id that SyncProtocol.md works out, whoever names them first")
    func id() throws {
        let a = try #require(RecordID("018f3c5a-7b00-7abc-8def-0123456789ab"))
        let b = try #require(RecordID("018f3c5a-7b00-7abc-8def-0123456789ac"))
        let key = SamePerson.key(PersonPair(b, a))
        #expect(key.id.description == "a9774f60-6e42-84f4-b31e-bce15170a417")
        #expect(key == SamePerson.key(PersonPair(a, b)))
    }

    // Three organizers link, unlink and dismiss whom they like, and hear of one another now and
    // then, in any order and more than once.
    @Test("Make the same people everywhere, and those that the rules say", arguments: 1...60)
    func samePeopleEverywhere(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let desks = try (1...3).map { try Desk.open(UInt8($0), seed: seed) }
        let people = try (0..<7).map { try desks[0].add("Person \($0)") }
        for desk in desks { try desk.hear(desks[0]) }
        for _ in 0..<60 {
            let desk = desks.randomElement(using: &random) ?? desks[0]
            if Int.random(in: 0..<5, using: &random) == 0 {
                try desk.hear(desks.randomElement(using: &random) ?? desks[0])
            } else {
                try Self.judge(people.shuffled(using: &random), desk, &random)
            }
        }
        for desk in desks.shuffled(using: &random) {
            for other in desks.shuffled(using: &random) { try desk.hear(other) }
        }
        let right = try Rules(people, desks[0].notebook)
        for desk in desks {
            let found = try desk.notebook.samePeople()
            #expect(people.map(found.all) == people.map(right.all), "seed \(seed)")
            #expect(found.contested == right.contested, "seed \(seed)")
        }
    }

    private static func judge(
        _ people: [RecordID], _ desk: Desk, _ random: inout SplitMix64
    ) throws {
        do {
            switch Int.random(in: 0..<7, using: &random) {
            case ..<4: try desk.notebook.link(people[0], people[1])
            case ..<6: try desk.notebook.unlink(people[0], people[1])
            default: try desk.notebook.dismiss(people[0], people[1])
            }
        } catch is NotebookError {
            // It was so already, or the program asks to settle something else first.
        }
    }
}

/// Who is one person, worked out from the cells by the rules as they are written: the closure of the
/// linked pairs, pair by pair until nothing changes.
private struct Rules {
    private var closure: [RecordID: Set<RecordID>]
    private(set) var contested: [PersonPair] = []

    init(_ people: [RecordID], _ notebook: Notebook) throws {
        closure = Dictionary(uniqueKeysWithValues: people.map { ($0, [$0]) })
        var said: [PersonPair: Set<String>] = [:]
        for (index, a) in people.enumerated() {
            for b in people[(index + 1)...] {
                let key = SamePerson.key(PersonPair(a, b))
                let state = try notebook.store.read { try Records.state(of: key, $0) }
                let live = state?[SamePerson.verdict.number]?.live ?? []
                said[PersonPair(a, b)] = Set(live.map { $0.value.text ?? "nothing" })
            }
        }
        let linked = said.filter { $0.value == ["same"] }.map(\.key)
        for _ in people {
            for pair in linked {
                let both = (closure[pair.a] ?? []).union(closure[pair.b] ?? [])
                for person in both { closure[person] = both }
            }
        }
        let denied = said.filter { $0.value.contains("different") }.map(\.key)
        let broken = denied.filter { closure[$0.a]?.contains($0.b) ?? false }
        for person in broken.flatMap({ closure[$0.a] ?? [] }) { closure[person] = [person] }
        let divided = said.filter { $0.value.count > 1 && $0.value.contains("same") }.map(\.key)
        contested = Set(broken + divided).sorted { ($0.a, $0.b) < ($1.a, $1.b) }
    }

    func all(of person: RecordID) -> [RecordID] { (closure[person] ?? []).sorted() }
}
