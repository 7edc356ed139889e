import FoundationEssentials
import SwiftProtobuf

/// The version of the protocol that this program speaks.
package let protocolVersion: UInt32 = 1

/// A message of the exchange: a protobuf frame around columnar blocks.
package protocol Frame: Sendable {
    /// The frame's bytes, before compression.
    func encoded() throws -> [UInt8]
    /// Reads a frame. Throws `WireError` for whatever is not one.
    init(decoding bytes: [UInt8]) throws
}

extension SwiftProtobuf.Message {
    /// Unknown fields are skipped, as Protocol Buffers do.
    init(frame bytes: [UInt8]) throws(WireError) {
        do {
            try self.init(serializedBytes: bytes)
        } catch {
            throw .malformed
        }
    }

    func frameBytes() throws -> [UInt8] { try serializedBytes() }
}

extension Data {
    /// What the bytes of a frame's field make. Throws `WireError.field` with its name where they do not
    /// have the one size.
    func sized<Thing>(
        _ field: String, _ make: ([UInt8]) -> Thing?
    ) throws(WireError) -> Thing {
        guard let thing = make(Array(self)) else { throw .field(field) }
        return thing
    }
}

func checkVersion(_ version: UInt32) throws(WireError) {
    guard version == protocolVersion else { throw .version(UInt64(version)) }
}

/// Frames keep the blocks' limit, so that no arithmetic on a seq overflows here or in a database.
func checkedSeq(_ seq: UInt64) throws(WireError) -> Seq {
    guard seq < Limits.seq else { throw .overLimit("a seq") }
    return seq
}

extension RecordKey {
    init(_ record: Fieldbook_V1_Record) throws(WireError) {
        guard record.kind < Limits.number else { throw .overLimit("a kind's number") }
        self.init(record.kind, try record.id.sized("Record.id") { RecordID(bytes: $0) })
    }

    var frame: Fieldbook_V1_Record {
        .with {
            $0.kind = kind
            $0.id = Data(id.bytes)
        }
    }
}
