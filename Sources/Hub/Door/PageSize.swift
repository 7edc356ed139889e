import Replication

/// How much of the log one answer brings, and one block of a snapshot.
package struct PageSize: Sendable {
    /// A page ends after this many commits, or bytes of payload, at the end of an act.
    package static let commits = 4000
    private static let bytes = Limits.inflatedBytes / 3
    /// Even an act is cut here: moving a large turf sends each of its records whole.
    private static let mostCommits = Limits.blockCommits / 2
    private static let mostBytes = Limits.inflatedBytes / 2
    /// Rows that are looked at for one page, whether the device may see them or not.
    private static let rows = 20_000

    private let commits: Int
    private let mostCommits: Int
    let rows: Int
    /// A block of a snapshot ends after this many: what a laptop takes in in one transaction.
    let blockCommits: Int

    /// A simulator has smaller ones, so that few commits make many.
    package init(commits: Int = Self.commits) {
        self.commits = commits
        mostCommits = min(Self.mostCommits, 5 * commits)
        rows = min(Self.rows, 5 * commits)
        blockCommits = min(4096, 2 * commits)
    }

    func isFull(_ page: Reader.Page) -> Bool {
        page.entries.count >= commits || page.bytes >= Self.bytes
    }

    func isOverfull(_ page: Reader.Page) -> Bool {
        page.entries.count >= mostCommits || page.bytes >= Self.mostBytes
    }
}
