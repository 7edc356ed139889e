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
    /// Points of the device's own chain, in ascending order: the answer names the last of them
    /// that the hub's chain goes through.
    package var points: [ChainHead]
    /// Which sums the device wants to compare with its own.
    package var compare: Compare?
    /// A snapshot may come in place of a page.
    package var takesSnapshot: Bool
    /// The place of the log up to which the snapshot goes of which the device holds blocks, while its
    /// cursor is not there yet; 0 for none.
    package var snapshot: UInt64

    package init(
        cursor: Cursor? = nil, push: Push? = nil, refusalsSeen: Seq = 0, wanted: [RecordKey] = [],
        points: [ChainHead] = [], compare: Compare? = nil, takesSnapshot: Bool = false,
        snapshot: UInt64 = 0
    ) {
        self.cursor = cursor
        self.push = push
        self.refusalsSeen = refusalsSeen
        self.wanted = wanted
        self.points = points
        self.compare = compare
        self.takesSnapshot = takesSnapshot
        self.snapshot = snapshot
    }

    package init(decoding bytes: [UInt8]) throws {
        let frame = try Fieldbook_V1_SyncRequest(frame: bytes)
        try checkVersion(frame.version)
        cursor = frame.hasCursor ? try Cursor(frame.cursor) : nil
        push = frame.hasPush ? try Push(frame.push) : nil
        refusalsSeen = try checkedSeq(frame.refusalsSeen)
        wanted = try frame.wanted.map(RecordKey.init)
        points = try frame.points.map { point in
            ChainHead(
                seq: try checkedSeq(point.seq),
                hash: try point.hash.sized("Point.hash") { Digest(bytes: $0) })
        }
        guard points.count <= Limits.points else { throw WireError.overLimit("points") }
        compare = frame.hasCompare ? try Compare(frame.compare) : nil
        takesSnapshot = frame.takesSnapshot
        snapshot = try checkedSeq(frame.snapshot)
    }

    package func encoded() throws -> [UInt8] {
        try Fieldbook_V1_SyncRequest.with {
            $0.version = protocolVersion
            if let cursor { $0.cursor = cursor.frame }
            if let push { $0.push = push.frame }
            $0.refusalsSeen = refusalsSeen
            $0.wanted = wanted.map(\.frame)
            $0.points = points.map { point in
                .with {
                    $0.seq = point.seq
                    $0.hash = Data(point.hash.bytes)
                }
            }
            if let compare { $0.compare = compare.frame }
            $0.takesSnapshot = takesSnapshot
            $0.snapshot = snapshot
        }.frameBytes()
    }
}
