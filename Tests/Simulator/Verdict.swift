import GRDB
import Histories
import Hub
import Notebook
import Replication
import Store
import Sync

/// What must hold once the weather is good and nothing moves.
@MainActor
struct Verdict {
    let world: World

    func check() throws {
        var all: [Commit] = []
        var erased: Set<RecordKey> = []
        for node in world.hubs {
            let commits = try node.commits()
            try world.lostNames.check(commits, at: node)
            try check(node)
            all += commits
            erased.formUnion(try node.erasedRecords())
        }
        let refused = try unaccepted()
        // Who erases what the hub has lost may have been the last to hold it, though it may not agree.
        erased.formUnion(refused.filter(\.erases).map(\.key))
        try world.keepsakes.check(
            all, erased: erased, named: named(in: all + refused), aboutErased: refusedAsErased(),
            world.laptops)
        for (index, node) in world.hubs.enumerated() {
            for other in world.hubs[(index + 1)...] { try checkShared(node, other) }
        }
    }

    private func check(_ node: HubNode) throws {
        let commits = try node.commits()
        let truth = Dictionary(
            uniqueKeysWithValues: Dictionary(grouping: commits, by: \.key).map {
                ($0, Oracle($1, of: $0).state)
            })
        let keys = try Set(truth.keys).subtracting(node.foreignRecords()).sorted()
        let found = try node.hub.verify()
        if let problem = (found.log + found.notebook.problems).first {
            throw Broken("\(node.name): \(problem)")
        }
        try compare(node.hub.own.store, keys, truth, "\(node.name)'s notebook")
        try checkErased(commits, at: node)
        try checkRules(truth)
        try checkSamePeople(truth, at: node)
        try checkNoLeaderMoved(commits, at: node)
        for laptop in world.laptops where laptop.home === node {
            try checkFile(laptop)
            try checkKeepsNothingErased(laptop)
            try checkNothingVanished(laptop)
            try checkActsAreWhole(laptop)
            try checkRefusedRightly(laptop)
            try checkStates(laptop, keys, truth)
        }
    }

    /// Two hubs hold the same commits on what they share.
    private func checkShared(_ one: HubNode, _ other: HubNode) throws {
        let spaces = try one.agreed(with: other).intersection(other.agreed(with: one))
        // Who never knew a record hears only that it was erased.
        let erased = try one.erasedRecords().intersection(other.erasedRecords())
        // A hub that was put back judges anew, and its peer has what it had let in before.
        let isJudgedAnew = world.tally.faults[.hubRestored] != nil
        let refused = try isJudgedAnew ? one.refusedDots().union(other.refusedDots()) : []
        let held = { (node: HubNode, space: SpaceID) in
            try node.dots(in: space).filter { !erased.contains($0.key) }
                .mapValues { $0.subtracting(refused) }.filter { !$0.value.isEmpty }
        }
        for space in spaces.sorted() {
            let (here, there) = try (held(one, space), held(other, space))
            guard here != there else { continue }
            let keys = Set(here.keys).union(there.keys).filter { here[$0] != there[$0] }.sorted()
            let lines = try keys.prefix(3).map { key in
                let sides = [here[key], there[key]].map { $0.map { $0.sorted() } ?? [] }
                let places = try [one, other].map { node in
                    try node.place(of: key).map(Space.name) ?? "unknown"
                }
                return "  \(key.kind) \(key.id) in \(places): \(sides)"
            }
            throw Broken(
                "\(one.name) and \(other.name) hold something else of \(Space.name(of: space)):\n"
                    + lines.joined(separator: "\n"))
        }
    }

    /// A hub that was put back from a backup may see a commit for the first time again, and its
    /// clock another hour; and a hub may hear of a smaller stamp when its laptops have read the
    /// greater one. Only what is shown first can differ then.
    private var isShownApart: Bool {
        world.tally.faults[.hubRestored] != nil || world.isFederated
    }

