/// A defect that the simulator must find: an edit of one of the program's own lines.
struct PlantedBug {
    /// What is wrong with the program that has it.
    let name: String
    /// Under `Sources`.
    let file: String
    /// A text that stands in the file once.
    let right: String
    let wrong: String

    init(_ name: String, _ file: String, _ right: String, _ wrong: String) {
        self.name = name
        self.file = file
        self.right = right
        self.wrong = wrong
    }
}

extension PlantedBug {
    /// The merge and what travels.
    static let ofMerging = [
        PlantedBug(
            "a dead dot is forgotten when its target has not arrived",
            "Replication/Merge/Cell.swift",
            "        dead.insertSorted(dot)\n",
            "        if live.contains(where: { $0.dot == dot }) { dead.insertSorted(dot) }\n"),
        PlantedBug(
            "the later stamp wins, and the earlier write is gone", "Replication/Merge/Cell.swift",
            "        live.insert(write, at:",
            "        if live.contains(where: { $0.stamp > write.stamp }) { return write }\n"
                + "        live.insert(write, at:"),
        PlantedBug(
            "of two effective stamps the greater holds", "Replication/Merge/Cell.swift",
            "min(live[index].effective, write.effective)",
            "max(live[index].effective, write.effective)"),
        PlantedBug(
            "a write forgets the last dot that it overwrites", "Store/Write/Edit.swift",
            "overwrites: live.map(\\.dot))\n    }\n}",
            "overwrites: live.dropLast().map(\\.dot))\n    }\n}"),
        PlantedBug(
            "a new name reaches the commits and not what they overwrite",
            "Replication/Merge/Renaming.swift",
            "overwrites: write.overwrites.map { renaming($0) })", "overwrites: write.overwrites)"),
    ]

    /// Versions that do not know the same, and people who are in the notebook twice.
    static let ofVersions = [
        PlantedBug(
            "an older version drops unknown fields when it writes a record back",
            "Store/Write/Transaction.swift",
            "            guard var record = records[key] else { continue }\n",
            "            guard var record = records[key] else { continue }\n"
                + "            if let kind = schema[key.kind] {\n"
                + "                record.state = RecordState(cells: record.state.cells.filter {\n"
                + "                    $0.key.field < 16 || kind.field($0.key.field) != nil })\n"
                + "            }\n"),
        PlantedBug(
            "a newer version shows the tables of the older one",
            "Store/Write/ProjectionVersion.swift",
            "var isCurrent: Bool { made == schema.signature && !stale }",
            "var isCurrent: Bool { made != nil }"),
        PlantedBug(
            "a conflict in an unknown field is settled by another rule",
            "Notebook/Lists/Conflicts.swift", "rule ?? conflict.rule", "rule ?? .keep"),
        PlantedBug(
            "of a verdict in conflict the winner alone counts", "Notebook/Lists/SamePeople.swift",
            "row[\"conflicts\"] == 0", "row[\"conflicts\"] >= 0"),
    ]

