import Replication
import Store

extension Notebook {
    /// Runs `body` on the notebook as it would be had nothing been written after a day, on that day:
    /// every list and report reads it like any other.
    ///
    /// What counts is when an entry was written, on whichever laptop, by its stamp; when it arrived
    /// here is not kept. What was erased since is gone.
    package func asKnown<Result>(
        on day: Day, _ body: (Notebook) throws -> Result
    ) throws -> Result {
        let end = endMilliseconds(of: day)
        let past = Environment(
            milliseconds: { end }, randomBytes: store.environment.randomBytes,
            key: store.environment.key)
        return try store.asKnown(upTo: end, environment: past) {
            try body(Notebook(store: $0, zone: zone, me: me))
        }
    }

    /// The last moment of a day in the notebook's time zone, in milliseconds since 1970.
    private func endMilliseconds(of day: Day) -> UInt64 {
        let midnight = (day.number + 1) * 86_400_000
        let guess = UInt64(max(1, midnight))
        // The offset is that of the evening, which a change of the clock at night leaves alone.
        let evening = guess > 43_200_000 ? guess - 43_200_000 : guess
        let offset = zone.offsetSeconds(evening) * 1000
        return UInt64(max(1, midnight - offset)) - 1
    }
}
