import Replication
import Store
import Testing

/// What one act may be. Whatever is accepted here must pass through every decoder later.
@Suite("Limits of an act")
struct LimitTests {
    let store: Store

    init() throws {
        store = try Store.open()
    }

    @Test func aValueHasALimit() throws {
        let ada = try store.add("Ada")
        let longest = String(repeating: "x", count: Limits.valueBytes)
        try store.act(Edit(ada, [.set(.notes, .text(longest))]))
        #expect(try store.unsentCommits().count == 2)
        #expect(throws: StoreError.valueTooLarge(field: "notes")) {
            try store.act(Edit(ada, [.set(.notes, .text(longest + "x"))]))
        }
        #expect(throws: StoreError.valueTooLarge(field: "field 40")) {
            try store.act(Edit(ada, [.set(.nickname, .text(longest + "x"))]))
        }
        #expect(try store.column("notes", of: ada) == longest)
        #expect(try store.meta().head.seq == 2)
    }

    @Test func anActHasALimit() throws {
        let edits = (0...Limits.actCommits).map { number in
            Edit(RecordKey(.meeting, RecordID(rawValue: UInt128(number))), [.set(16, .keep, .null)])
        }
        let refusal = #expect(throws: StoreError.self) {
            try store.act(edits)
        }
        #expect(
            refusal.map { "\($0)" } == """
                This would change 4097 records at once, which is more than a hub takes. Nothing \
                was saved. Do it in smaller parts.
                """)
        #expect(try store.meta().head.seq == 0)
        try store.act(Array(edits.dropLast()))
        #expect(try store.unsentCommits().count == Limits.actCommits)
    }

    // An act travels whole, so that one that no request can hold would block the notebook for ever.
    @Test func anActHasALimitInBytesToo() throws {
        let note = String(repeating: "x", count: 60 << 10)
        let edits = (0..<100).map { number in
            Edit(
                RecordKey(.person, RecordID(rawValue: UInt128(number))), [.set(.notes, .text(note))]
            )
        }
        #expect(throws: StoreError.actTooLarge(commits: 100)) { try store.act(edits) }
        #expect(try store.meta().head.seq == 0)
        try store.act(Array(edits.prefix(12)))
    }

    // A commit of more writes than a decoder takes would block the notebook for ever.
    @Test func moreWritesThanACommitHoldsAreSeveralCommits() throws {
        let ada = try store.add("Ada")
        let elements = (0..<Limits.commitWrites * 2 + 1).map { Value.text("element \($0)") }
        let dots = try store.act(Edit(ada, elements.map { .insert(.languages, $0) }))
        #expect(dots.count == 3)
        let commits = try store.unsentCommits()
        #expect(commits.map(\.transaction) == [1, 4, 4, 4])
        #expect(try store.state(ada)?.elements(of: 20).count == elements.count)
        #expect(try store.verify().isOK)
    }
}
