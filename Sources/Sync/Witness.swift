import Notebook
import Replication
import Store

/// When a notebook was compared with its hub, and how long it has had more than that.
extension Notebook {
    private static let apart = "hub.apart"
    private static let compared = "hub.compared"
    private static let dayMilliseconds: UInt64 = 86_400_000
    private static let triesToGiveBack = "hub.giveBackRefused"

    /// So long the hub has time to hear of what it has lost from who wrote it, or to take what it has
    /// refused: a week. Where it goes on refusing, twice as long each time, up to eight months: each
    /// try is written into the log.
    private static func graceMilliseconds(_ refusals: String?) -> UInt64 {
        let times = min(refusals.flatMap { UInt64($0) } ?? 0, 8)
        return max(1, (1 << times) / 8) * 7 * dayMilliseconds
    }

    /// Whether to compare is worth a request of its own: once a day, and while the hub has less.
    var isToCompare: Bool {
        get throws {
            let compared = try store.read { try Setting.value($0, Self.compared) }
            let now = store.environment.milliseconds()
            guard let last = compared.flatMap({ UInt64($0) }), last <= now,
                now < last + Self.dayMilliseconds
            else { return true }
            return try isApart
        }
    }

    /// Whether the hub, which was put back from a backup, had less than this notebook when they last
    /// compared.
    var isApart: Bool {
        get throws { try store.read { try Setting.value($0, Self.apart) } != nil }
    }

    /// From when on this notebook gives the hub back what it has lost and nobody else has brought; in
    /// milliseconds since 1970, nil while they are the same.
    package var givesBackFrom: UInt64? {
        get throws {
            try store.read { db in
                let since = try Setting.value(db, Self.apart).flatMap { UInt64($0) }
                let refusals = try Setting.value(db, Self.triesToGiveBack)
                return since.map { $0 + Self.graceMilliseconds(refusals) }
            }
        }
    }

    /// From now on, unless it was so before. What a wrong clock noted for a time to come, the right one
    /// notes anew.
    func noteApart() throws {
        let now = store.environment.milliseconds()
        try store.write { transaction in
            guard try Self.apartSince(transaction).map({ $0 > now }) ?? true else { return }
            try transaction.setSetting(Self.apart, String(now))
        }
    }

    /// What the hub does not take back today it may take when others have brought more.
    func waitToGiveBack(_ transaction: Transaction) throws {
        let now = store.environment.milliseconds()
        // The refusals of one try come in several answers.
        if try Self.apartSince(transaction).map({ now > $0 + Self.dayMilliseconds }) ?? true {
            let times = try transaction.setting(Self.triesToGiveBack).flatMap { UInt64($0) } ?? 0
            try transaction.setSetting(Self.triesToGiveBack, String(min(times, 100) + 1))
        }
        try transaction.setSetting(Self.apart, String(now))
    }

    /// Writes nothing where there is no news: most exchanges have nothing else to write.
    func noteSame() throws {
        guard try isToCompare else { return }
        let now = store.environment.milliseconds()
        try store.write { transaction in
            try Self.forgetWhatWasCompared(transaction)
            try transaction.setSetting(Self.compared, String(now))
        }
    }

    /// A hub that was put back once more may hear of what it has lost by then, as it did before.
    static func forgetWhatWasCompared(_ transaction: Transaction) throws {
        for name in [apart, compared, triesToGiveBack] { try transaction.setSetting(name, nil) }
    }

    /// As whom this notebook gives back what the hub has lost.
    func witness(_ roles: [String], _ transaction: Transaction) throws -> Witness {
        let since = try Self.apartSince(transaction)
        let grace = try Self.graceMilliseconds(transaction.setting(Self.triesToGiveBack))
        let now = store.environment.milliseconds()
        let member = me.member
        let isOrganizer = roles.contains("organizer")
        return Witness(
            member: member, isDue: since.map { now > $0 + grace } ?? false,
            mayMove: isOrganizer, mayErase: roles.contains("admin"),
            mayWrite: { key in
                isOrganizer
                    || Kinds.mayBeWritten(key, by: member, leading: roles.contains("leader"))
            })
    }

    private static func apartSince(_ transaction: Transaction) throws -> UInt64? {
        try transaction.setting(apart).flatMap { UInt64($0) }
    }
}
