import Histories
import Replication
import Testing

@Suite("Stamps and clocks")
struct StampTests {
    @Test func aStampIsMillisecondsAndACounter() {
        let stamp = Stamp(milliseconds: 0x0123_4567_89AB, counter: 0xCDEF)
        #expect(stamp.rawValue == 0x0123_4567_89AB_CDEF)
        #expect(stamp.milliseconds == 0x0123_4567_89AB)
        #expect(stamp.counter == 0xCDEF)
        #expect(stamp < Stamp(milliseconds: 0x0123_4567_89AC))
    }

    @Test func theClockFollowsTheWallAndCountsWithinAMillisecond() {
        var clock = HybridClock()
        #expect(clock.next(milliseconds: 5) == Stamp(milliseconds: 5))
        #expect(clock.next(milliseconds: 5) == Stamp(milliseconds: 5, counter: 1))
        #expect(clock.next(milliseconds: 6) == Stamp(milliseconds: 6))
    }

    @Test func theCounterCarriesIntoTheMilliseconds() {
        var clock = HybridClock(last: Stamp(milliseconds: 5, counter: 0xFFFF))
        #expect(clock.next(milliseconds: 5) == Stamp(milliseconds: 6, counter: 0))
        #expect(clock.next(milliseconds: 5) == Stamp(milliseconds: 6, counter: 1))
    }

    @Test func aWallClockThatJumpsBackIsNotFollowed() {
        var clock = HybridClock()
        let before = clock.next(milliseconds: 1_000_000)
        let after = clock.next(milliseconds: 3)
        #expect(after.rawValue == before.rawValue + 1)
    }

    @Test func theClockGoesOnFromWhatItObserved() {
        var clock = HybridClock()
        clock.observe(Stamp(milliseconds: 70_000, counter: 9))
        #expect(clock.next(milliseconds: 10) == Stamp(milliseconds: 70_000, counter: 10))
        clock.observe(Stamp(milliseconds: 1))
        #expect(clock.next(milliseconds: 10) == Stamp(milliseconds: 70_000, counter: 11))
    }

    /// A commit signed in 2099 that the hub let through with today's effective stamp must not
    /// pull any clock along: what is folded is the winner's effective stamp.
    @Test func theSignedStampOfAClockThatIsAheadDoesNotSpread() throws {
        let ahead = Commit.by(.a, 1, at: 4_000_000_000_000, effective: 60_000, .text(16, "2099"))
        var clock = HybridClock(last: Stamp(milliseconds: 1_000))
        clock.observe(try #require(RecordState(ahead)[16]?.winner).effective)
        #expect(clock.next(milliseconds: 2_000) == Stamp(milliseconds: 60_000, counter: 1))
    }

    @Test func nearTheLimitTheClockStaysBelowIt() {
        let last = Stamp(rawValue: Stamp.limit.rawValue - 1)
        var clock = HybridClock(last: Stamp(rawValue: last.rawValue - 1))
        #expect(clock.next(milliseconds: 1) == last)
        #expect(clock.next(milliseconds: 1) == last)
        #expect(clock.next(milliseconds: .max) == last)
        var wild = HybridClock()
        #expect(wild.next(milliseconds: .max) < Stamp.limit)
    }
}
