import Histories
import Replication
import Testing

@Suite("Blocks of commits")
struct BlockTests {
    private func entries(of history: History, salted: Bool) -> [Entry] {
        var random = SplitMix64(seed: history.seed)
        return history.pool.map { commit in
            guard !random.chance(15) else {
                return .stub(commit.dot, SpoiledBlocks.digest(UInt8(random.below(256))))
            }
            var commit = commit
            if !salted { commit.salt = nil }
            return .commit(commit)
        }
    }

    @Test func everyListOfEntriesComesBack() throws {
        for seed in UInt64(0)..<400 {
            for salted in [true, false] {
                let entries = entries(of: History(seed: seed), salted: salted)
                let block = CommitBlock.encode(entries, withSalts: salted)
                let back = try CommitBlock.decode(block)
                #expect(back == entries, "seed \(seed)")
                #expect(CommitBlock.encode(back, withSalts: true) == block, "seed \(seed)")
            }
        }
    }

    @Test func aBlockMayBeEmptyOrHoldStubsAlone() throws {
        let stubs: [Entry] = [.stub(Dot(.a, 1), .empty), .stub(Dot(.a, 2), .empty)]
        for entries in [[], stubs] {
            let block = CommitBlock.encode(entries, withSalts: true)
            #expect(block == CommitBlock.encode(entries, withSalts: false))
            #expect(try CommitBlock.decode(block) == entries)
        }
    }

    /// The column of salts is there for all commits or for none; it has no way to skip one.
    @Test func saltsAreLeftOutUnlessEveryCommitHasOne() throws {
        let salted = Commit.by(.a, 1, salt: Salt(bytes: [UInt8](1...16)), .text(16, "x"))
        let bare = Commit.by(.a, 2, .text(16, "y"))
        let stub = Entry.stub(Dot(.a, 3), .empty)
        let both = try CommitBlock.decode(
            CommitBlock.encode([.commit(salted), .commit(bare), stub], withSalts: true))
        #expect(both.compactMap(\.commit).map(\.salt) == [nil, nil])
        let one = try CommitBlock.decode(
            CommitBlock.encode([.commit(salted), stub], withSalts: true))
        #expect(one == [.commit(salted), stub])
    }

    @Test func theLimitsThemselvesAreAllowed() throws {
        let commit = Commit(
            dot: Dot(.a, Limits.seq - UInt64(Limits.actCommits)),
            stamp: Stamp(rawValue: Stamp.limit.rawValue - 1),
            effective: Stamp(rawValue: 0), author: MemberID(of: .a),
            key: RecordKey(Kind(Limits.number - 1), RecordID(rawValue: .max)),
            transaction: Limits.seq - 1, salt: nil,
            writes: [
                FieldWrite(
                    field: Field(Limits.number - 1), rule: MergeRule(rawValue: 0x3FFF_FFFF),
                    value: Value(
                        type: ValueType(rawValue: 0x7FFF_FFFF),
                        bytes: [UInt8](repeating: 255, count: Limits.valueBytes)),
                    overwrites: (1...UInt64(Limits.writeOverwrites)).map { Dot(.b, $0) })
            ])
        let entries = [Entry.commit(commit), .stub(Dot(.a, Limits.seq - 1), .empty)]
        let block = CommitBlock.encode(entries, withSalts: false)
        #expect(try CommitBlock.decode(block) == entries)
        #expect(try Payload.decode(Payload.encode(commit.writes)) == commit.writes)
    }

    @Test func everySpoiledBlockIsRefusedForItsOwnReason() throws {
        let good = CommitBlock.encode(SpoiledBlocks.entries, withSalts: false)
        #expect(try CommitBlock.decode(good) == SpoiledBlocks.entries)
        #expect(try Columns(good).block == good)
        for spoiled in try SpoiledBlocks.all() {
            #expect(throws: spoiled.error, "\(spoiled.name)") {
                try CommitBlock.decode(spoiled.bytes)
            }
        }
    }
}
