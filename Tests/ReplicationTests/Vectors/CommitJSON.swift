import Histories
import Replication

/// A commit, or a stub, as the vectors show it. Numbers of 64 bits and bytes are hexadecimal.
struct EntryJSON: Encodable {
    /// Stands for the commit in a list of arrivals.
    var name: String?
    var device: String
    var seq: Seq
    /// Of a stub, which has no more than this.
    var digest: String?
    var stamp: String?
    var effective: String?
    var author: String?
    var kind: Kind?
    var record: String?
    var transaction: Seq?
    var salt: String?
    var writes: [WriteJSON]?

    init(_ entry: Entry, name: String? = nil) {
        self.name = name
        device = entry.dot.device.description
        seq = entry.dot.seq
        switch entry {
        case .stub(_, let digest):
            self.digest = digest.description
        case .commit(let commit):
            stamp = hex(commit.stamp)
            effective = hex(commit.effective)
            author = commit.author.description
            kind = commit.key.kind
            record = commit.key.id.description
            transaction = commit.transaction
            salt = commit.salt.map { Hex.encode($0.bytes) }
            writes = commit.writes.map { WriteJSON($0) }
        }
    }
}

struct WriteJSON: Encodable {
    let field: Field
    let rule: String
    let removes: Bool?
    let value: ValueJSON
    let overwrites: [String]?

    init(_ write: FieldWrite) {
        field = write.field
        switch write.rule {
        case .keep: rule = "keep"
        case .latest: rule = "latest"
        case .set: rule = "set"
        case .once: rule = "once"
        default: rule = "\(write.rule.rawValue)"
        }
        removes = write.rule == .set ? write.removes : nil
        value = ValueJSON(write.value)
        overwrites = write.overwrites.isEmpty ? nil : write.overwrites.map(\.description)
    }
}

struct ValueJSON: Encodable, Equatable {
    let type: String
    let bytes: String
    /// What a person reads, where that helps.
    let reads: String?

    init(_ value: Value) {
        bytes = Hex.encode(value.bytes)
        switch value.type {
        case .null: (type, reads) = ("null", nil)
        case .text: (type, reads) = ("text", value.text)
        case .int: (type, reads) = ("int", value.int.map { "\($0)" })
        case .day: (type, reads) = ("day", value.day.map { "\($0)" })
        case .id: (type, reads) = ("id", value.id?.description)
        default: (type, reads) = ("\(value.type.rawValue)", nil)
        }
    }
}

/// A stamp's 8 bytes, most significant first.
func hex(_ stamp: Stamp) -> String {
    Hex.encode(DeviceID(rawValue: stamp.rawValue).bytes)
}
