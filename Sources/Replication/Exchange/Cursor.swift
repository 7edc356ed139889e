import FoundationEssentials
import SwiftProtobuf

/// A random name for a hub's log: a new one after every restore.
package struct Epoch: Hashable, Sendable {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }

    /// Reads 8 bytes, most significant first; nil for any other count.
    package init?(bytes: some Collection<UInt8>) {
        guard let id = DeviceID(bytes: bytes) else { return nil }
        rawValue = id.rawValue
    }

    package var bytes: [UInt8] { DeviceID(rawValue: rawValue).bytes }
}

/// How far a device has read a hub's log, space by space.
///
/// A newly granted space starts at 0 while the others go on, so that it is sent whole.
package struct Cursor: Hashable, Sendable {
    package var hub: DeviceID
    package var epoch: Epoch
    /// By space; `Space.all` alone for a reader of everything.
    package var positions: [SpaceID: UInt64]
    /// The hub's mark of its log up to the highest position, by which it tells this log from another
    /// that has grown from the same backup. A device gives it back as it came.
    package var mark: UInt64
    /// By which the hub knows that it gave this cursor.
    package var seal: UInt64

    package init(
        hub: DeviceID, epoch: Epoch, positions: [SpaceID: UInt64] = [:], mark: UInt64 = 0,
        seal: UInt64 = 0
    ) {
        self.hub = hub
        self.epoch = epoch
        self.positions = positions
        self.mark = mark
        self.seal = seal
    }

    package var scope: Scope { Scope(ids: Array(positions.keys)) }

    /// The same cursor for exactly the spaces of `scope`: new ones begin at 0.
    package func covering(_ scope: Scope) -> Cursor {
        var cursor = self
        cursor.positions = [:]
        for space in scope.ids { cursor.positions[space] = positions[space] ?? 0 }
        return cursor
    }

    /// The same cursor with every position moved up to `seq`, never down.
    package func advanced(to seq: UInt64) -> Cursor {
        var cursor = self
        cursor.positions = positions.mapValues { max($0, seq) }
        return cursor
    }

    /// The position from which the log must be read for all of the cursor's spaces.
    package var lowest: UInt64 { positions.values.min() ?? 0 }

    /// The last place of the log that the device has been shown.
    package var highest: UInt64 { positions.values.max() ?? 0 }

    /// How far a space, or everything, has been read.
    package func position(of space: SpaceID) -> UInt64 {
        positions[Space.all] ?? positions[space] ?? 0
    }
}

extension Cursor {
    init(_ frame: Fieldbook_V1_Cursor) throws(WireError) {
        self.init(
            hub: try frame.hub.sized("Cursor.hub") { DeviceID(bytes: $0) },
            epoch: try frame.epoch.sized("Cursor.epoch") { Epoch(bytes: $0) },
            mark: frame.mark, seal: frame.seal)
        for position in frame.positions {
            let space = try position.space.sized("Position.space") { SpaceID(bytes: $0) }
            guard positions.updateValue(position.seq, forKey: space) == nil,
                position.seq < Limits.seq
            else { throw .field("Cursor.positions") }
        }
    }

    var frame: Fieldbook_V1_Cursor {
        .with {
            $0.hub = Data(hub.bytes)
            $0.epoch = Data(epoch.bytes)
            $0.mark = mark
            $0.seal = seal
            $0.positions = positions.sorted { $0.key < $1.key }.map { space, seq in
                .with {
                    $0.space = Data(space.bytes)
                    $0.seq = seq
                }
            }
        }
    }

    /// The frame's bytes, for keeping a cursor in a file.
    package func encoded() throws -> [UInt8] { try frame.frameBytes() }

    package init(decoding bytes: [UInt8]) throws(WireError) {
        try self.init(Fieldbook_V1_Cursor(frame: bytes))
    }
}
