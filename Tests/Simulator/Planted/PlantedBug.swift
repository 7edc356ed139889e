/// A defect that the simulator must find: an edit of one of the program's own lines, behind a switch.
struct PlantedBug {
    /// What is wrong with the program that has it.
    let name: String
    /// Under `Sources`.
    let file: String
    /// A text that stands in the file once.
    let right: String
    /// What takes its place. In it `planted` says whether the program is to have this bug; without
    /// that word it is the wrong one of two expressions.
    let wrong: String
    /// What it takes many of in a schedule to show it; nil where any schedule may.
    let favour: String?

    init(
        _ name: String, _ file: String, _ right: String, _ wrong: String, favour: String? = nil
    ) {
        self.name = name
        self.file = file
        self.right = right
        self.wrong = wrong
        self.favour = favour
    }

    func fits(_ text: String) -> Bool { text.ranges(of: right).count == 1 }

    /// The text of the file with the bug in it, which is there when `switched` is true.
    func planted(in text: String, _ switched: String) throws -> String {
        guard fits(text) else { throw Broken("\(name): this does not stand in \(file) once.") }
        let switchable = wrong.replacing("planted", with: switched)
        let edited = switchable == wrong ? "(\(switched) ? \(wrong) : \(right))" : switchable
        return text.replacing(right, with: edited)
    }
}

extension PlantedBug {
    static let all = ofMerging + ofVersions + ofNotebooks + ofHubs + ofFederation + ofSnapshots

    /// The merge and what travels.
    private static let ofMerging = [
        PlantedBug(
            "a dead dot is forgotten when its target has not arrived",
            "Replication/Merge/Cell.swift", "dead.insertSorted(dot)",
            "if !planted || live.contains(where: { $0.dot == dot }) { dead.insertSorted(dot) }"),
        PlantedBug(
            "the later stamp wins, and the earlier write is gone", "Replication/Merge/Cell.swift",
            "live.insert(write, at:",
            "if planted, live.contains(where: { $0.stamp > write.stamp }) { return write }\n"
                + "        live.insert(write, at:"),
        PlantedBug(
            "of two effective stamps the greater holds", "Replication/Merge/Cell.swift",
            "min(live[index].effective, write.effective)",
            "max(live[index].effective, write.effective)"),
        PlantedBug(
            "a write forgets the last dot that it overwrites", "Store/Write/Edit.swift",
            "overwrites: live.map(\\.dot)",
            "overwrites: live.dropLast(planted ? 1 : 0).map(\\.dot)"),
        PlantedBug(
            "a new name reaches the commits and not what they overwrite",
            "Replication/Merge/Renaming.swift", "write.overwrites.map { renaming($0) }",
            "write.overwrites"),
    ]

    /// Versions that do not know the same, and people who are in the notebook twice.
    private static let ofVersions = [
        PlantedBug(
            "an older version drops unknown fields when it writes a record back",
            "Store/Write/Transaction.swift", "let wasHere = record.rowID != nil",
            "if planted, let kind = schema[key.kind] {\n"
                + "                record.state = RecordState(cells: record.state.cells.filter {\n"
                + "                    $0.key.field < 16 || kind.field($0.key.field) != nil })\n"
                + "            }\n"
                + "            let wasHere = record.rowID != nil"),
        PlantedBug(
            "a newer version shows the tables of the older one",
            "Store/Write/ProjectionVersion.swift", "made == schema.signature && !stale",
            "made != nil"),
        PlantedBug(
            "a conflict in an unknown field is settled by another rule",
            "Notebook/Lists/Conflicts.swift", "rule ?? conflict.rule", "rule ?? .keep",
            favour: "settle,unknown"),
        PlantedBug(
            "of a verdict in conflict the winner alone counts", "Notebook/Lists/SamePeople.swift",
            "row[\"conflicts\"] == 0", "row[\"conflicts\"] >= 0",
            favour: "judge"),
    ]

