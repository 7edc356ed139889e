/// Commits in columns: what a push or a page carries.
///
/// A version byte, a count of entries, then the columns of `Column` in order, each as its length
/// and its bytes. Things alike stand together, which compresses well, and each list of entries has
/// one encoding: dictionaries are in order of first use, numbers are shortest varints.
/// SyncProtocol.md, "The block", gives it byte by byte.
package enum CommitBlock {
    static let version: UInt8 = 1

    enum Column: Int, CaseIterable {
        case form, device, devices, seq, milliseconds, counter, lowered, author, authors
        case record, records, transaction, writes, field, flags, type, length
        case overwrites, overwritten, values, digests, salts
    }

    /// Encodes entries in the order given, with salts when every commit has one and `withSalts` asks
    /// for them.
    package static func encode(_ entries: [Entry], withSalts: Bool) -> [UInt8] {
        let areAllSalted = entries.allSatisfy { $0.commit.map { $0.salt != nil } ?? true }
        var encoder = BlockEncoder(withSalts: withSalts && areAllSalted)
        for entry in entries { encoder.append(entry) }
        return encoder.bytes
    }

    /// Throws for whatever is not canonical or is over a limit. Never traps.
    package static func decode(_ bytes: [UInt8]) throws(WireError) -> [Entry] {
        var decoder = try BlockDecoder(bytes)
        return try decoder.entries()
    }
}

extension CommitBlock {
    /// What an encoder and a decoder both remember of the entries so far.
    struct Memory {
        private(set) var devices: [DeviceID] = []
        private(set) var authors: [MemberID] = []
        private(set) var records: [RecordKey] = []
        private var deviceIndex: [DeviceID: Int] = [:]
        private var authorIndex: [MemberID: Int] = [:]
        private var recordIndex: [RecordKey: Int] = [:]
        private var lastSeq: [DeviceID: Seq] = [:]
        var lastMilliseconds: UInt64 = 0

        /// The index of a device, and whether this is its first use.
        mutating func index(of device: DeviceID) -> (index: Int, isNew: Bool) {
            Self.index(of: device, in: &devices, &deviceIndex)
        }

        mutating func index(of author: MemberID) -> (index: Int, isNew: Bool) {
            Self.index(of: author, in: &authors, &authorIndex)
        }

        mutating func index(of record: RecordKey) -> (index: Int, isNew: Bool) {
            Self.index(of: record, in: &records, &recordIndex)
        }

        private static func index<Thing: Hashable>(
            of thing: Thing, in list: inout [Thing], _ index: inout [Thing: Int]
        ) -> (index: Int, isNew: Bool) {
            if let known = index[thing] { return (known, false) }
            index[thing] = list.count
            list.append(thing)
            return (list.count - 1, true)
        }

        /// The seq that follows the device's last one in this block.
        func expectedSeq(of device: DeviceID) -> Seq { (lastSeq[device] ?? 0) + 1 }

        mutating func used(_ dot: Dot) { lastSeq[dot.device] = dot.seq }
    }
}
