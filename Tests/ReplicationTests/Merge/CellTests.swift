import Histories
import Replication
import Testing

@Suite("What a reader sees of a cell")
struct CellTests {
    private let ana = Commit.by(.a, 1, at: 1_000, .text(16, "Ana"))
    private let anna = Commit.by(.b, 1, at: 2_000, .text(16, "Anna"))

    private func dots(_ writes: [Write]?) -> [Dot]? { writes?.map(\.dot) }

    @Test func concurrentEditsAreBothKeptAndTheLatestIsShown() {
        let state = RecordState(ana, anna)
        #expect(state[16]?.live.count == 2)
        #expect(state.value(of: 16) == .text("Anna"))
        #expect(dots(state[16]?.conflict) == [anna.dot, ana.dot])
        #expect(state.conflicts == [CellKey(field: 16)])
    }

    @Test func theGreaterDotWinsAmongEqualStamps() {
        let state = RecordState(.by(.b, 1, .text(16, "b")), .by(.a, 2, .text(16, "a")))
        #expect(state[16]?.winner?.dot == Dot(.b, 1))
    }

    @Test func theEffectiveStampDecidesAndNotTheSignedOne() {
        let ahead = Commit.by(.a, 1, at: 9_000_000, effective: 1_000, .text(16, "from 2099"))
        let state = RecordState(ahead, anna)
        #expect(state.value(of: 16) == .text("Anna"))
    }

    @Test func theSmallerEffectiveStampHoldsInEitherOrder() {
        let first = RecordState(ana, ana.lowered(to: 500))
        let second = RecordState(ana.lowered(to: 500), ana)
        #expect(first == second)
        #expect(first[16]?.winner?.effective == Stamp(milliseconds: 500))
        var lowered = RecordState(ana)
        lowered.lower(ana.dot, to: Stamp(milliseconds: 500))
        #expect(lowered == first)
        lowered.lower(ana.dot, to: Stamp(milliseconds: 700))
        #expect(lowered == first)
    }

    @Test func equalValuesAreOneForTheReader() {
        let state = RecordState(ana, .by(.b, 1, .text(16, "Ana")))
        #expect(state[16]?.live.count == 2)
        #expect(state[16]?.conflict == nil)
        let third = RecordState(ana, .by(.b, 1, .text(16, "Ana")), .by(.c, 1, .text(16, "Anne")))
        #expect(dots(third[16]?.conflict) == [Dot(.c, 1), Dot(.b, 1)])
    }

    @Test func composedAndDecomposedTextDiffer() {
        let composed = "Jos\u{E9}"
        let decomposed = "Jose\u{301}"
        #expect(composed == decomposed)
        #expect(Value.text(composed) != .text(decomposed))
        let state = RecordState(
            .by(.a, 1, .text(16, composed)), .by(.b, 1, .text(16, decomposed)))
        #expect(state[16]?.conflict?.count == 2)
        let tags = RecordState(.by(.a, 1, .adds(19, composed)), .by(.b, 1, .adds(19, decomposed)))
        #expect(tags.elements(of: 19).count == 2)
    }

    @Test func aSettleNamesThemAllAndTwoSettlesConflictAnew() {
        let one = Commit.by(.a, 2, at: 3_000, .text(16, "Ann", over: ana.dot, anna.dot))
        let other = Commit.by(.c, 1, at: 4_000, .text(16, "Annie", over: ana.dot, anna.dot))
        let settled = RecordState(ana, anna, one)
        #expect(settled[16]?.conflict == nil)
        #expect(settled.value(of: 16) == .text("Ann"))
        let again = RecordState(ana, anna, one, other)
        #expect(dots(again[16]?.conflict) == [other.dot, one.dot])
        #expect(again[16]?.dead == [ana.dot, anna.dot])
    }

    @Test func latestNeverConflicts() {
        func latest(_ value: Int64) -> FieldWrite {
            FieldWrite(field: 18, rule: .latest, value: .int(value))
        }
        let state = RecordState(.by(.a, 1, at: 2, latest(7)), .by(.b, 1, at: 1, latest(8)))
        #expect(state[18]?.live.count == 2)
        #expect(state.value(of: 18) == .int(7))
        #expect(state[18]?.conflict == nil)
    }

