/// Who gets a record: the commons, the organizers, or one turf. A turf's space has the turf
/// record's id.
package typealias SpaceID = RecordID

/// The spaces that exist before any hub does.
package enum Space {
    /// Read by every member of the congregation.
    package static let commons = SpaceID(rawValue: 0x0000_0000_0000_7000_8000_0000_0000_0001)
    /// Read by organizers alone.
    package static let organizers = SpaceID(rawValue: 0x0000_0000_0000_7000_8000_0000_0000_0002)
    /// Not a space: in a scope or a cursor, every space of the congregation.
    package static let all = SpaceID(rawValue: 0)

    /// Whether an id has a meaning of its own, so that nothing else may have it.
    package static func isReserved(_ id: RecordID) -> Bool {
        [all, commons, organizers].contains(id)
    }

    /// The space as people name it: `commons`, `organizers`, `all`, or a turf's id.
    package static func name(of space: SpaceID) -> String {
        switch space {
        case all: "all"
        case commons: "commons"
        case organizers: "organizers"
        default: space.description
        }
    }
}

/// What a device may read.
package enum Scope: Hashable, Sendable {
    /// Every space of the congregation, those not yet made included.
    case everything
    case spaces(Set<SpaceID>)

    package func contains(_ space: SpaceID) -> Bool {
        switch self {
        case .everything: true
        case .spaces(let spaces): spaces.contains(space)
        }
    }

    /// The scope as ids in ascending order; everything is `Space.all` alone.
    package var ids: [SpaceID] {
        switch self {
        case .everything: [Space.all]
        case .spaces(let spaces): spaces.sorted()
        }
    }

    package init(ids: [SpaceID]) {
        self = ids.contains(Space.all) ? .everything : .spaces(Set(ids))
    }
}