    /// The laptop's side of an exchange.
    static let ofNotebooks = [
        PlantedBug(
            "the cursor is stored before the page", "Store/Write/Incoming.swift",
            "            received.isHeld = true\n",
            "            received.isHeld = true\n            meta.cursor = answer.cursor\n"),
        PlantedBug(
            "what is unsent is forgotten when a record comes whole", "Store/Write/Incoming.swift",
            "for key in answer.enter + answer.unknown { try reapplyUnsent(key) }", ""),
        PlantedBug(
            "what leaves the scope stays in the file", "Store/Write/Incoming.swift",
            "for key in outside { try drop(key) }", ""),
        PlantedBug(
            "a smaller effective stamp is not taken from the hub", "Store/Write/Incoming.swift",
            "for lowered in answer.lowered where lowered.seq <= meta.head.seq {",
            "for lowered in answer.lowered where lowered.seq > meta.head.seq {"),
        PlantedBug(
            "a refused write stays in the cells", "Store/Write/Incoming.swift",
            "            try want(commit.key, after: refusal, witness)\n", ""),
        PlantedBug(
            "a record that the hub has lost is dropped with the refused edit",
            "Store/Write/Incoming.swift", "toCompare: isLost", "toCompare: false"),
        PlantedBug(
            "a page that another program asked for is stored", "Sync/Session.swift",
            "let isInTurn = before.cursor == request.cursor",
            "let isInTurn = before.cursor == request.cursor || now > 0"),
        PlantedBug(
            "a program goes on under a key that another one has given up", "Store/Store.swift",
            "        guard meta.device ?? device == device else {",
            "        guard meta.device ?? device == device || meta.head.seq > 0 else {"),
        PlantedBug(
            "the common prefix of two copies is taken one too long", "Sync/Succession.swift",
            "after: known.kept, refused", "after: known.kept + 1, refused"),
        PlantedBug(
            "a copy does not ask for what the other one wrote", "Store/Write/Reissue.swift",
            "            try Wanted.insert(key, toCompare: true, db)\n", ""),
        PlantedBug(
            "what was acknowledged once is not sent again", "Store/Write/Outgoing.swift",
            "let isAgain = meta.acknowledged.seq < meta.sentOnce", "let isAgain = false"),
        PlantedBug(
            "a difference of fingerprints is ignored", "Sync/Session.swift",
            "guard theirs != mine else { return try notebook.noteSame() }",
            "guard theirs != mine, theirs == mine else { return try notebook.noteSame() }"),
        PlantedBug(
            "what the hub has lost is never given back", "Store/Write/Testimony.swift",
            "let mayTestify = witness?.isDue ?? false",
            "let mayTestify = witness?.isDue ?? false && testimony.isEmpty"),
    ]

    /// The hub's log and door.
    static let ofHubs = [
        PlantedBug(
            "a leader may move a record by claiming a space", "Hub/Door/Door.swift",
            "            guard grants.mayMove else { return .grant }\n", ""),
        PlantedBug(
            "of an act that is refused the rest is accepted", "Hub/Door/Admission.swift",
            "let isRefused = refusals.contains { $0 != nil }",
            "let isRefused = refusals.allSatisfy { $0 != nil }"),
        PlantedBug(
            "what is out of scope is sent, by where it once lived", "Hub/Door/Reader.swift",
            "        let isHere = now.map(spaces.contains) ?? false\n",
            "        let isHere = now.map(spaces.contains) ?? false || spaces.contains(content.space)\n"
        ),
        PlantedBug(
            "a leave comes before what is still to be pushed", "Hub/Door/Reader.swift",
            "isSending && !leave.isEmpty ?", "isSending && leave.count > 1_000_000 ?"),
        PlantedBug(
            "the log is read from one entry too far", "Hub/Door/Reader.swift",
            "try HubLog.forEach(after: cursor.lowest, without: own, packed, db)",
            "try HubLog.forEach("
                + "after: cursor.lowest + (cursor.lowest > 0 ? 1 : 0), without: own, packed, db)"),
        PlantedBug(
            "a newly granted space is read from where the others are", "Hub/Door/Reader.swift",
            "try HubLog.forEach(after: cursor.lowest, without: own, packed, db)",
            "try HubLog.forEach(after: cursor.highest, without: own, packed, db)"),
        PlantedBug(
            "own commits do not come back with a space that is read again",
            "Hub/Door/Reader.swift",
            "let isHeld = row.dot.device == device && row.end.seq > ownFrom",
            "let isHeld = row.dot.device == device"),
        PlantedBug(
            "a record that enters comes without its first commit", "Hub/Door/Reader.swift",
            "for content in try HubLog.contents(on: key, packed, db) {",
            "for content in try HubLog.contents(on: key, packed, db).dropFirst() {"),
        PlantedBug(
            "a cursor is believed without its mark", "Hub/Door/Standing.swift",
            "HubLog.place(cursor.highest, db)?.mark == cursor.mark",
            "HubLog.place(cursor.highest, db) != nil"),
        PlantedBug(
            "dots are used again after a restore", "Hub/Door/Admission.swift",
            "guard fresh.isEmpty || push.isAgain || !device.isFrozen else { throw Problem.restored }",
            ""),
        PlantedBug(
            "an erased record keeps its log", "Hub/Log/HubLog.swift",
            "            try HubLog.erase(commit.key, db)\n",
            "            _ = commit.key\n"),
    ]

