import Histories
import Notebook
import Replication

/// A laptop by hand, which makes pushes of every shape that its seed decides.
struct Pusher {
    let key: DeviceKey
    private let member: MemberID
    private let congregation: RecordID
    private var head = ChainHead()
    private var dice: SplitMix64
    private var written: [(key: RecordKey, dot: Dot)] = []

    init(key: DeviceKey, member: MemberID, congregation: RecordID, seed: UInt64) {
        self.key = key
        self.member = member
        self.congregation = congregation
        dice = SplitMix64(seed: seed)
    }

    /// A request with the next push, which an honest hub takes.
    mutating func next() throws -> SyncRequest {
        let start = head
        let secret = SaltSecret(bytes: dice.bytes(32))
        let hasOwnSalts = dice.chance(30)
        var commits: [Commit] = []
        for _ in 0...dice.below(3) {
            let last = head.seq + UInt64(commits.count) + 1 + UInt64(dice.below(3))
            while head.seq + UInt64(commits.count) < last {
                let seq = head.seq + UInt64(commits.count) + 1
                let salt =
                    hasOwnSalts
                    ? Salt(bytes: dice.bytes(16)) : secret?.salt(for: Dot(key.device, seq))
                commits.append(commit(seq, act: last, salt))
            }
        }
        for digest in commits.compactMap(\.digest) { head = head.appending(digest) }
        return SyncRequest(
            push: Push(
                previous: start.hash, entries: commits.map { .commit($0) },
                secrets: hasOwnSalts ? [] : secret.map { [SaltRun(first: 1, secret: $0)] } ?? [],
                signature: try key.sign(
                    Push.signed(head, of: key.device, congregation: congregation))))
    }

    private mutating func commit(_ seq: Seq, act: Seq, _ salt: Salt?) -> Commit {
        let dot = Dot(key.device, seq)
        let known = dice.chance(40) ? written.randomElement(using: &dice) : nil
        let record = known?.key ?? RecordKey(Kind(1 + dice.below(9)), dice.id())
        written.append((record, dot))
        let milliseconds: UInt64 = 1_790_000_000_000 + seq * 1000
        return Commit(
            dot: dot, stamp: Stamp(milliseconds: milliseconds), author: member, key: record,
            transaction: act, salt: salt, writes: writes(over: known?.dot))
    }

    /// Some texts and numbers, over what a commit wrote before; a new record's space first.
    private mutating func writes(over dot: Dot?) -> [FieldWrite] {
        var writes: [FieldWrite] = []
        if dot == nil {
            let space = dice.chance(50) ? Space.organizers : Space.commons
            writes.append(
                FieldWrite(field: CommonField.space, rule: .latest, value: .id(space)))
        }
        for number in 0...dice.below(3) {
            writes.append(
                FieldWrite(
                    field: Field(16 + number), rule: number == 2 ? .set : .keep, value: value(),
                    overwrites: number == 0 ? dot.map { [$0] } ?? [] : []))
        }
        return writes
    }

    private mutating func value() -> Value {
        switch dice.below(5) {
        case 0: .int(Int64(bitPattern: dice.next()))
        case 1: .day(Int64(dice.below(30_000)))
        case 2: .null
        case 3: Value(type: ValueType(rawValue: 900), bytes: dice.bytes(dice.below(20)))
        default: .text(["Rosa", "José", "bus stops, asthma", "寺", ""][dice.below(5)])
        }
    }
}

extension SplitMix64 {
    /// 16 bytes.
    mutating func id() -> RecordID {
        let (high, low) = (UInt128(next()), UInt128(next()))
        return RecordID(rawValue: high << 64 | low)
    }
}
