import Histories
import Replication

/// Frames with something in every field, for round trips and for the vectors.
enum Frames {
    static let turf = SpaceID(rawValue: 0x018F_3C5A_7B00_7ABC_8DEF_0000_0000_0007)
    static let congregation = RecordID(rawValue: 0x018F_3C5A_7000_7000_8000_0000_0000_00C0)
    static let epoch = Epoch(rawValue: 0x0E0E_0E0E_0E0E_0E0E)
    static let secret = SaltSecret(bytes: [UInt8](0..<32))
    static let publicKey = PublicKey(
        bytes: Hex.decode(DeviceKeyTests.vectors[0].key) ?? [])

    static let cursor = Cursor(
        hub: DeviceID(rawValue: 0x4855_4200_0000_0001), epoch: epoch,
        positions: [Space.commons: 812, turf: 0], mark: 0x0102_0304_0506_0708,
        seal: 0x1112_1314_1516_1718)

    private static let pushed = Commit.by(
        .a, 8, at: 1_700_000_000_000, .text(16, "Ana", over: Dot(.b, 3)))

    /// The push's signature is no signature: frames do not check it, the door does.
    static let request = SyncRequest(
        cursor: cursor,
        push: Push(
            previous: SpoiledBlocks.digest(0x11),
            entries: [
                .commit(pushed), .stub(Dot(.a, 9), SpoiledBlocks.digest(0x22)),
            ],
            secrets: secret.map { [SaltRun(first: 8, secret: $0)] } ?? [],
            signature: [UInt8](repeating: 0x33, count: 64)),
        refusalsSeen: 4, wanted: [.sample, RecordKey(300, turf)])

    /// The same push with the salt itself instead of the secret that makes it.
    static let saltedRequest: SyncRequest = {
        var salted = request
        var commit = pushed
        commit.salt = secret?.salt(for: commit.dot)
        salted.push?.entries[0] = .commit(commit)
        salted.push?.secrets = []
        return salted
    }()

    static let firstRequest = SyncRequest()

    static let answer = SyncAnswer(
        cursor: cursor.advanced(to: 900),
        acknowledged: ChainHead(seq: 9, hash: SpoiledBlocks.digest(0x44)),
        refused: [Refusal(seq: 7, rule: "no-grant")],
        lowered: [Lowered(seq: 8, effective: Stamp(milliseconds: 1_699_999_999_999, counter: 3))],
        entries: [
            .commit(.by(.b, 4, at: 1_700_000_000_500, effective: 1_700_000_000_400, .deletes()))
        ],
        leave: [.sample], enter: [RecordKey(2, turf)], more: true, roles: ["organizer", "admin"])

    static let idleAnswer = SyncAnswer(
        cursor: Cursor(
            hub: cursor.hub, epoch: epoch, positions: [Space.all: 900], mark: cursor.mark,
            seal: cursor.seal),
        acknowledged: ChainHead(), roles: ["organizer"],
        fingerprint: Fingerprint(bytes: [UInt8](repeating: 0x55, count: 16)))

    /// What was acknowledged goes up again, after the hub was put back from a backup.
    static let again: SyncRequest = {
        var again = request
        again.push?.isAgain = true
        return again
    }()

    static let comparisons = [Compare.spaces, .buckets(turf), .records(turf, [0x07, 0xAB])].map {
        SyncRequest(cursor: idleAnswer.cursor, compare: $0)
    }

    static let sums: SyncAnswer = {
        var answer = idleAnswer
        let sum = Fingerprint(bytes: [UInt8](repeating: 0x66, count: 16)) ?? Fingerprint()
        answer.sums = [
            Sum(.space(Space.commons), sum), Sum(.bucket(0xAB), sum), Sum(.record(.sample), sum),
        ]
        answer.unknown = [RecordKey(300, turf)]
        return answer
    }()

    /// A device that takes a snapshot, and has blocks of one already.
    static let takesSnapshot = SyncRequest(
        cursor: cursor.covering(.spaces([Space.commons, turf])), takesSnapshot: true, snapshot: 812)

    /// What it is offered, of the one space that is new to it.
    static let offer: SyncAnswer = {
        var ahead = cursor
        ahead.positions[turf] = 850
        return SyncAnswer(
            cursor: cursor, acknowledged: ChainHead(), leave: [.sample], more: true,
            roles: ["leader"],
            snapshot: Snapshot(seq: 850, cursor: ahead, blocks: [snapshotBlock.block]))
    }()

    /// Two commits on one record, of which one is history, and an erasure.
    static let snapshotBlock = Snapshot.Block.make([
        .by(.a, 8, at: 1_700_000_000_000, .text(16, "Ana")),
        .by(.b, 3, at: 1_700_000_000_500, .text(16, "Anna", over: Dot(.a, 8))),
        .by(
            .b, 4, at: 1_700_000_000_600, on: RecordKey(2, turf),
            FieldWrite(field: CommonField.erased, value: .int(1))),
    ])

    static func enrolRequest(_ key: PublicKey) -> EnrolRequest {
        EnrolRequest(code: [UInt8](16..<32), publicKey: key, member: MemberID(of: .a))
    }

    /// The consent is no signature either.
    static func succession(_ key: PublicKey) -> EnrolRequest {
        EnrolRequest(
            code: [], publicKey: key, member: MemberID(of: .a),
            predecessors: [.init(publicKey: key, consent: [UInt8](repeating: 0x77, count: 64))])
    }

    static let points = SyncRequest(
        points: [4, 8].map { ChainHead(seq: $0, hash: SpoiledBlocks.digest(UInt8($0))) })

    /// Up to where, and a refusal that the device has not heard of.
    static let common: SyncAnswer = {
        var answer = idleAnswer
        answer.fingerprint = nil
        answer.common = 8
        answer.refused = [Refusal(seq: 6, rule: "erased")]
        return answer
    }()

    /// Of a notebook that belongs to the congregation already.
    static func usedEnrolRequest(_ key: PublicKey) -> EnrolRequest {
        var request = enrolRequest(key)
        request.isUsed = true
        return request
    }

    static let enrolAnswer = EnrolAnswer(
        hub: cursor.hub, epoch: epoch, congregation: congregation,
        congregationName: "St. Jos\u{E9}", name: "Ana", person: RecordKey.sample.id,
        roles: ["leader"], scope: .spaces([Space.commons, turf]))

    static let adminAnswer = EnrolAnswer(
        hub: cursor.hub, epoch: epoch, congregation: congregation,
        congregationName: "St. Jos\u{E9}", name: "Ruth", person: nil,
        roles: ["organizer", "admin"], scope: .everything)
}