    /// An immutable value cannot be overwritten, so a conflict of two could never be settled.
    @Test func ofImmutableValuesTheEarliestIsShownForGood() {
        func once(_ text: String) -> FieldWrite {
            FieldWrite(field: 20, rule: .once, value: .text(text))
        }
        let late = Commit.by(.a, 1, at: 2_000, once("late"))
        let early = Commit.by(.b, 1, at: 1_000, once("early"))
        let killer = Commit.by(.c, 1, at: 3_000, .text(20, "no", over: early.dot, late.dot))
        for state in [RecordState(late, early, killer), RecordState(killer, early, late)] {
            #expect(state.value(of: 20) == .text("early"))
            #expect(state[20]?.live.count == 3)
            #expect(state[20]?.conflict == nil)
        }
    }

    @Test func ofConcurrentMovesTheGreatestSignedStampWins() {
        let turf = SpaceID(rawValue: 77)
        let ahead = Commit.by(.a, 1, at: 9_000, effective: 1_000, .moves(to: turf))
        let normal = Commit.by(.b, 1, at: 2_000, .moves(to: Space.organizers))
        let state = RecordState(ahead, normal)
        #expect(state.value(of: CommonField.space) == .id(turf))
        #expect(state[CommonField.space]?.conflict?.map(\.dot) == [ahead.dot, normal.dot])
    }

    @Test func anAdditionWinsOverAConcurrentRemoval() {
        let add = Commit.by(.a, 1, .adds(19, "choir"))
        let remove = Commit.by(.b, 1, at: 2_000, .removes(19, "choir", over: add.dot))
        let again = Commit.by(.c, 1, at: 1_500, .adds(19, "choir", over: add.dot))
        #expect(RecordState(add).elements(of: 19) == [.text("choir")])
        #expect(RecordState(add, remove).elements(of: 19).isEmpty)
        let state = RecordState(again, remove, add)
        #expect(state.elements(of: 19) == [.text("choir")])
        #expect(state.conflicts.isEmpty)
        let seen = Commit.by(.b, 2, .removes(19, "choir", over: again.dot, remove.dot))
        #expect(RecordState(again, remove, add, seen).elements(of: 19).isEmpty)
    }

    @Test func elementsComeInOrderOfTheirBytes() {
        let state = RecordState(
            .by(.a, 1, .adds(19, "b")), .by(.a, 2, .adds(19, "")), .by(.a, 3, .adds(19, "a\u{1}")),
            .by(.a, 4, .adds(19, "a")),
            .by(.a, 5, FieldWrite(field: 19, rule: .set, value: .int(9))))
        #expect(state.elements(of: 19).map(\.text) == ["", "a", "a\u{1}", "b", nil])
    }

    @Test func aClearedFieldHasNoValue() {
        let cleared = Commit.by(.a, 2, FieldWrite(field: 16, value: .null, overwrites: [ana.dot]))
        #expect(RecordState(ana, cleared).value(of: 16) == nil)
        #expect(RecordState(ana, cleared)[16]?.live.count == 1)
    }

    /// A rule that this program does not know merges and conflicts like `keep`.
    @Test func unknownRulesMergeLikeKeep() {
        func unknown(_ byte: UInt8) -> FieldWrite {
            FieldWrite(
                field: 900, rule: MergeRule(rawValue: 9),
                value: Value(type: ValueType(rawValue: 77), bytes: [byte]))
        }
        let state = RecordState(.by(.a, 1, unknown(1)), .by(.b, 1, unknown(2)))
        #expect(state[900]?.conflict?.map(\.value.bytes) == [[2], [1]])
    }

    @Test func whatDiedIsToldWithItsCell() throws {
        var state = RecordState(ana)
        let next = Commit.by(.b, 1, .text(16, "Anna", over: ana.dot), .text(17, "x"))
        let died = state.apply(next)
        #expect(died.map(\.cell) == [CellKey(field: 16)])
        #expect(died.map(\.write.value) == [.text("Ana")])
        var late = RecordState(next)
        #expect(late.apply(ana).map(\.write.dot) == [ana.dot])
    }
}
