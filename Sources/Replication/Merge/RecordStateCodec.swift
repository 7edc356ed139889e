/// The stored form of a record's state: cells with their live writes and dead dots.
///
/// Most records were made by one commit, so commits are listed once (device, seq, stamp, author)
/// and writes refer to them. Devices and authors are dictionaries in order of first use.
extension RecordState {
    package func encoded() -> [UInt8] {
        var origins = Origins()
        var body = ByteWriter(reserving: 256)
        body.varint(cells.count)
        for cell in cells {
            encode(cell, &body, &origins)
        }
        var writer = ByteWriter(reserving: body.bytes.count + 64)
        writer.byte(1)
        origins.encode(&writer)
        writer.raw(body.bytes)
        return writer.bytes
    }

    private func encode(_ cell: Cell, _ body: inout ByteWriter, _ origins: inout Origins) {
        body.varint(UInt64(cell.key.field))
        body.byte(cell.key.element == nil ? 0 : 1)
        if let element = cell.key.element { body.value(element) }
        body.varint(cell.live.count)
        for write in cell.live {
            body.varint(origins.index(of: write))
            body.varint(UInt64(write.rule.rawValue) << 1 | (write.removes ? 1 : 0))
            if cell.key.element == nil { body.value(write.value) }
        }
        body.varint(cell.dead.count)
        for dot in cell.dead {
            body.varint(origins.index(of: dot.device))
            body.varint(dot.seq)
        }
    }

    /// Reads the stored form. Throws unless cells, writes and dots are in the order that merging
    /// relies on.
    package init(encoded bytes: [UInt8]) throws(WireError) {
        var reader = ByteReader(bytes)
        let version = try reader.byte()
        guard version == 1 else { throw .version(UInt64(version)) }
        let origins = try Origins(&reader)
        let count = try reader.count(upTo: bytes.count, "cells of a record")
        cells = []
        cells.reserveCapacity(count)
        for _ in 0..<count {
            let cell = try Self.cell(&reader, origins)
            guard cells.last.map({ $0.key < cell.key }) ?? true else { throw .malformed }
            cells.append(cell)
        }
        try reader.expectEnd()
    }

    /// The effective stamps of the live writes of a stored state, from the least to the greatest, read
    /// from its beginning alone; nil for one without any.
    package static func span(encoded bytes: [UInt8]) throws(WireError) -> ClosedRange<Stamp>? {
        var reader = ByteReader(bytes)
        let version = try reader.byte()
        guard version == 1 else { throw .version(UInt64(version)) }
        return try Origins(&reader).span
    }

    private static func cell(
        _ reader: inout ByteReader, _ origins: Origins
    ) throws(WireError) -> Cell {
        let field = Field(try reader.varint(below: Limits.number, "a field's number"))
        let form = try reader.byte()
        guard form <= 1 else { throw .malformed }
        let element = form == 0 ? nil : try reader.value()
        var cell = Cell(key: CellKey(field: field, element: element))
        for _ in 0..<(try reader.count(upTo: reader.remaining, "live writes")) {
            let origin = try origins.origin(Int(reader.varint(below: 1 << 32, "an origin")))
            guard cell.live.last.map({ $0.dot < origin.dot }) ?? true else { throw .malformed }
            let flags = try reader.varint(below: Limits.number, "a merge rule's number")
            let value = if let element { element } else { try reader.value() }
            cell.live.append(
                Write(
                    dot: origin.dot, stamp: origin.stamp, effective: origin.effective,
                    author: origin.author, rule: MergeRule(rawValue: UInt32(flags >> 1)),
                    removes: flags & 1 == 1, value: value))
        }
        for _ in 0..<(try reader.count(upTo: reader.remaining, "dead dots")) {
            let device = try origins.device(Int(reader.varint(below: 1 << 32, "a device")))
            cell.dead.append(Dot(device, try reader.varint(below: Limits.seq, "a seq")))
        }
        try Payload.checkAscending(cell.dead)
        return cell
    }
}

/// The commits, devices and authors that a record's state mentions, each once.
private struct Origins {
    struct Origin: Hashable {
        let dot: Dot
        let stamp: Stamp
        let effective: Stamp
        let author: MemberID
    }

