/// The canonical form of a commit's field writes: what is digested, and what logs keep.
///
/// A count; then for each write, in ascending order of cell: field, twice the rule plus one for a
/// removal, value type, value length, value, count of overwritten dots, and the dots in ascending
/// order (8 bytes of device, seq). Numbers are varints.
package enum Payload {
    package static func encode(_ writes: [FieldWrite]) -> [UInt8] {
        var writer = ByteWriter(reserving: 64 + writes.reduce(0) { $0 + $1.value.bytes.count + 8 })
        writer.varint(writes.count)
        for write in writes {
            writer.varint(UInt64(write.field))
            writer.varint(write.flags)
            writer.varint(UInt64(write.value.type.rawValue))
            writer.counted(write.value.bytes)
            writer.varint(write.overwrites.count)
            for dot in write.overwrites {
                writer.fixed(dot.device.rawValue)
                writer.varint(dot.seq)
            }
        }
        return writer.bytes
    }

    /// Throws for anything that is not canonical or is over a limit.
    package static func decode(_ bytes: [UInt8]) throws(WireError) -> [FieldWrite] {
        var reader = ByteReader(bytes)
        let count = try reader.count(upTo: Limits.commitWrites, "field writes in a commit")
        var writes: [FieldWrite] = []
        writes.reserveCapacity(count)
        for _ in 0..<count {
            writes.append(try decodeWrite(&reader))
        }
        try reader.expectEnd()
        try check(writes)
        return writes
    }

    private static func decodeWrite(_ reader: inout ByteReader) throws(WireError) -> FieldWrite {
        let field = Field(try reader.varint(below: Limits.number, "a field's number"))
        let flags = try reader.varint(below: Limits.number, "a merge rule's number")
        let type = ValueType(
            rawValue: UInt32(try reader.varint(below: Limits.number, "a value type's number")))
        let value = Value(
            type: type, bytes: try reader.counted(upTo: Limits.valueBytes, "a value's size"))
        let dots = try reader.count(upTo: Limits.writeOverwrites, "dots that one write names")
        var overwrites: [Dot] = []
        for _ in 0..<dots {
            let device = DeviceID(rawValue: try reader.fixed(UInt64.self))
            let seq = try reader.varint(below: Limits.seq, "a seq")
            guard seq > 0 else { throw .overLimit("a seq") }
            overwrites.append(Dot(device, seq))
        }
        try checkAscending(overwrites)
        return FieldWrite(
            field: field, rule: MergeRule(rawValue: UInt32(flags >> 1)), value: value,
            removes: flags & 1 == 1, overwrites: overwrites)
    }

    /// What canonical writes keep beyond their numbers' form: order, and values that are what
    /// their type says.
    package static func check(_ writes: [FieldWrite]) throws(WireError) {
        guard !writes.isEmpty else { throw .notCanonical("a commit without a write") }
        for (index, write) in writes.enumerated() {
            guard write.value.isCanonical else { throw .notCanonical("a value of the wrong form") }
            guard !write.removes || write.rule == .set else {
                throw .notCanonical("a removal from what is not a set")
            }
            guard write.overwrites.isEmpty || write.rule != .once else {
                throw .notCanonical("an immutable value that overwrites")
            }
            guard index == 0 || writes[index - 1].cell < write.cell else {
                throw .notCanonical("field writes out of order")
            }
        }
    }

    package static func checkAscending(_ dots: [Dot]) throws(WireError) {
        for index in dots.indices.dropFirst() where dots[index - 1] >= dots[index] {
            throw .notCanonical("overwritten dots out of order")
        }
    }
}

extension FieldWrite {
    /// Twice the rule, plus one for a removal.
    var flags: UInt64 { UInt64(rule.rawValue) << 1 | (removes ? 1 : 0) }
}
