import Histories
import Replication
import Testing

@Suite("Deleting, restoring and erasing")
struct LifeTests {
    private let made = Commit.by(.a, 1, .moves(to: Space.commons), .text(16, "Ana"))

    private func delete(_ state: RecordState, by device: DeviceID, _ seq: Seq) -> Commit {
        .by(device, seq, at: 5_000, state.deletion)
    }

    @Test func aDeleteThatSawAllDeletes() {
        var state = RecordState(made)
        #expect(state.life == .alive)
        state.apply(delete(state, by: .b, 1))
        #expect(state.life == .deleted)
        #expect(state.conflicts.isEmpty)
        #expect(state[16]?.live.count == 1)
    }

    @Test func anEditBesideADeleteKeepsTheRecord() {
        let before = RecordState(made)
        let edit = Commit.by(.c, 1, .text(16, "Anna", over: made.dot))
        var state = before
        state.apply(delete(before, by: .b, 1))
        state.apply(edit)
        #expect(state.life == .deletedWhileEdited)
        #expect(state.uncovered.map(\.write.dot) == [edit.dot])
        #expect(state.conflicts == [CellKey(field: CommonField.life)])
        state.apply(delete(state, by: .b, 2))
        #expect(state.life == .deleted)
    }

    /// The delete names the dots of all fields, so it must not matter in which field an edit is.
    @Test func anEditOfANewFieldKeepsTheRecordToo() {
        let before = RecordState(made)
        var state = before
        state.apply(.by(.c, 1, .text(17, "new")))
        state.apply(delete(before, by: .b, 1))
        #expect(state.life == .deletedWhileEdited)
    }

    @Test func restoringBringsBackEveryValue() {
        var state = RecordState(made)
        state.apply(delete(state, by: .b, 1))
        let restore = Commit.by(.c, 1, state.restoration)
        state.apply(restore)
        #expect(state.life == .alive)
        #expect(state.value(of: 16) == .text("Ana"))
        state.apply(delete(state, by: .b, 2))
        #expect(state.life == .deleted)
        #expect(state[CommonField.life]?.dead.contains(restore.dot) == true)
    }

    @Test func aDeleteBesideARestoreLeavesTheRecordAlive() {
        var state = RecordState(made)
        let seen = state
        state.apply(delete(seen, by: .b, 1))
        let restored = Commit.by(.c, 1, state.restoration)
        state.apply(delete(seen, by: .a, 2))
        state.apply(restored)
        #expect(state.life == .alive)
        #expect(state[CommonField.life]?.conflict?.count == 2)
    }

    @Test func twoDeletesAreOne() {
        let seen = RecordState(made)
        var state = seen
        state.apply(delete(seen, by: .b, 1))
        state.apply(delete(seen, by: .c, 1))
        #expect(state.life == .deleted)
        #expect(state.conflicts.isEmpty)
        state.apply(.by(.a, 2, state.restoration))
        #expect(state.life == .alive)
    }

    @Test func anErasureLeavesNothingAndOutlivesLateCommits() {
        let erasure = Commit.by(.c, 1, .erases)
        let late = Commit.by(.b, 1, .text(16, "late", over: made.dot))
        let states = [
            RecordState(made, late, erasure), RecordState(erasure, made, late),
            RecordState(late, erasure, made, erasure),
        ]
        for state in states {
            #expect(state == RecordState(erasure))
            #expect(state.life == .erased)
            #expect(state.cells.map(\.key.field) == [CommonField.erased])
        }
        var merged = RecordState(made, late)
        merged.merge(RecordState(erasure))
        #expect(merged == RecordState(erasure))
        merged.merge(RecordState(made))
        #expect(merged == RecordState(erasure))
    }
}
