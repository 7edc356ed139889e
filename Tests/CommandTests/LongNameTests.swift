import Foundation
import Notebook
import Replication
import Store
import Testing

@Suite("Names that nobody can bear")
struct LongNameTests {
    private static let name = String(repeating: "a", count: 20_000)

    @Test("A text that was pasted by mistake becomes nobody's name")
    func refused() throws {
        let ana = try Laptop()
        for command in [
            ["person", "add", Self.name], ["met", Self.name, "--new"], ["turf", "add", Self.name],
            ["record", "add", "person", "name=\(Self.name)"],
        ] {
            let outcome = try ana.run(command)
            #expect(outcome.code == 1)
            #expect(outcome.errors.contains("A name has at most 200 letters"), "\(outcome.errors)")
        }
        try ana.succeed("person", "add", String(repeating: "José ", count: 40))
        #expect(try ana.succeed("person", "list").hasSuffix("\n1 person\n"))
    }

    /// An older program, or somebody who means harm.
    @Test("Those that come from elsewhere hold nobody up", .timeLimit(.minutes(10)))
    func fromElsewhere() throws {
        let ana = try Laptop()
        let notebook = try ana.open()
        _ = try notebook.store.write { transaction in
            for number in 0..<12 {
                let words = number % 2 == 0 ? "a" : "Rosa\(number) "
                let name = String(repeating: words, count: 60_000 / words.utf8.count)
                try transaction.commit(
                    [
                        Edit(
                            Person.key(notebook.store.environment.newID()), home: Space.organizers,
                            [.set(Person.name.number, .keep, .text(name))])
                    ], by: notebook.me.member)
            }
        }
        try ana.succeed("person", "duplicates")
        try ana.succeed("person", "add", String(repeating: "A", count: 200))
        let list = try ana.succeed("person", "list")
        #expect(list.contains("…") && list.utf8.count < 20_000)
        #expect(
            try ana.json("person", "list").list("people").contains {
                $0.text("name")?.count == 60_000
            })
    }
}