    private func checkFile(_ laptop: LaptopNode) throws {
        let meta = try laptop.store.meta()
        guard meta.pending == 0 else { throw Broken("\(laptop.name) still waits to send.") }
        let request = try laptop.store.request(for: laptop.home.hub.settings.congregation)
        guard request.wanted.isEmpty else { throw Broken("\(laptop.name) still wants records.") }
        if let problem = try laptop.store.verify().problems.first {
            throw Broken("\(laptop.name): \(problem)")
        }
    }

    /// What was written and has never been with the hub can be seen by who wrote it, whatever an
    /// exchange took away.
    func checkUnsentIsHere(_ laptop: LaptopNode) throws {
        let sent = try laptop.store.meta().sentOnce
        try laptop.store.read { db in
            var row = try FastStatement(
                db,
                """
                SELECT seq, record FROM log WHERE seq > ? AND payload IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM record WHERE id = log.record AND kind = log.kind)
                """)
            row.bind(sent)
            while try row.step() {
                throw Broken(
                    "\(laptop.name) has dropped \(try row.id(1)), with its unsent commit \(try row.seq(0))."
                )
            }
        }
    }

    /// What the hub knows to be erased, no laptop keeps in its own log.
    private func checkKeepsNothingErased(_ laptop: LaptopNode) throws {
        let erased = try laptop.home.erasedRecords()
        try laptop.store.read { db in
            var row = try FastStatement(
                db, "SELECT kind, record, payload, seq FROM log WHERE payload IS NOT NULL")
            while try row.step() {
                guard erased.contains(RecordKey(try row.number(0), try row.id(1))) else { continue }
                let writes = try Payload.decode(row.bytes(2))
                guard !writes.contains(where: { $0.field == CommonField.erased }) else { continue }
                throw Broken(
                    "\(laptop.name) keeps its commit \(try row.seq(3)) on an erased record.")
            }
        }
    }

    /// Every commit that somebody made is in the log, or was refused and its author knows, or its
    /// record was erased.
    private func checkNothingVanished(_ laptop: LaptopNode) throws {
        let refused = Set(try laptop.store.refused().map(\.commit.dot.seq))
        world.tally.refused += refused.count
        let erased = try laptop.home.erasedRecords()
        let erasedAlone = try erasedAlone(laptop)
        try forEachOwn(of: laptop) { dot, key in
            switch try laptop.home.kept(dot) {
            case .whole: break
            case .stub where refused.contains(dot.seq) || erased.contains(key): break
            case .stub where erasedAlone.contains(key): break
            case .stub: throw Broken("the commit \(dot) was refused and its author not told.")
            case .nothing: throw Broken("the commit \(dot) vanished.")
            }
        }
    }

    /// Where a record lives that is there already, no leader has a say in.
    private func checkNoLeaderMoved(_ commits: [Commit], at node: HubNode) throws {
        let laptops = Dictionary(
            grouping: world.laptops.filter { $0.home === node }, by: \.hasBeenOrganizer
        ).mapValues { Set($0.flatMap { $0.machine.allKeys.map(\.device) }) }
        // Of a notebook and its copies that have a key in common, one may have been an organizer's.
        let leaders = (laptops[false] ?? []).subtracting(laptops[true] ?? [])
        for commit in commits where leaders.contains(commit.dot.device) {
            guard commit.writes.contains(where: \.isFurtherMove) else { continue }
            throw Broken("\(node.name) let a leader move \(commit.key.id) by \(commit.dot).")
        }
    }

    /// An act is taken whole or not at all. A hub that was put back may judge it anew.
    private func checkActsAreWhole(_ laptop: LaptopNode) throws {
        guard world.tally.faults[.hubRestored] == nil else { return }
        let acts = Set(
            try laptop.store.refused().map(\.commit)
                .filter { $0.dot.device == laptop.device }.map(\.transaction))
        for commit in try laptop.home.commits()
        where commit.dot.device == laptop.device && acts.contains(commit.transaction) {
            throw Broken("of an act that was refused the hub took \(commit.dot).")
        }
    }