    /// The laptop's side of an exchange.
    private static let ofNotebooks = [
        PlantedBug(
            "the cursor is stored before the page", "Store/Write/Incoming.swift",
            "received.isHeld = true",
            "received.isHeld = true\n            if planted { meta.cursor = answer.cursor }"),
        PlantedBug(
            "what is unsent is forgotten when a record comes whole", "Store/Write/Incoming.swift",
            "try reapplyUnsent(key)", "if !planted { try reapplyUnsent(key) }",
            favour: "administer,overstep"),
        PlantedBug(
            "a record leaves before the edit on it is sent", "Store/Write/Incoming.swift",
            "contains(where: isUnsent)",
            "contains(where: { try !planted && isUnsent($0) })",
            favour: "assign"),
        PlantedBug(
            "what leaves the scope stays in the file", "Store/Write/Incoming.swift",
            "for key in outside", "for key in outside where !planted"),
        PlantedBug(
            "a smaller effective stamp is not taken from the hub", "Store/Write/Incoming.swift",
            "lowered.seq <= meta.head.seq", "lowered.seq > meta.head.seq"),
        PlantedBug(
            "a refused write stays in the cells", "Store/Write/Withdrawal.swift",
            "if !refused.isEmpty {", "if !refused.isEmpty && !planted {"),
        PlantedBug(
            "what the hub has lost is dropped when a record comes whole",
            "Store/Write/Testimony.swift", "let isKept = !testimony.isEmpty",
            "let isKept = !planted && !testimony.isEmpty"),
        PlantedBug(
            "a program goes on under a key that another one has given up", "Store/Store.swift",
            "meta.device ?? device == device", "meta.device ?? device == device || planted"),
        PlantedBug(
            "the common prefix of two copies is taken one too long", "Sync/Succession.swift",
            "after: known.kept,", "after: known.kept + (planted ? 1 : 0),"),
        PlantedBug(
            "a copy goes on counting the refusals of the key that it gave up",
            "Store/Write/Reissue.swift", "meta.refusalsSeen = 0",
            "if !planted { meta.refusalsSeen = 0 }",
            favour: "copy,overstep"),
        PlantedBug(
            "a difference of fingerprints is ignored", "Sync/Session.swift",
            "!records.isEmpty else", "!records.isEmpty, !planted else"),
        PlantedBug(
            "what the hub has lost is never given back", "Store/Write/Testimony.swift",
            "isDue && mayWrite(key)", "isDue && !planted && mayWrite(key)"),
    ]

    /// The hub's log and door.
    private static let ofHubs = [
        PlantedBug(
            "a leader may move a record by claiming a space", "Hub/Door/Door.swift",
            "grants.mayMove", "grants.mayMove || planted"),
        PlantedBug(
            "of an act that is refused the rest is accepted", "Hub/Door/Admission.swift",
            "refusals.contains { $0 != nil }", "refusals.allSatisfy { $0 != nil }"),
        PlantedBug(
            "what is out of scope is sent, by where it once lived", "Hub/Door/Reader.swift",
            "now.map(spaces.contains) ?? false",
            "now.map(spaces.contains) ?? false || planted && spaces.contains(content.space)"),
        PlantedBug(
            "the log is read from one entry too far", "Hub/Door/Reader.swift",
            "cursor.lowest, without: own",
            "cursor.lowest + (planted && cursor.lowest > 0 ? 1 : 0), without: own"),
        PlantedBug(
            "a newly granted space is read from where the others are", "Hub/Door/Reader.swift",
            "HubLog.forEach(after: ", "HubLog.forEach(after: planted ? cursor.highest : "),
        PlantedBug(
            "own commits do not come back with a space that is read again",
            "Hub/Door/Reader.swift", "row.dot.device == device && row.end.seq > ownFrom",
            "row.dot.device == device && (row.end.seq > ownFrom || planted)",
            favour: "administer,assign"),
        PlantedBug(
            "who read everything keeps what has left where they still read",
            "Hub/Door/Standing.swift", "scope == .everything ? 0",
            "planted || scope == .everything ? 0",
            favour: "administer,assign"),
        PlantedBug(
            "a record that enters comes without its first commit", "Hub/Door/Reader.swift",
            "HubLog.contents(on: key, packed, db)",
            "HubLog.contents(on: key, packed, db).dropFirst(planted ? 1 : 0)"),
        PlantedBug(
            "dots are used again after a restore", "Hub/Door/Admission.swift",
            "push.isAgain || !device.isFrozen", "push.isAgain || !device.isFrozen || planted",
            favour: "restoreHub,copy"),
        PlantedBug(
            "an erased record keeps its log", "Hub/Log/HubLog.swift",
            "try HubLog.erase(commit.key, db)",
            "if !planted { try HubLog.erase(commit.key, db) }"),
    ]

