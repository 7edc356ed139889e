import Replication
import Store
import Testing

@Suite("What was erased is in no byte of a notebook")
struct ErasureTests {
    let folder: TemporaryFolder
    let store: Store
    /// An admin's laptop.
    let admin: Store

    init() throws {
        folder = try TemporaryFolder()
        store = try Store.open(at: folder.file())
        admin = try Store.open(2)
    }

    private static let words = ["zerubbabel", "quokka", "wombat", "numbat"]

    private func add() throws -> RecordKey {
        let person = try store.add("Zerubbabel")
        try store.act(Edit(person, [.set(.notes, .text("quokka"))]))
        try store.act(Edit(person, [.set(.notes, .text("wombat"))]))
        return person
    }

    private func erasure(of key: RecordKey) throws -> [Commit] {
        try admin.act(Edit(key, [.set(CommonField.erased, .keep, .int(1))]))
        return try admin.unsentCommits()
    }

    /// Which of the words are anywhere in the notebook's files.
    private func found() throws -> [String] {
        let files = try bytes(of: folder.file()) + bytes(of: folder.file() + "-wal")
        let text = String(decoding: files, as: UTF8.self).lowercased()
        return Self.words.filter(text.contains)
    }

    @Test("Its cells, history, log and search index, and the pages that are free")
    func everywhere() throws {
        let person = try add()
        #expect(try store.find("wombat").count == 1)
        try store.act(Edit(person, [.set(.notes, .text("numbat"))]))
        try store.receive(try store.answer())
        #expect(try found() == ["zerubbabel", "quokka", "wombat", "numbat"])
        try store.receive(try store.answer(.hub(2), entries: erasure(of: person)))
        #expect(try found() == [])
        #expect(try store.find("wombat").isEmpty)
        #expect(try store.verify().problems == [])
    }

    @Test("What was written late is refused, said, and then gone too")
    func lateEdits() throws {
        let person = try add()
        try store.receive(try store.answer())
        try store.act(Edit(person, [.set(.notes, .text("numbat"))]))
        let head = try store.meta().acknowledged
        try store.receive(
            try store.answer(.hub(2), acknowledging: head, entries: erasure(of: person)))
        #expect(try found() == ["numbat"], "the hub has yet to refuse it")
        let last = try store.meta().head
        try store.receive(
            try store.answer(.hub(3), refused: [Refusal(seq: last.seq, rule: "erased")]))
        #expect(try found() == [])
        let refused = try #require(try store.refused().first)
        #expect(refused.rule == "erased" && refused.commit.key == person)
        #expect(refused.commit.writes.isEmpty)
        #expect(try store.verify().problems == [])
    }

    @Test("One's own erasure takes nothing that the hub has yet to hear of, and then all of it")
    func oneself() throws {
        try store.receive(try store.answer())
        let person = try add()
        try store.act(Edit(person, [.set(CommonField.erased, .keep, .int(1))]))
        #expect(try store.request(for: .parish).push?.entries.compactMap(\.commit).count == 4)
        try store.receive(try store.answer())
        #expect(try found() == [])
        #expect(try store.verify().problems == [])
    }

    @Test("Where there is no hub it is gone at once, and a hub that is joined later gets stubs")
    func alone() throws {
        let person = try add()
        try store.act(Edit(person, [.set(CommonField.erased, .keep, .int(1))]))
        #expect(try found() == [])
        let push = try #require(
            try SyncRequest(decoding: store.request(for: .parish).encoded()).push)
        #expect(push.entries.map { $0.commit == nil } == [true, true, true, false])
        let head = push.entries.enumerated().reduce(ChainHead()) { head, next in
            let (_, entry) = next
            let salt = push.salt(for: entry.dot)
            let digest = entry.commit.flatMap { commit in
                salt.map { commit.digest(salt: $0, payload: Payload.encode(commit.writes)) }
            }
            return head.appending(digest ?? entry.digest ?? .empty)
        }
        #expect(try head == store.meta().head)
        #expect(try store.verify().problems == [])
    }

    @Test("A notebook that goes on under another key keeps the stubs' places")
    func reissued() throws {
        let person = try add()
        let ada = try store.add("Ada")
        try store.receive(try store.answer())
        try store.receive(try store.answer(.hub(2), entries: erasure(of: person)))
        let key = try Environment.device(9).key
        try store.write { _ = try $0.reissue(after: 1, refused: [], as: key.device) }
        let next = try store.written(as: key)
        #expect(try next.request(for: .parish).push?.entries.count == 3)
        #expect(try next.state(ada)?.value(of: 16)?.text == "Ada")
        #expect(try found() == [])
        #expect(try next.verify().problems == [])
    }

    @Test("What leaves a leader's laptop leaves no word either")
    func left() throws {
        let person = try add()
        #expect(try store.find("wombat").count == 1)
        let other = try admin.add("Numbat")
        try store.receive(try store.answer(entries: admin.unsentCommits()))
        #expect(try store.find("numbat").count == 1)
        try store.receive(try store.answer(.hub(2), leave: [other]))
        #expect(try !found().contains("numbat"))
        #expect(try store.find("wombat").map(\.key) == [person])
    }
}
