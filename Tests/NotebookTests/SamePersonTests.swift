import Notebook
import Replication
import Store
import Testing
import Wording

@Suite("Two entries of one person")
struct SamePersonTests {
    let ana: Desk
    /// The older entry.
    let rosa: RecordID
    let other: RecordID

    init() throws {
        ana = try Desk.open()
        rosa = try ana.add("Rosa Alvarez", phone: "612-555-0100")
        other = try ana.add("R. Alvarez", phone: "612-555-0199")
    }

    private var book: Notebook { ana.notebook }

    private func meet(_ person: RecordID, _ text: String, next: String? = nil) throws {
        try book.log(
            OneToOneNotes(on: book.today, summary: text, next: next), with: person)
    }

    @Test("Are one in every list, with everything of both")
    func oneInEveryList() throws {
        try meet(rosa, "dialysis", next: "call")
        try meet(other, "bus stops", next: "write")
        try book.promise("bring six", by: other, due: book.today + -1)
        try book.link(other, rosa)

        #expect(try ana.names == ["Rosa Alvarez"])
        for entry in [rosa, other] {
            let person = try #require(try book.person(entry))
            #expect(person.id == rosa)
            #expect(person.phones == ["612-555-0100", "612-555-0199"])
            #expect(person.names == ["Rosa Alvarez", "R. Alvarez"])
            #expect(try book.oneToOnes(with: entry).count == 2)
            #expect(try book.commitments(of: entry).map(\.what) == ["bring six"])
        }
        let row = try #require(try book.turfList(nil).first)
        #expect(try book.turfList(nil).count == 1)
        #expect(row.name == "Rosa Alvarez" && row.state == .overdue)
        #expect(row.lastMet == book.today && row.owed.count == 1)
        let due = try book.due()
        #expect(due.map(\.person) == [rosa, rosa, rosa])
        #expect(Set(due.map(\.personName)) == ["Rosa Alvarez"])
        let found = try book.find("Alvarez")
        #expect(found.map(\.title.words) == ["Rosa Alvarez"])
        #expect(
            try book.find("stops").map(\.title.forScripts) == [
                "one-to-one with Rosa Alvarez, 2026-03-03"
            ])
        #expect(try book.findPerson("alvarez") == rosa)
        #expect(try book.findPerson("R. Alvarez") == other)
    }

    @Test("Are two again when it is taken back, each with all that it had")
    func takenBack() throws {
        try meet(rosa, "dialysis")
        let before = try (book.people(), book.turfList(nil), book.oneToOnes(with: rosa))
        try book.link(rosa, other)
        try book.unlink(other, rosa)
        #expect(try book.people() == before.0)
        #expect(try book.turfList(nil) == before.1)
        #expect(try book.oneToOnes(with: rosa) == before.2)
        #expect(try book.oneToOnes(with: other).isEmpty)
        #expect(throws: NotebookError.notLinked) { try book.unlink(rosa, other) }
    }

    @Test("What the first does not say, the second one says")
    func whatTheFirstDoesNotSay() throws {
        try book.edit(other, PersonDetails(email: "r@example.org"))
        try book.edit(rosa, PersonDetails(phone: ""))
        try book.link(rosa, other)
        let person = try #require(try book.person(other))
        #expect(person.email == "r@example.org" && person.phone == "612-555-0199")
        #expect(person.others.map(\.name) == ["R. Alvarez"])
        #expect(try book.entry(rosa)?.email == nil)
    }

    @Test("Are not linked twice, nor one with itself")
    func refusals() throws {
        try book.link(rosa, other)
        let before = try ana.commits().count
        #expect(throws: NotebookError.alreadyOne) { try book.link(other, rosa) }
        #expect(throws: NotebookError.sameEntry) { try book.link(rosa, rosa) }
        #expect(try ana.commits().count == before)
    }

    @Test("Are linked by chains; what is taken out of one leaves the rest")
    func chains() throws {
        let third = try ana.add("Rosie")
        try book.link(other, third)
        try book.link(rosa, other)
        #expect(try ana.names == ["Rosa Alvarez"])
        #expect(throws: NotebookError.alreadyOne) { try book.link(rosa, third) }
        // They are one through the entry between them alone.
        #expect {
            try book.unlink(rosa, third)
        } throws: { error in
            guard case .oneThrough(let chain)? = error as? NotebookError else { return false }
            return chain.map(\.id) == [rosa, other, third]
        }
        try book.unlink(other, third)
        #expect(try ana.names == ["Rosa Alvarez", "Rosie"])
        #expect(try book.samePeople().areOne(rosa, other))
    }

    @Test("That were linked on two laptops are linked once")
    func linkedTwice() throws {
        let bo = try Desk.open(2)
        try bo.hear(ana)
        try book.link(rosa, other)
        try bo.notebook.link(other, rosa)
        try exchange(ana, bo)
        #expect(try ana.names == ["Rosa Alvarez"])
        #expect(try book.conflicts().isEmpty)
        try book.unlink(rosa, other)
        try bo.hear(ana)
        #expect(try bo.names.count == 2)
        #expect(try bo.notebook.conflicts().isEmpty)
    }

    @Test("That one calls the same and another calls two are two, until somebody settles it")
    func contested() throws {
        let bo = try Desk.open(2)
        try bo.hear(ana)
        try book.link(rosa, other)
        try bo.notebook.dismiss(rosa, other)
        try exchange(ana, bo)
        for desk in [ana, bo] {
            #expect(try desk.names == ["R. Alvarez", "Rosa Alvarez"])
            let conflict = try #require(try desk.notebook.conflicts().first)
            #expect(conflict.title.words == "Rosa Alvarez and R. Alvarez")
            #expect(Set(conflict.values.map(\.value.text)) == ["same", "different"])
            #expect(Set(conflict.values.map(\.by)) == ["Organizer 1", "Organizer 2"])
            let pair = try #require(try desk.notebook.contestedPairs().first)
            #expect([pair.a, pair.b] == [rosa, other] && pair.chain.isEmpty)
            #expect(try desk.notebook.likelyDuplicates().count == 0)
        }
        try bo.notebook.link(rosa, other)
        try ana.hear(bo)
        #expect(try ana.names == ["Rosa Alvarez"])
        #expect(try book.conflicts().isEmpty && book.contestedPairs().isEmpty)
    }

    @Test("Of a chain are two while somebody says so of its ends, and the chain is named")
    func contestedChain() throws {
        let (bo, third) = (try Desk.open(2), try ana.add("Rosie"))
        try bo.hear(ana)
        try book.link(rosa, other)
        try book.link(other, third)
        try bo.notebook.dismiss(rosa, third)
        try exchange(ana, bo)
        for desk in [ana, bo] {
            #expect(try desk.names.count == 3)
            let pair = try #require(try desk.notebook.contestedPairs().first)
            #expect(pair.chain == [rosa, other, third])
        }
        try bo.notebook.unlink(other, third)
        try ana.hear(bo)
        #expect(try ana.names == ["Rosa Alvarez", "Rosie"])
        #expect(try book.contestedPairs().isEmpty)
        // Where both are known, it does not come to that.
        #expect {
            try book.link(other, third)
        } throws: { error in
            guard case .calledDifferent(let two)? = error as? NotebookError else { return false }
            return two.map(\.id) == [rosa, third]
        }
        try book.link(rosa, third)
        #expect(try ana.names == ["Rosa Alvarez"])
    }

    @Test("That are called two are not proposed any more, on any laptop, nor those that are linked")
    func notProposed() throws {
        let bo = try Desk.open(2)
        let (luis, twin) = (try ana.add("Luis Ortiz"), try ana.add("luis ortiz"))
        try book.edit(other, PersonDetails(phone: "(612) 555-0100"))
        let pairs = try book.likelyDuplicates().first
        #expect(
            Set(pairs.map(\.reasons)) == [
                ["same phone", "same family name", "same initial"], ["same name"],
            ])
        #expect(pairs.allSatisfy { $0.score >= Linkage.threshold && $0.score <= 1 })
        try book.dismiss(luis, twin)
        try book.link(rosa, other)
        try bo.hear(ana)
        for desk in [ana, bo] {
            #expect(try desk.notebook.likelyDuplicates().count == 0)
            #expect(try desk.names.count == 3)
        }
        #expect(throws: NotebookError.alreadyDifferent) { try book.dismiss(twin, luis) }
        #expect(throws: NotebookError.notLinked) { try book.unlink(luis, twin) }
        // Who links them after all and takes that back has said nothing of them.
        try book.link(luis, twin)
        try book.unlink(luis, twin)
        #expect(try book.likelyDuplicates().first.map(\.a) == [luis])
    }

    @Test("Are proposed once with a third, and not at all when one of them was called another")
    func proposedOnce() throws {
        let third = try ana.add("Rosa Alvarez", phone: "612-555-0199")
        #expect(try book.likelyDuplicates().count == 2)
        try book.link(rosa, other)
        #expect(try book.likelyDuplicates().count == 1)
        try book.dismiss(other, third)
        #expect(try book.likelyDuplicates().count == 0)
    }

    @Test("Are still one when an entry is deleted: what was written about it stays with the other")
    func deleted() throws {
        try meet(rosa, "dialysis", next: "call")
        try meet(other, "bus stops")
        try book.link(rosa, other)
        try book.deletePerson(rosa)
        #expect(try ana.names == ["R. Alvarez"])
        #expect(try book.oneToOnes(with: other).count == 2)
        let row = try #require(try book.turfList(nil).first)
        #expect(row.id == other && row.followUp?.what == "call")
        #expect(try book.due().map(\.personName) == ["R. Alvarez"])
        #expect(
            try book.find("dialysis").map(\.title.words) == [
                "one-to-one with R. Alvarez, Tue 3 Mar"
            ])
        try book.restorePerson(rosa)
        #expect(try ana.names == ["Rosa Alvarez"])
        try book.deletePerson(rosa)
        try book.deletePerson(other)
        #expect(try ana.names.isEmpty && book.due().isEmpty)
    }

    @Test("In two turfs are each in their turf's list, with what is written of either")
    func twoTurfs() throws {
        let (north, south) = (try book.addTurf("North Side"), try book.addTurf("South Side"))
        try meet(rosa, "dialysis", next: "call")
        try book.promise("bring six", by: other, due: nil)
        try book.link(rosa, other)
        try book.assign([rosa], to: north)
        try book.assign([other], to: south)
        #expect(try ana.names == ["Rosa Alvarez"])
        let lists = try book.turfList(north) + book.turfList(south)
        #expect(lists.count == 2)
        #expect(lists.map(\.name) == ["Rosa Alvarez", "R. Alvarez"])
        let numbers = ["612-555-0100", "612-555-0199"]
        #expect(lists.map(\.phones) == [numbers, numbers.reversed()])
        #expect(lists.map(\.lastMet) == [book.today, book.today])
        #expect(lists.map(\.followUp?.what) == ["call", "call"])
        #expect(lists.map(\.owed.count) == [1, 1])
        #expect(try book.people(in: south).map(\.name) == ["R. Alvarez"])
    }

    @Test("Can be hundreds that were deleted")
    func hundredsDeleted() throws {
        let entries = try (0..<505).map { try ana.add("Rosa \($0)") }
        for entry in entries {
            try book.link(rosa, entry)
            try book.deletePerson(entry)
        }
        try meet(entries[500], "dialysis")
        let row = try #require(try book.turfList(nil).first { $0.id == rosa })
        #expect(row.lastMet == book.today)
    }

    @Test("Can be hundreds")
    func hundreds() throws {
        let entries =
            try [rosa] + (0..<300).map { try ana.add("Rosa \($0)", phone: "612-555-0100") }
        for (one, next) in zip(entries, entries.dropFirst()) { try book.link(one, next) }
        #expect(try ana.names == ["R. Alvarez", "Rosa Alvarez"])
        #expect(try book.turfList(nil).count == 2)
        #expect(try book.likelyDuplicates().count == 0)
        try book.unlink(entries[150], entries[151])
        #expect(try ana.names.sorted() == ["R. Alvarez", "Rosa 150", "Rosa Alvarez"])
    }
}