    /// What hubs say to each other.
    static let ofFederation = [
        PlantedBug(
            "an offer that begins later is taken for the whole",
            "Hub/Federation/PeerExchange.swift",
            "let isNext = message.since == nil || message.since == peer.taken",
            "let isNext = true"),
        PlantedBug(
            "what was a stub is never completed", "Hub/Federation/RelayAdmission.swift",
            "        guard try !Refusals.isRefused(entry.dot, db) else { return true }\n",
            "        if known.isStub { return true }\n"),
        PlantedBug(
            "a peer is told of every space", "Hub/Federation/PeerScope.swift",
            "if spaces.contains(place.space) { return true }",
            "if !spaces.isEmpty { return true }"),
        PlantedBug(
            "where a record has gone is not told", "Hub/Federation/PeerScope.swift",
            "guard try isMove || places.isForeign(place) else { return false }",
            "guard try !isMove && places.isForeign(place) else { return false }"),
        PlantedBug(
            "what comes into a shared space is offered from then on alone",
            "Hub/Federation/PeerScope.swift",
            "guard let origin = content.origin, !spaces.contains(origin) else { return false }",
            "guard let origin = content.origin, origin == Space.all else { return false }"),
        PlantedBug(
            "who has gone to another congregation stays readable", "Hub/Log/Places.swift",
            "return try HubDevice.find(mover, db) == nil",
            "return try HubDevice.find(mover, db) == nil && false"),
    ]

    /// What a hub offers in place of its log's beginning, and what a laptop makes of it.
    static let ofSnapshots = [
        PlantedBug(
            "what is packed still holds what was erased", "Hub/Log/Packing.swift",
            "        for block in blocks.sorted() { try strip(block, db) }\n", ""),
        PlantedBug(
            "a record that is packed anew keeps its old block", "Hub/Log/Packing.swift",
            "        guard old != block else { return }\n",
            "        guard old == nil else { return }\n"),
        PlantedBug(
            "what is packed gets the stamp that its device gave it", "Hub/Log/HubLog.swift",
            "            commit.effective = kept.effective\n",
            "            commit.effective = commit.stamp\n"),
        PlantedBug(
            "own commits on an erased record stay", "Store/Write/Erasing.swift",
            "            try OwnLog.erase(commit.dot.seq, db)\n            hasErased = true\n",
            "            hasErased = true\n"),
        PlantedBug(
            "a block that still holds what has left its space is sent",
            "Hub/Snapshots/Snapshots.swift",
            "        return try !row.step()\n", "        return try !row.step() || seq > 0\n"),
        PlantedBug(
            "a block still holds what was erased", "Hub/Log/Packing.swift",
            "        try Snapshots.destroy(db)\n", ""),
        PlantedBug(
            "the cursor is set before the blocks are stored", "Store/Write/Bootstrap.swift",
            "    func begin(_ snapshot: Snapshot) throws {\n",
            "    func begin(_ snapshot: Snapshot) throws {\n        meta.cursor = snapshot.cursor\n"
        ),
        PlantedBug(
            "what leaves while its block is here is not named", "Hub/Door/Offer.swift",
            "if held > 0, seq > held { return true }", ""),
        PlantedBug(
            "an older snapshot is offered than what the device has stored", "Hub/Door/Offer.swift",
            "            snapshot.seq >= ownFrom,\n", ""),
    ]

    static let all = ofMerging + ofVersions + ofNotebooks + ofHubs + ofFederation + ofSnapshots
}
