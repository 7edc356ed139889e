/// The limits that a hub publishes, and that every decoder keeps. Sizes in bytes.
package enum Limits {
    /// A request's or an answer's body, as it travels.
    package static let bodyBytes = 1 << 20
    /// The same after inflating.
    package static let inflatedBytes = 8 << 20
    /// One value.
    package static let valueBytes = 64 << 10
    /// Entries in one block, and so in one push and one page.
    package static let blockCommits = 16_384
    /// Commits in one act.
    package static let actCommits = 4096
    /// An act's writes: what cannot be compressed must fit into one body too.
    package static let actBytes = 768 << 10
    /// How much a hub takes on one record: commits, field writes and overwritten dots together; and
    /// bytes of payload. A record goes into one page whole. Leaders may use half of each.
    package static let recordWeight = 8192
    package static let recordBytes = 5 << 19
    /// Field writes in one commit.
    package static let commitWrites = 1024
    /// Points of its chain that a device may ask about at once.
    package static let points = 64
    /// How many predecessors a request to be enrolled names at most: the last ones.
    package static let predecessors = 32
    /// Blocks of one snapshot.
    package static let snapshotBlocks = 65_536
    /// Dots that one write may name.
    package static let writeOverwrites = 8192
    /// The same as `bodyBytes` and `inflatedBytes` for what hubs say to each other: a push that fills
    /// a body, with the salts that its secret stood for.
    package static let peerBodyBytes = 2 << 20
    package static let peerInflatedBytes = 16 << 20
    /// Commits that one hub offers to another, or wants of it, at once.
    package static let offeredCommits = 1 << 17
    /// Sequence numbers stay below this, so that no arithmetic on them overflows.
    package static let seq: UInt64 = 1 << 48
    /// Kinds, fields and value types stay below this.
    package static let number: UInt64 = 1 << 31
}
