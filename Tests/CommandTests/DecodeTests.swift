import Foundation
import Notebook
import Replication
import Store
import Testing

@Suite("Messages of the exchange, for people")
struct DecodeTests {
    let ana: Laptop

    init() throws {
        ana = try Laptop()
        try ana.succeed("person", "add", "Rosa Alvarez")
    }

    private func request() throws -> SyncRequest {
        try NotebookFile(path: ana.notebook).open().store.request(for: RecordID(rawValue: 1))
    }

    private func decode(_ bytes: [UInt8]) throws -> [String: Any] {
        let file = "\(ana.home)/message.bin"
        try Data(bytes).write(to: URL(filePath: file))
        return try ana.json("decode", file)
    }

    @Test("A request is known, plain and gzipped, and its commits have names")
    func syncRequest() throws {
        let plain = try request().encoded()
        for (bytes, isGzip) in [(plain, false), (Gzip.compress(plain), true)] {
            let document = try decode(bytes)
            #expect(document.text("form") == "SyncRequest")
            #expect(document["gzip"] as? Bool == isGzip)
            #expect(document["bytes"] as? Int == bytes.count)
            let message = try #require(document["message"] as? [String: Any])
            let push = try #require(message["push"] as? [String: Any])
            let kinds = try push.list("entries").map { $0.text("kind") }
            #expect(kinds == ["member", "person"])
        }
        let page = try ana.succeed("decode", "message.bin")
        #expect(page.hasPrefix("form: SyncRequest\ngzip: yes\n"))
        #expect(page.contains("value: Rosa Alvarez\n"))
        #expect(page.contains("secrets: 1 (not shown)\n"))
    }

    @Test("Every other form is told from the rest")
    func others() throws {
        let key = DeviceKey()
        let hub = key.device
        let epoch = Epoch(rawValue: 7)
        let cursor = Cursor(hub: hub, epoch: epoch, positions: [Space.commons: 12])
        let id = RecordID(rawValue: 9)
        let enrol = EnrolRequest(
            code: [UInt8](repeating: 0x5A, count: 16), publicKey: key.publicKey, member: id)
        let enrolled = EnrolAnswer(
            hub: hub, epoch: epoch, congregation: id, congregationName: "St. Mark", name: "Ana",
            person: nil, roles: ["organizer"], scope: .everything)
        let answer = SyncAnswer(cursor: cursor, acknowledged: ChainHead(), roles: ["organizer"])
        let block = CommitBlock.encode(try request().push?.entries ?? [], withSalts: false)
        let forms: [(String, [UInt8])] = [
            ("EnrolRequest", try enrol.encoded()), ("EnrolAnswer", try enrolled.encoded()),
            ("SyncAnswer", try answer.encoded()), ("CommitBlock", block),
            ("SyncRequest", try SyncRequest(cursor: cursor).encoded()),
        ]
        for (form, bytes) in forms {
            #expect(try decode(bytes).text("form") == form)
            #expect(try decode(Array(Hex.encode(bytes).utf8)).text("form") == form)
        }
        #expect(!(try ana.run("decode", "message.bin").output.contains("5a5a5a")))
    }

    @Test("What is no message is refused in words")
    func rubbish() throws {
        let outcome = try ana.run(["decode", "-"], input: "Dear Rosa")
        #expect(outcome.code == 1)
        #expect(
            outcome.errors.hasPrefix("Error: Standard input holds no message that Fieldbook knows.")
        )
        #expect(try ana.run(["decode", "-"], input: "").code == 1)
    }
}