    private var devices: [DeviceID] = []
    private var authors: [MemberID] = []
    private var origins: [Origin] = []
    /// Where each origin is, once they are too many to look through.
    private var positions: [Origin: Int] = [:]
    private static let fewOrigins = 32

    init() {}

    var span: ClosedRange<Stamp>? {
        guard var span = origins.first.map({ $0.effective...$0.effective }) else { return nil }
        for origin in origins.dropFirst() {
            let stamp = origin.effective
            span = min(span.lowerBound, stamp)...max(span.upperBound, stamp)
        }
        return span
    }

    mutating func index(of write: Write) -> Int {
        let origin = Origin(
            dot: write.dot, stamp: write.stamp, effective: write.effective, author: write.author)
        if let index = position(of: origin) { return index }
        _ = index(of: write.dot.device)
        if !authors.contains(write.author) { authors.append(write.author) }
        origins.append(origin)
        if !positions.isEmpty { positions[origin] = origins.count - 1 }
        return origins.count - 1
    }

    private mutating func position(of origin: Origin) -> Int? {
        guard origins.count > Self.fewOrigins else { return origins.lastIndex(of: origin) }
        if positions.isEmpty {
            positions = Dictionary(uniqueKeysWithValues: zip(origins, origins.indices))
        }
        return positions[origin]
    }

    mutating func index(of device: DeviceID) -> Int {
        if let index = devices.firstIndex(of: device) { return index }
        devices.append(device)
        return devices.count - 1
    }

    func encode(_ writer: inout ByteWriter) {
        writer.varint(devices.count)
        for device in devices { writer.fixed(device.rawValue) }
        writer.varint(authors.count)
        for author in authors { writer.fixed(author.rawValue) }
        writer.varint(origins.count)
        for origin in origins {
            writer.varint(devices.firstIndex(of: origin.dot.device) ?? 0)
            writer.varint(origin.dot.seq)
            writer.fixed(origin.stamp.rawValue)
            writer.varint(origin.stamp.rawValue - origin.effective.rawValue)
            writer.varint(authors.firstIndex(of: origin.author) ?? 0)
        }
    }

    init(_ reader: inout ByteReader) throws(WireError) {
        for _ in 0..<(try reader.count(upTo: reader.remaining, "devices")) {
            devices.append(DeviceID(rawValue: try reader.fixed(UInt64.self)))
        }
        for _ in 0..<(try reader.count(upTo: reader.remaining, "authors")) {
            authors.append(MemberID(rawValue: try reader.fixed(UInt128.self)))
        }
        for _ in 0..<(try reader.count(upTo: reader.remaining, "origins")) {
            origins.append(try origin(&reader))
        }
    }

    private func origin(_ reader: inout ByteReader) throws(WireError) -> Origin {
        let device = try device(Int(reader.varint(below: 1 << 32, "a device")))
        let seq = try reader.varint(below: Limits.seq, "a seq")
        let stamp = try reader.fixed(UInt64.self)
        guard stamp < Stamp.limit.rawValue else { throw .overLimit("a stamp") }
        let lowered = try reader.varint(below: stamp + 1, "a stamp")
        let author = Int(try reader.varint(below: 1 << 32, "an author"))
        guard author < authors.count else { throw .malformed }
        return Origin(
            dot: Dot(device, seq), stamp: Stamp(rawValue: stamp),
            effective: Stamp(rawValue: stamp - lowered), author: authors[author])
    }

    func device(_ index: Int) throws(WireError) -> DeviceID {
        guard index < devices.count else { throw .malformed }
        return devices[index]
    }

    func origin(_ index: Int) throws(WireError) -> Origin {
        guard index < origins.count else { throw .malformed }
        return origins[index]
    }
}

extension ByteWriter {
    /// A value: type, length, bytes.
    mutating func value(_ value: Value) {
        varint(UInt64(value.type.rawValue))
        counted(value.bytes)
    }
}

extension ByteReader {
    mutating func value() throws(WireError) -> Value {
        let type = ValueType(
            rawValue: UInt32(try varint(below: Limits.number, "a value type's number")))
        return Value(type: type, bytes: try counted(upTo: Limits.valueBytes, "a value's size"))
    }
}
