import FoundationEssentials
import SwiftProtobuf

/// What a device asks of its hub: hello, push and pull in one.
package struct SyncRequest: Frame, Hashable {
    /// Nil before the first answer.
    package var cursor: Cursor?
    package var push: Push?
    /// Refusals up to this seq have been stored and need not be named again.
    package var refusalsSeen: Seq
    /// Records to be sent whole, whatever the cursor says.
    package var wanted: [RecordKey]

    package init(
        cursor: Cursor? = nil, push: Push? = nil, refusalsSeen: Seq = 0, wanted: [RecordKey] = []
    ) {
        self.cursor = cursor
        self.push = push
        self.refusalsSeen = refusalsSeen
        self.wanted = wanted
    }

    package init(decoding bytes: [UInt8]) throws {
        let frame = try Fieldbook_V1_SyncRequest(frame: bytes)
        try checkVersion(frame.version)
        cursor = frame.hasCursor ? try Cursor(frame.cursor) : nil
        push = frame.hasPush ? try Push(frame.push) : nil
        refusalsSeen = try checkedSeq(frame.refusalsSeen)
        wanted = try frame.wanted.map(RecordKey.init)
    }

    package func encoded() throws -> [UInt8] {
        try Fieldbook_V1_SyncRequest.with {
            $0.version = protocolVersion
            if let cursor { $0.cursor = cursor.frame }
            if let push { $0.push = push.frame }
            $0.refusalsSeen = refusalsSeen
            $0.wanted = wanted.map(\.frame)
        }.frameBytes()
    }
}
