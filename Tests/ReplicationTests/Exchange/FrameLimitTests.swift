import Replication
import Testing

/// Frames by hand that a right client never sends.
@Suite("Sizes and limits of frames")
struct FrameLimitTests {
    private static let block = CommitBlock.encode([], withSalts: false)

    private func request(_ fields: (inout Proto) -> Void) throws -> SyncRequest {
        try SyncRequest(
            decoding: Proto {
                $0.varint(1, 1)
                fields(&$0)
            }.bytes)
    }

    private func answer(
        hub: Int = 8, epoch: Int = 8, chain: Int = 32, _ fields: (inout Proto) -> Void = { _ in }
    ) throws -> SyncAnswer {
        try SyncAnswer(
            decoding: Proto { frame in
                frame.varint(1, 1)
                frame.message(2) { cursor in
                    cursor.zeros(1, hub)
                    cursor.zeros(2, epoch)
                }
                frame.zeros(4, chain)
                fields(&frame)
            }.bytes)
    }

    private func push(
        previous: Int = 32, secret: Int = 32, firsts: [UInt64] = [1]
    ) throws -> SyncRequest {
        try request { frame in
            frame.message(3) { push in
                push.zeros(1, previous)
                push.bytes(2, Self.block)
                for first in firsts {
                    push.message(3) { run in
                        run.varint(1, first)
                        run.zeros(2, secret)
                    }
                }
                push.zeros(4, 64)
            }
        }
    }

    @Test func idsAndDigestsHaveOneSize() throws {
        _ = try answer()
        _ = try push()
        for wrong in [0, 7, 9, 15, 17, 31, 33] {
            #expect(throws: WireError.field("Cursor.hub")) { try answer(hub: wrong) }
            #expect(throws: WireError.field("Cursor.epoch")) { try answer(epoch: wrong) }
            #expect(throws: WireError.field("SyncAnswer.chain")) { try answer(chain: wrong) }
            #expect(throws: WireError.field("Push.previous")) { try push(previous: wrong) }
            #expect(throws: WireError.field("Secret.secret")) { try push(secret: wrong) }
            #expect(throws: WireError.field("Record.id")) {
                try request { $0.message(5) { $0.zeros(2, wrong) } }
            }
            #expect(throws: WireError.field("Record.id")) {
                try answer { $0.message(9) { $0.zeros(2, wrong) } }
            }
        }
    }

    @Test func enrolmentHasItsSizes() throws {
        func ask(code: Int = 16, key: Int = 32, member: Int = 16) throws -> EnrolRequest {
            try EnrolRequest(
                decoding: Proto {
                    $0.varint(1, 1)
                    $0.zeros(2, code)
                    $0.zeros(3, key)
                    $0.zeros(4, member)
                }.bytes)
        }
        func answer(
            hub: Int = 8, epoch: Int = 8, congregation: Int = 16, person: Int = 0, space: Int = 16
        ) throws -> EnrolAnswer {
            try EnrolAnswer(
                decoding: Proto {
                    $0.varint(1, 1)
                    $0.zeros(2, hub)
                    $0.zeros(3, epoch)
                    $0.zeros(4, congregation)
                    $0.zeros(7, person)
                    $0.zeros(9, space)
                }.bytes)
        }
        _ = try ask()
        #expect(try answer().person == nil)
        #expect(try answer(person: 16).person == RecordID(rawValue: 0))
        for wrong in [1, 7, 15, 17, 33] {
            #expect(throws: WireError.field("EnrolRequest.code")) { try ask(code: wrong) }
            #expect(throws: WireError.field("EnrolRequest.public_key")) { try ask(key: wrong) }
            #expect(throws: WireError.field("EnrolRequest.member")) { try ask(member: wrong) }
            #expect(throws: WireError.field("EnrolAnswer.hub")) { try answer(hub: wrong) }
            #expect(throws: WireError.field("EnrolAnswer.epoch")) { try answer(epoch: wrong) }
            #expect(throws: WireError.field("EnrolAnswer.congregation")) {
                try answer(congregation: wrong)
            }
            #expect(throws: WireError.field("EnrolAnswer.person")) { try answer(person: wrong) }
            #expect(throws: WireError.field("EnrolAnswer.scope")) { try answer(space: wrong) }
        }
    }

    /// A seq above the limit would trap where it meets arithmetic or a database's signed integer.
    @Test func seqsStampsAndKindsStayBelowTheirLimits() throws {
        let seq = WireError.overLimit("a seq")
        let most = Limits.seq - 1
        #expect(try request { $0.varint(4, most) }.refusalsSeen == most)
        #expect(try answer { $0.varint(3, most) }.acknowledged.seq == most)
        for wrong in [Limits.seq, 1 << 63, .max] {
            #expect(throws: seq) { try request { $0.varint(4, wrong) } }
            #expect(throws: seq) { try push(firsts: [wrong]) }
            #expect(throws: seq) { try answer { $0.varint(3, wrong) } }
            #expect(throws: seq) { try answer { $0.message(5) { $0.varint(1, wrong) } } }
            #expect(throws: seq) { try answer { $0.message(6) { $0.varint(1, wrong) } } }
        }
        for wrong in [1 << 63, .max] as [UInt64] {
            #expect(throws: WireError.overLimit("a stamp")) {
                try answer { $0.message(6) { $0.fixed(2, wrong) } }
            }
        }
        for wrong in [Limits.number, 0xFFFF_FFFF] {
            #expect(throws: WireError.overLimit("a kind's number")) {
                try request {
                    $0.message(5) {
                        $0.varint(1, wrong)
                        $0.zeros(2, 16)
                    }
                }
            }
        }
    }

    @Test func secretsAscend() throws {
        #expect(try push(firsts: [1, 2]).push?.secrets.count == 2)
        #expect(throws: WireError.field("Push.secrets")) { try push(firsts: [2, 1]) }
        #expect(throws: WireError.field("Push.secrets")) { try push(firsts: [2, 2]) }
    }
}
