import FoundationEssentials
import SwiftProtobuf

/// What a device asks so as to find which records are not the same on the hub: the sums of the
/// spaces, then of a space's buckets, then of the records in some of them.
///
/// A bucket holds the records of a space whose id ends in the same byte.
package enum Compare: Hashable, Sendable {
    case spaces
    case buckets(SpaceID)
    case records(SpaceID, [UInt8])
}

/// The fingerprint of one record, or the sum of those of a bucket or a space.
package struct Sum: Hashable, Sendable {
    package enum Subject: Hashable, Sendable {
        case space(SpaceID)
        case bucket(UInt8)
        case record(RecordKey)
    }

    package let subject: Subject
    package let sum: Fingerprint

    package init(_ subject: Subject, _ sum: Fingerprint) {
        self.subject = subject
        self.sum = sum
    }
}

extension Compare {
    init(_ frame: Fieldbook_V1_Compare) throws(WireError) {
        guard !frame.space.isEmpty else {
            guard frame.buckets.isEmpty else { throw .field("Compare.space") }
            self = .spaces
            return
        }
        let space = try frame.space.sized("Compare.space") { SpaceID(bytes: $0) }
        guard frame.buckets.count <= 256 else { throw .overLimit("buckets") }
        self = frame.buckets.isEmpty ? .buckets(space) : .records(space, Array(frame.buckets))
    }

    var frame: Fieldbook_V1_Compare {
        .with { frame in
            switch self {
            case .spaces: break
            case .buckets(let space): frame.space = Data(space.bytes)
            case .records(let space, let buckets):
                frame.space = Data(space.bytes)
                frame.buckets = Data(buckets)
            }
        }
    }
}

extension Sum {
    init(_ frame: Fieldbook_V1_Sum) throws(WireError) {
        sum = try frame.sum.sized("Sum.sum") { Fingerprint(bytes: $0) }
        guard frame.kind == 0 else {
            guard frame.kind < Limits.number else { throw .overLimit("a kind's number") }
            subject = .record(
                RecordKey(frame.kind, try frame.id.sized("Sum.id") { RecordID(bytes: $0) }))
            return
        }
        subject =
            if frame.id.count == 1 { .bucket(frame.id[frame.id.startIndex]) } else {
                .space(try frame.id.sized("Sum.id") { SpaceID(bytes: $0) })
            }
    }

    var frame: Fieldbook_V1_Sum {
        .with { frame in
            frame.sum = Data(sum.bytes)
            switch subject {
            case .space(let space): frame.id = Data(space.bytes)
            case .bucket(let bucket): frame.id = Data([bucket])
            case .record(let key):
                frame.kind = key.kind
                frame.id = Data(key.id.bytes)
            }
        }
    }
}
