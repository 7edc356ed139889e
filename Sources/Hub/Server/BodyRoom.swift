import Replication
import Synchronization

/// How much of requests' bodies the hub holds at once, so that many together may not fill the
/// memory. Whoever comes finds room: a body that is not whole yet makes way, the oldest first, and
/// an earlier one of the same device in any case.
final class BodyRoom: Sendable {
    private let mostBytes: Int
    private let state = Mutex(State())

    private struct State {
        var taken = 0
        var last: UInt64 = 0
        /// Those that are not whole yet.
        var unfinished: [UInt64: Place] = [:]
    }

    init(mostBytes: Int = 64 << 20) {
        self.mostBytes = mostBytes
    }

    /// A place for one body, which grows with it and is free again when nobody holds it any more.
    func place(of device: DeviceID? = nil) -> Place {
        let (place, earlier) = state.withLock { state in
            state.last += 1
            let earlier = device.flatMap { device in
                state.unfinished.first { $0.value.device == device }
            }
            earlier.map { _ = state.unfinished.removeValue(forKey: $0.key) }
            let place = Place(self, number: state.last, device)
            state.unfinished[state.last] = place
            return (place, earlier?.value)
        }
        earlier?.end()
        return place
    }

    var takenBytes: Int { state.withLock { $0.taken } }

    fileprivate func take(_ bytes: Int, for place: Place) throws {
        while let other = try takeOrFindOther(bytes, for: place) { other.end() }
    }

    /// Takes the room, or says whose end would make some.
    private func takeOrFindOther(_ bytes: Int, for place: Place) throws -> Place? {
        try state.withLock { state in
            guard state.taken + bytes > mostBytes else {
                state.taken += bytes
                return nil
            }
            let others = state.unfinished.keys.filter { $0 != place.number }
            guard let oldest = others.min() else { throw Problem.busy }
            return state.unfinished.removeValue(forKey: oldest)
        }
    }

    fileprivate func free(_ bytes: Int) { state.withLock { $0.taken -= bytes } }

    fileprivate func finish(_ place: Place) {
        state.withLock { _ = $0.unfinished.removeValue(forKey: place.number) }
    }
}

extension BodyRoom {
    /// What one body takes of the room.
    final class Place: Sendable {
        fileprivate let number: UInt64
        fileprivate let device: DeviceID?
        private let room: BodyRoom
        private let state = Mutex(State())

        private struct State {
            var taken = 0
            var isEnded = false
            var cancel: (@Sendable () -> Void)?
        }

        fileprivate init(_ room: BodyRoom, number: UInt64, _ device: DeviceID?) {
            self.room = room
            self.number = number
            self.device = device
        }

        /// Throws `Problem.busy` when the body had to make way.
        func take(_ bytes: Int) throws {
            try room.take(bytes, for: self)
            let isEnded = state.withLock { state in
                if !state.isEnded { state.taken += bytes }
                return state.isEnded
            }
            guard isEnded else { return }
            room.free(bytes)
            throw Problem.busy
        }

        /// Runs what takes the body in, until it is whole or has to make way: then it throws
        /// `Problem.busy`, also while nothing comes.
        func fill<Result: Sendable>(
            _ body: @escaping @Sendable () async throws -> Result
        ) async throws -> Result {
            defer { room.finish(self) }
            let task = Task { try await body() }
            let isEnded = state.withLock { state in
                state.cancel = { task.cancel() }
                return state.isEnded
            }
            if isEnded { task.cancel() }
            do {
                return try await withTaskCancellationHandler {
                    try await task.value
                } onCancel: {
                    task.cancel()
                }
            } catch {
                throw state.withLock { $0.isEnded } ? Problem.busy : error
            }
        }

        /// Makes way for another body.
        fileprivate func end() {
            let (bytes, cancel) = state.withLock { state in
                defer { state.taken = 0 }
                state.isEnded = true
                return (state.taken, state.cancel)
            }
            room.free(bytes)
            cancel?()
        }

        deinit { room.free(state.withLock { $0.taken }) }
    }
}