    /// Who may do today what they could do yesterday, and writes about what is on their laptop, is not
    /// refused because it has gone elsewhere meanwhile.
    private func checkRefusedRightly(_ laptop: LaptopNode) throws {
        let excuses: [Fault] = [
            .monthPassed, .turfTaken, .roleChanged, .revoked, .wiped, .readmitted, .hubClockJumped,
            .hubRestored,
            .restored, .copied, .reissued,
        ]
        guard excuses.allSatisfy({ world.tally.faults[$0] == nil }) else { return }
        for refused in try laptop.store.refused()
        where refused.rule == "grant" && !world.oversteps.contains(refused.commit.key) {
            throw Broken(
                "\(laptop.name) was refused \(refused.commit.dot) of \(refused.commit.key.id).")
        }
    }

    /// What its only holder erased before there was a hub: nobody has it, and the hub need not agree.
    private func erasedAlone(_ laptop: LaptopNode) throws -> Set<RecordKey> {
        try laptop.store.read { db in
            var row = try FastStatement(
                db, "SELECT kind, record, payload FROM log WHERE payload IS NOT NULL")
            var keys: Set<RecordKey> = []
            while try row.step() {
                let writes = try Payload.decode(row.bytes(2))
                guard writes.contains(where: { $0.field == CommonField.erased }) else { continue }
                keys.insert(RecordKey(try row.number(0), try row.id(1)))
            }
            return keys
        }
    }

    /// Of what was erased nothing is left in the log but that it was.
    private func checkErased(_ commits: [Commit], at node: HubNode) throws {
        let erased = try node.erasedRecords()
        for commit in commits where erased.contains(commit.key) {
            guard commit.writes.contains(where: { $0.field == CommonField.erased }) else {
                throw Broken("the log still holds \(commit.dot) on an erased record.")
            }
        }
        for commit in try node.commitsInBlocks() where erased.contains(commit.key) {
            guard commit.writes.contains(where: { $0.field == CommonField.erased }) else {
                throw Broken("a block still holds \(commit.dot) on an erased record.")
            }
        }
    }

    private func named(in commits: [Commit]) -> Set<Dot> {
        Set(commits.flatMap { $0.writes.flatMap(\.overwrites) })
    }

    /// What the hub refused.
    private func unaccepted() throws -> [Commit] {
        try world.laptops.flatMap { try $0.store.refused().map(\.commit) }
    }

    /// The records of which something was refused because they were about somebody who had been erased:
    /// nobody can give any of them back.
    private func refusedAsErased() throws -> Set<RecordKey> {
        Set(
            try world.laptops.flatMap { try $0.store.refused() }
                .filter { $0.rule == "erased" }.map(\.commit.key))
    }

    private func forEachOwn(
        of laptop: LaptopNode, _ body: (Dot, RecordKey) throws -> Void
    ) throws {
        try laptop.store.read { db in
            var row = try FastStatement(db, "SELECT seq, kind, record FROM log ORDER BY seq")
            while try row.step() {
                try body(
                    Dot(laptop.device, try row.seq(0)),
                    RecordKey(try row.number(1), try row.id(2)))
            }
        }
    }

    /// The laptop holds what its commits and everybody's make of every record that it may read.
    private func checkStates(
        _ laptop: LaptopNode, _ keys: [RecordKey], _ truth: [RecordKey: RecordState]
    ) throws {
        guard case .spaces(let spaces)? = try laptop.store.meta().cursor?.scope else {
            return try compare(laptop.store, keys, truth, laptop.name)
        }
        try Secrecy(world: world).checkFile(of: laptop, spaces)
        let readable = try keys.filter { key in
            try laptop.home.place(of: key).map(spaces.contains) ?? false
        }
        let waiting = try waitsForWhatIsLost(laptop)
        try compare(laptop.store, readable, truth, besides: waiting, laptop.name)
    }

