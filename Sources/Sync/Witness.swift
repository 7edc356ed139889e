import Notebook
import Replication
import Store

/// How long a notebook has had more than its hub.
extension Notebook {
    private static let apart = "hub.apart"
    /// So long the hub has time to hear of what it has lost from who wrote it: a week.
    private static let graceMilliseconds: UInt64 = 7 * 86_400_000

    /// Whether the hub, which was put back from a backup, had less than this notebook when they last
    /// compared.
    var isApart: Bool {
        get throws { try store.read { try Setting.value($0, Self.apart) } != nil }
    }

    /// From when on this notebook gives the hub back what it has lost and nobody else has brought; in
    /// milliseconds since 1970, nil while they are the same.
    package var givesBackFrom: UInt64? {
        get throws {
            let since = try store.read { try Setting.value($0, Self.apart) }.flatMap { UInt64($0) }
            return since.map { $0 + Self.graceMilliseconds }
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

    func noteSame() throws {
        guard try isApart else { return }
        try store.write { try $0.setSetting(Self.apart, nil) }
    }

    /// As whom this notebook gives back what the hub has lost.
    func witness(_ roles: [String], _ transaction: Transaction) throws -> Witness {
        let since = try Self.apartSince(transaction)
        let now = store.environment.milliseconds()
        return Witness(
            member: me.member,
            isDue: since.map { now > $0 + Self.graceMilliseconds } ?? false,
            mayMove: roles.contains("organizer"), mayErase: roles.contains("admin"))
    }

    private static func apartSince(_ transaction: Transaction) throws -> UInt64? {
        try transaction.setting(apart).flatMap { UInt64($0) }
    }
}