    /// What hubs say to each other.
    private static let ofFederation = [
        PlantedBug(
            "an offer that begins later is taken for the whole",
            "Hub/Federation/PeerExchange.swift", "message.since == peer.taken",
            "message.since == peer.taken || planted",
            favour: "federate,restoreHub"),
        PlantedBug(
            "what was a stub is never completed", "Hub/Federation/RelayAdmission.swift",
            "!Refusals.isRefused(entry.dot, db)", "!Refusals.isRefused(entry.dot, db) && !planted"),
        PlantedBug(
            "a peer is told of every space", "Hub/Federation/PeerScope.swift",
            "spaces.contains(place.space)", "!spaces.isEmpty"),
        PlantedBug(
            "where a record has gone is not told", "Hub/Federation/PeerScope.swift",
            "isMove || places.isForeign(place)", "!isMove && places.isForeign(place)",
            favour: "federate,new,assign"),
        PlantedBug(
            "what comes into a shared space is offered from then on alone",
            "Hub/Federation/PeerScope.swift", "!spaces.contains(origin)", "origin == Space.all"),
        PlantedBug(
            "who has gone to another congregation stays readable", "Hub/Log/Places.swift",
            "HubDevice.find(mover, db) == nil", "HubDevice.find(mover, db) == nil && !planted",
            favour: "federate,new,assign"),
    ]

    /// What a hub offers in place of its log's beginning, and what a laptop makes of it.
    private static let ofSnapshots = [
        PlantedBug(
            "what is packed still holds what was erased", "Hub/Log/Packing.swift",
            "for block in blocks.sorted()", "for block in blocks.sorted() where !planted",
            favour: "snapshot,erase"),
        PlantedBug(
            "a record that is packed anew keeps its old block", "Hub/Log/Packing.swift",
            "old != block", "old == nil"),
        PlantedBug(
            "what is packed gets the stamp that its device gave it", "Hub/Log/LogRows.swift",
            "commit.effective = kept.effective",
            "commit.effective = planted ? commit.stamp : kept.effective"),
        PlantedBug(
            "own commits on an erased record stay", "Store/Write/Erasing.swift",
            "isErasedForGood(commit.key, last)", "isErasedForGood(commit.key, last) && !planted",
            favour: "erase,overstep"),
        PlantedBug(
            "a block that still holds what has left its space is sent",
            "Hub/Snapshots/Snapshots.swift", "!row.step()", "!row.step() || planted",
            favour: "snapshot,administer,assign,much"),
        PlantedBug(
            "a block still holds what was erased", "Hub/Log/Packing.swift",
            "try Snapshots.destroy(db)", "if !planted { try Snapshots.destroy(db) }"),
        PlantedBug(
            "the cursor is set before the blocks are stored", "Store/Write/Bootstrap.swift",
            "meta.snapshot = Snapshot(",
            "if planted { meta.cursor = snapshot.cursor }\n        meta.snapshot = Snapshot("),
        PlantedBug(
            "what leaves while its block is here is not named", "Hub/Door/Offer.swift",
            "held > 0, seq > held", "held > 0, seq > held, !planted",
            favour: "snapshot,administer,assign,much"),
    ]
}
