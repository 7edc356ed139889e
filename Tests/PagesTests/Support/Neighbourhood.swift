import Notebook
import Replication
import Store
import Testing

/// A parish with two turfs, people on both, and things that no leader may read.
struct Neighbourhood {
    let parish: Parish
    let north: RecordID
    let south: RecordID
    /// Overdue; has a next step, and promises in both directions.
    let rosa: RecordID
    let step: RecordID
    let theirs: RecordID
    let ours: RecordID
    /// In the other turf, and without one.
    let farStep: RecordID
    let farPromise: RecordID
    let looseStep: RecordID
    /// Signed in: leads the north.
    let lena: String
    let olga: String

    init() throws {
        parish = try Parish()
        let book = parish.book
        let today = book.today
        north = try book.addTurf("North side")
        south = try book.addTurf("South \(Parish.canary)")
        rosa = try book.add(PersonDetails(name: "Rosa Álvarez", phone: "612-555-0100", turf: north))
        step = try book.log(
            OneToOneNotes(
                on: today + -54, place: "her kitchen", summary: "\(Parish.canary) summary",
                heard: ["\(Parish.canary) rent"], next: "Ask her to host a house meeting",
                due: today + -4), with: rosa)
        theirs = try book.promise("bring three neighbours", by: rosa, due: today + 3)
        ours = try book.promise("send the bus times", by: rosa, due: today, theirs: false)
        let jose = try book.add(PersonDetails(name: "José Nguyễn", phone: "ask", turf: north))
        try book.log(OneToOneNotes(on: today + -1), with: jose)
        try book.add(PersonDetails(name: "Mai Xiong", turf: north))
        let far = try book.add(
            PersonDetails(name: "Far \(Parish.canary)", phone: "612-555-0999", turf: south))
        farStep = try book.log(OneToOneNotes(on: today, next: "see \(Parish.canary)"), with: far)
        farPromise = try book.promise("pay \(Parish.canary)", by: far, due: nil)
        let loose = try book.add(PersonDetails(name: "Loose \(Parish.canary)"))
        looseStep = try book.log(OneToOneNotes(on: today, next: "find a turf"), with: loose)
        try Self.judge(rosa, step, book)
        lena = parish.session("Lena Lopez", turfs: [north])
        olga = parish.session("Olga Organizer", isOrganizer: true)
    }

    /// What organizers alone read about somebody in the north.
    private static func judge(_ person: RecordID, _ meeting: RecordID, _ book: Notebook) throws {
        let assessment = Assessment.key(book.store.environment.newID())
        let reflection = Reflection.key(book.store.environment.newID())
        try book.store.write { transaction in
            _ = try transaction.commit(
                [
                    Edit(
                        assessment,
                        [
                            .set(Assessment.person, .id(person)), .set(Assessment.level, .int(77)),
                            .set(Assessment.basis, .text("\(Parish.canary) basis")),
                        ]),
                    Edit(
                        reflection,
                        [
                            .set(Reflection.oneToOne, .id(meeting)),
                            .set(Reflection.story, .text("\(Parish.canary) story")),
                            .set(Reflection.selfInterest, .text("\(Parish.canary) interest")),
                        ]),
                ], by: book.me.member)
        }
    }

    func meeting(_ id: RecordID, with person: RecordID) throws -> OneToOne {
        try #require(try parish.book.oneToOnes(with: person).first { $0.id == id })
    }

    func promise(_ id: RecordID) throws -> Commitment {
        try #require(try parish.book.commitments().first { $0.id == id })
    }
}