    /// What a leader wrote that the hub has lost she keeps, also when nobody brings whom it is about, or
    /// when she may not write it any more.
    private func waitsForWhatIsLost(_ laptop: LaptopNode) throws -> Set<RecordKey> {
        guard world.tally.faults[.hubRestored] != nil else { return [] }
        let refused = try laptop.store.refused().filter { $0.rule != "erased" }.map(\.commit.key)
        return try Set(refused).union(mayNotGiveBack(laptop))
    }

    /// The records of which a leader's laptop, which has more than its hub, may tell it nothing.
    private func mayNotGiveBack(_ laptop: LaptopNode) throws -> Set<RecordKey> {
        guard laptop.role == .leader, try laptop.notebook.givesBackFrom != nil else { return [] }
        let member = laptop.notebook.me.member
        return try laptop.store.read { db in
            var row = try FastStatement(db, "SELECT kind, id FROM record")
            var keys: Set<RecordKey> = []
            while try row.step() { keys.insert(RecordKey(try row.number(0), try row.id(1))) }
            return keys.filter { !Kinds.mayBeWritten($0, by: member, leading: true) }
        }
    }

    /// The cells that are not alike, by their dots.
    private static func difference(_ found: RecordState, _ right: RecordState) -> String {
        Set(found.cells.map(\.key) + right.cells.map(\.key)).sorted().compactMap { key in
            let (a, b) = (found[key], right[key])
            guard a != b else { return nil }
            let sides = [a, b].map { cell in
                let live = cell?.live.map { "\($0.dot)@\($0.effective.rawValue)" } ?? []
                return "live \(live), dead \(cell?.dead.map(\.description) ?? [])"
            }
            return "  field \(key.field): \(sides[0])\n      right: \(sides[1])"
        }.joined(separator: "\n")
    }

    private func compare(
        _ store: Store, _ keys: [RecordKey], _ truth: [RecordKey: RecordState],
        besides others: Set<RecordKey> = [], _ whose: String
    ) throws {
        try store.read { db in
            for key in keys where !others.contains(key) {
                guard let state = try Records.state(of: key, db) else {
                    throw Broken("\(whose) does not have the record \(key.kind) \(key.id).")
                }
                guard let right = truth[key], state.isLike(right, shownAlike: !isShownApart) else {
                    throw Broken(
                        "\(whose) has another record \(key.kind) \(key.id):\n"
                            + Self.difference(state, truth[key] ?? RecordState()))
                }
            }
            let known = Set(keys)
            var row = try FastStatement(
                db, "SELECT kind, id FROM record WHERE life <> 3 ORDER BY id, kind")
            while try row.step() {
                let key = RecordKey(try row.number(0), try row.id(1))
                guard known.contains(key) || others.contains(key) else {
                    let state = try Records.state(of: key, db) ?? RecordState()
                    throw Broken(
                        "\(whose) has the record \(key.kind) \(key.id) alone:\n"
                            + Self.difference(state, RecordState()))
                }
            }
        }
    }
}

extension FieldWrite {
    /// Whether it says where a record lives that lived somewhere before.
    fileprivate var isFurtherMove: Bool { field == CommonField.space && !overwrites.isEmpty }
}

extension RecordState {
    /// Whether two replicas show the same. One may remember more dots as dead: of commits that a hub
    /// has lost. Erased is erased, however often somebody said so.
    fileprivate func isLike(_ other: RecordState, shownAlike: Bool) -> Bool {
        if isErased, other.isErased { return true }
        let cells = cells.filter { !$0.live.isEmpty }
        let others = other.cells.filter { !$0.live.isEmpty }
        return life == other.life && cells.count == others.count
            && zip(cells, others).allSatisfy {
                $0.key == $1.key && $0.live.isLike($1.live, shownAlike: shownAlike)
            }
            && other.cells.allSatisfy { cell in
                let dead = Set(self[cell.key]?.dead ?? [])
                return cell.dead.allSatisfy(dead.contains)
            }
    }
}

extension [Write] {
    fileprivate func isLike(_ other: [Write], shownAlike: Bool) -> Bool {
        guard !shownAlike else { return self == other }
        return map(\.dot) == other.map(\.dot) && map(\.value) == other.map(\.value)
    }
}
