import Synchronization

/// How much of requests' bodies the hub holds at once. Whoever sends one is a stranger until all of
/// it is there, so that many strangers together may not fill the memory.
final class BodyRoom: Sendable {
    private let mostBytes: Int
    private let taken = Mutex(0)

    init(mostBytes: Int = 64 << 20) {
        self.mostBytes = mostBytes
    }

    /// A place for one body, which grows with it and is free again when nobody holds it any more.
    func place() -> Place { Place(self) }

    var takenBytes: Int { taken.withLock { $0 } }

    fileprivate func take(_ bytes: Int) throws {
        try taken.withLock { taken in
            guard taken + bytes <= mostBytes else { throw Problem.busy }
            taken += bytes
        }
    }

    fileprivate func free(_ bytes: Int) { taken.withLock { $0 -= bytes } }

    final class Place: Sendable {
        private let room: BodyRoom
        private let taken = Mutex(0)

        fileprivate init(_ room: BodyRoom) { self.room = room }

        /// Throws `Problem.busy` when there is no room for as many bytes more.
        func take(_ bytes: Int) throws {
            try room.take(bytes)
            taken.withLock { $0 += bytes }
        }

        deinit { room.free(taken.withLock { $0 }) }
    }
}
