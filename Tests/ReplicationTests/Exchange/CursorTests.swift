import Histories
import Replication
import Testing

@Suite("Cursors and scopes")
struct CursorTests {
    private let cursor = Frames.cursor

    @Test func coveringKeepsWhatIsReadAndStartsNewSpacesAtZero() {
        let covered = cursor.covering(.spaces([Space.commons, Space.organizers]))
        #expect(covered.positions == [Space.commons: 812, Space.organizers: 0])
        #expect(covered.scope == .spaces([Space.commons, Space.organizers]))
        #expect(covered.hub == cursor.hub && covered.epoch == cursor.epoch)
        #expect(cursor.covering(.spaces([])).positions.isEmpty)
    }

    /// A reader of everything who is cut down to some spaces, or the other way round, reads them
    /// from the start: the position of the one says nothing of the other.
    @Test func betweenEverythingAndSomeSpacesReadingStartsAnew() {
        let everything = cursor.covering(.everything)
        #expect(everything.positions == [Space.all: 0])
        #expect(everything.scope == .everything)
        let far = everything.advanced(to: 900)
        #expect(far.covering(.everything) == far)
        #expect(far.covering(.spaces([Space.commons])).positions == [Space.commons: 0])
    }

    @Test func advancingNeverGoesBack() {
        let advanced = cursor.advanced(to: 500)
        #expect(advanced.positions == [Space.commons: 812, Frames.turf: 500])
        #expect(advanced.advanced(to: 1) == advanced)
        #expect(cursor.lowest == 0)
        #expect(advanced.lowest == 500)
        #expect(Cursor(hub: .a, epoch: Frames.epoch).lowest == 0)
    }

    @Test func thePositionOfEverythingIsThatOfEachSpace() {
        #expect(cursor.position(of: Space.commons) == 812)
        #expect(cursor.position(of: Space.organizers) == 0)
        let everything = Frames.idleAnswer.cursor
        #expect(everything.position(of: Space.organizers) == 900)
    }

    @Test func aCursorComesBack() throws {
        for cursor in [cursor, Frames.idleAnswer.cursor, Cursor(hub: .a, epoch: Frames.epoch)] {
            let bytes = try cursor.encoded()
            #expect(try Cursor(decoding: bytes) == cursor)
            #expect(try Cursor(decoding: bytes).encoded() == bytes)
        }
    }

    @Test func aSpaceTwiceOrASeqOverTheLimitIsMalformed() {
        func read(_ positions: [(UInt8, UInt64)]) throws -> Cursor {
            try Cursor(
                decoding: Proto { cursor in
                    cursor.zeros(1, 8)
                    cursor.zeros(2, 8)
                    for (space, seq) in positions {
                        cursor.message(3) {
                            $0.bytes(1, [UInt8](repeating: space, count: 16))
                            $0.varint(2, seq)
                        }
                    }
                }.bytes)
        }
        #expect(throws: Never.self) { try read([(1, 5), (2, Limits.seq - 1)]) }
        let error = WireError.field("Cursor.positions")
        #expect(throws: error) { try read([(1, 5), (1, 5)]) }
        #expect(throws: error) { try read([(1, Limits.seq)]) }
    }

    @Test func scopesListTheirSpacesInOrder() {
        let spaces = Scope.spaces([Frames.turf, Space.organizers, Space.commons])
        #expect(spaces.ids == [Space.commons, Space.organizers, Frames.turf])
        #expect(Scope(ids: spaces.ids) == spaces)
        #expect(Scope(ids: Scope.everything.ids) == .everything)
        #expect(Scope.everything.contains(Frames.turf))
        #expect(spaces.contains(Frames.turf))
        #expect(!Scope.spaces([]).contains(Space.commons))
    }
}
