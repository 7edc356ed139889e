import Replication
import Testing

extension MergeCase: CustomTestStringConvertible {
    static let all = MergeCasesOfFields.all + MergeCasesOfRecords.all

    var testDescription: String { name }
}

@Suite("The vectors of merging")
struct MergeVectorTests {
    @Test(arguments: MergeCase.all)
    func everyArrivalGivesTheReadingWrittenByHand(_ sample: MergeCase) {
        for arrival in sample.arrivals {
            let state = sample.state(after: arrival)
            #expect(state.cells.map { CellReading($0) } == sample.cells, "\(arrival)")
            #expect(state.life == sample.life, "\(arrival)")
            #expect(state == sample.state(after: sample.arrivals[0]))
        }
    }

    /// A vector that a mistake passes would be none.
    @Test(arguments: MergeCase.all)
    func everyMistakeReadsSomethingElse(_ sample: MergeCase) {
        #expect(!sample.wrong.isEmpty)
        for wrong in sample.wrong {
            if let life = wrong.life { #expect(life != sample.life, "\(wrong.name)") }
            guard let cell = wrong.cell else { continue }
            let right = sample.cells.filter { $0.field == cell.field }
            #expect(!right.contains { $0.agrees(with: cell) }, "\(wrong.name)")
        }
    }

    @Test func theFirstCaseIsTheOverwriterThatComesFirst() throws {
        let first = try #require(MergeCase.all.first)
        #expect(first.arrivals.first == [["b1", "a1"]])
    }

    @Test func theFileHoldsTheseCases() throws {
        try VectorFile.check("merge.json", MergeFile())
    }
}

private struct MergeFile: Encodable {
    let about = [
        "All commits of a case are on one record. Each arrival is applied to an empty state, from",
        "left to right; | ends what one replica got: its state is merged into that of those before.",
        "Every arrival of a case must end in the same reading. Dots are device:seq. Stamps are 8",
        "bytes in hexadecimal digits. A cell's conflict lists live writes of different values, the",
        "winner first. The entries under wrong show only what the mistake would read differently.",
    ]
    let cases = MergeCase.all.map { CaseJSON($0) }
}

private struct CaseJSON: Encodable {
    let name: String
    let why: String
    let commits: [EntryJSON]
    let arrivals: [String]
    let cells: [CellReading]
    let life: String
    let fingerprint: String
    let wrong: [WrongJSON]

    struct WrongJSON: Encodable {
        let name: String
        let cell: CellReading?
        let life: String?
    }

    init(_ sample: MergeCase) {
        name = sample.name
        why = sample.why
        commits = sample.commits.map { EntryJSON(.commit($0.commit), name: $0.name) }
        arrivals = sample.arrivals.map { arrival in
            arrival.map { $0.joined(separator: " ") }.joined(separator: " | ")
        }
        cells = sample.cells
        life = "\(sample.life)"
        let key = sample.commits[0].commit.key
        let state = sample.state(after: sample.arrivals[0])
        fingerprint = Fingerprint(of: key, state).description
        wrong = sample.wrong.map { wrong in
            WrongJSON(name: wrong.name, cell: wrong.cell, life: wrong.life.map { "\($0)" })
        }
    }
}
