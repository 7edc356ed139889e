import GRDB
import Replication
import Store

/// Reads a page of the log for one device: what its scope lets it see, and what comes and goes.
struct Reader {
    let device: DeviceID
    let cursor: Replication.Cursor
    /// The device has its own commits after this place of the log. One before it, of a space that
    /// is read again, it may have dropped.
    let ownFrom: UInt64
    /// The device takes a snapshot in place of the log's beginning.
    var takesSnapshot = false
    /// It may hold records of spaces that are still at 0, as they stood at this place of the log.
    var held: UInt64 = 0
    /// The hub's clock, in milliseconds since 1970.
    let milliseconds: UInt64
    let db: Database
    let packed: PackedBlocks

    let size: PageSize

    struct Page {
        var entries: [Entry] = []
        var leave: [RecordKey] = []
        var enter: [RecordKey] = []
        var unknown: [RecordKey] = []
        var cursor: Replication.Cursor
        var more = false
        /// In place of entries.
        var snapshot: Snapshot?
        /// What the entries take, about.
        private(set) var bytes = 0

        /// Nothing yet.
        init(at cursor: Replication.Cursor, isMore: Bool = false) {
            self.cursor = cursor
            more = isMore
        }

        fileprivate mutating func append(_ content: HubLog.Row.Content) {
            entries.append(.commit(content.commit))
            bytes += content.bytes
        }
    }

    func page(wanted: [RecordKey]) throws -> Page {
        if let offer = try offer() { return offer }
        var page = Page(at: cursor)
        var places = Places(db, at: milliseconds)
        // What does not fit is wanted again.
        for key in wanted where !size.isFull(page) {
            try whole(key, &places, &page)
        }
        var rows = 0
        var end = cursor.lowest
        var isActOpen = false
        let own = HubLog.Own(device: device, from: ownFrom)
        try HubLog.forEach(after: cursor.lowest, without: own, packed, db) { row in
            let isFull = rows >= size.rows || size.isFull(page)
            if isFull && (!isActOpen || size.isOverfull(page)) {
                page.more = true
                return false
            }
            try add(row, &places, &page)
            rows += 1
            end = row.end.seq
            isActOpen = row.dot.seq < row.act
            return true
        }
        page.cursor = cursor.advanced(to: end)
        return page
    }

    private func add(_ row: HubLog.Row, _ places: inout Places, _ page: inout Page) throws {
        if let key = row.announced { return try announce(key, at: row.end.seq, &places, &page) }
        guard let content = row.content else { return }
        let isHeld = row.dot.device == device && row.end.seq > ownFrom
        let isNews = !isHeld && row.end.seq > cursor.position(of: content.space)
        guard case .spaces(let spaces) = cursor.scope, !content.commit.erases else {
            // That a record was erased reaches everybody, wherever it lived.
            if try content.commit.erases || !hasGone(content, &places, &page), isNews {
                page.append(content)
            }
            return
        }
        // The space as it is now decides: what has left since is not sent, only that it left.
        let now = try places.place(of: content.commit.key)?.space
        let isHere = now.map(spaces.contains) ?? false
        let wasThere = content.origin.map(spaces.contains) ?? false
        let isThere = spaces.contains(content.space)
        guard isHere else {
            if wasThere, !isThere, try mayHold(content, leftAt: row.end.seq) {
                leave(content.commit.key, &page)
            }
            return
        }
        guard isThere, row.end.seq > cursor.position(of: content.space) else { return }
        if let origin = content.origin, !wasThere || row.end.seq <= cursor.position(of: origin) {
            return try enter(content.commit.key, &page)
        }
        if isNews { page.append(content) }
    }

    /// Whether a record has gone to another hub, or is back from one: nobody here reads it meanwhile,
    /// whoever may read everything that there is here included.
    private func hasGone(
        _ content: HubLog.Row.Content, _ places: inout Places, _ page: inout Page
    ) throws -> Bool {
        guard try places.knowsOtherHubs(), let place = try places.place(of: content.commit.key)
        else { return false }
        let isForeign = try places.isForeign(place)
        // Who moves apart from others may leave a record where it was by name: with the organizers.
        let stayed = content.commit.isFurtherMove ? content.space : nil
        guard let origin = content.origin ?? stayed else { return isForeign }
        if isForeign {
            leave(content.commit.key, &page)
        } else if try origin != Space.commons && !places.isTurfHere(origin) {
            try enter(content.commit.key, &page)
        } else {
            return false
        }
        return true
    }

    private func announce(
        _ key: RecordKey, at seq: UInt64, _ places: inout Places, _ page: inout Page
    ) throws {
        guard let space = try places.place(of: key)?.space, seq > cursor.position(of: space),
            try isReadable(key, &places)
        else { return }
        try enter(key, &page)
    }

    /// Whether the device can have a record that has left: it has read the space where it was, or
    /// has written about it itself.
    private func mayHold(_ content: HubLog.Row.Content, leftAt seq: UInt64) throws -> Bool {
        if let origin = content.origin, cursor.position(of: origin) > 0 { return true }
        return try mayHold(content.commit.key, leftAt: seq)
    }

    private func whole(_ key: RecordKey, _ places: inout Places, _ page: inout Page) throws {
        guard try places.place(of: key) != nil else {
            page.unknown.append(key)
            return
        }
        if try isReadable(key, &places) { try enter(key, &page) } else { leave(key, &page) }
    }

    private func enter(_ key: RecordKey, _ page: inout Page) throws {
        guard !page.enter.contains(key) else { return }
        page.enter.append(key)
        for content in try HubLog.contents(on: key, packed, db) { page.append(content) }
    }

    private func leave(_ key: RecordKey, _ page: inout Page) {
        if !page.leave.contains(key) { page.leave.append(key) }
    }
}

extension Commit {
    /// Whether the commit moves a record that lived somewhere before.
    fileprivate var isFurtherMove: Bool {
        writes.contains { $0.field == CommonField.space && !$0.overwrites.isEmpty }
    }
}
