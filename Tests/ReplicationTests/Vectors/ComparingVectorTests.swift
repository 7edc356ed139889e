import Histories
import Replication
import Testing

extension ComparingCase: CustomTestStringConvertible {
    var testDescription: String { name }
}

@Suite("The vectors of comparing")
struct ComparingVectorTests {
    /// The dots of an act that is given back: nobody else's.
    private static let next = Dot(DeviceID(rawValue: 1), 1)

    @Test(arguments: ComparingCase.all)
    func givesBackWhatIsWrittenByHand(_ sample: ComparingCase) {
        let testimony = Self.mine(sample).testimony(to: Self.state(sample.theirs))
        let given = testimony.commits(from: Self.next).flatMap { $0 }.map(Self.withoutOwnDots)
        #expect(given == sample.gives)
    }

    /// Who has given back what was lost has nothing more to give.
    @Test(arguments: ComparingCase.all)
    func givesNothingBackTwice(_ sample: ComparingCase) {
        var theirs = Self.state(sample.theirs)
        let mine = Self.mine(sample)
        for (index, writes) in mine.testimony(to: theirs).commits(from: Self.next).enumerated() {
            theirs.apply(
                Commit(
                    dot: Dot(Self.next.device, Seq(index + 1)), stamp: Stamp(milliseconds: 9_000),
                    author: MemberID(of: .a), key: .sample, transaction: Seq(index + 1), salt: nil,
                    writes: writes))
        }
        #expect(mine.testimony(to: theirs).isEmpty)
    }

    @Test func theFileHoldsTheseCases() throws {
        try VectorFile.check("comparing.json", ComparingFile())
    }

    private static func withoutOwnDots(_ write: FieldWrite) -> FieldWrite {
        FieldWrite(
            field: write.field, rule: write.rule, value: write.value, removes: write.removes,
            overwrites: write.overwrites.filter { $0.device != next.device })
    }

    private static func mine(_ sample: ComparingCase) -> RecordState {
        var state = RecordState()
        let died = sample.mine.flatMap { state.apply($0) }
        state.withdraw(
            sample.mine.filter { sample.refused.contains($0.dot) }, history: died)
        return state
    }

    private static func state(_ commits: [Commit]) -> RecordState {
        var state = RecordState()
        for commit in commits { state.apply(commit) }
        return state
    }
}

private struct ComparingFile: Encodable {
    let about = [
        "What two replicas have of one record, made of commits; which of these were refused, and not",
        "for something lost: they are taken back first; and what the one gives back to the other after the seven days, as an organizer and admin: the writes in order of cells and",
        "dots, where it lives first, a deletion last. A deletion also overwrites the dots of the",
        "commits before it, which stand in no file. None: theirs takes the place of mine.",
    ]
    let cases = ComparingCase.all.map { CaseJSON($0) }

    struct CaseJSON: Encodable {
        let name: String
        let why: String
        let mine: [EntryJSON]
        let refused: [String]
        let theirs: [EntryJSON]
        let gives: [WriteJSON]

        init(_ sample: ComparingCase) {
            name = sample.name
            why = sample.why
            mine = sample.mine.map { EntryJSON(.commit($0)) }
            refused = sample.refused.map(\.description)
            theirs = sample.theirs.map { EntryJSON(.commit($0)) }
            gives = sample.gives.map { WriteJSON($0) }
        }
    }
}
