import GRDB
import Replication
import Store

/// The agreed interval between contacts, in days.
package struct Cadence: Sendable, Hashable {
    package let dueDays: Int64
    package let overdueDays: Int64

    package static let standard = Cadence(dueDays: 14, overdueDays: 30)

    /// From one of the two numbers, or both: where only one is written down, the other is to it as in the
    /// standard. No interval is longer than a hundred years.
    fileprivate init?(due: Int64?, overdue: Int64?) {
        func days(_ number: Int64) -> Int64 { min(max(number, 1), 36_525) }
        let standard = Self.standard
        switch (due.map(days), overdue.map(days)) {
        case (let first?, let second?):
            self.init(dueDays: first, overdueDays: max(first, second))
        case (let first?, nil):
            self.init(
                dueDays: first, overdueDays: first * standard.overdueDays / standard.dueDays)
        case (nil, let second?):
            self.init(
                dueDays: max(1, second * standard.dueDays / standard.overdueDays),
                overdueDays: second)
        case (nil, nil): return nil
        }
    }

    private init(dueDays: Int64, overdueDays: Int64) {
        self.dueDays = dueDays
        self.overdueDays = overdueDays
    }

    /// Reads "7/14", or "7", as somebody's cadence is written. Throws `NotebookError.notACadence`.
    package init(_ text: String) throws {
        let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map {
            Int64(Assignment.trimmed($0))
        }
        guard (1...2).contains(numbers.count), !numbers.contains(nil),
            let due = numbers[0], due > 0, (numbers.last ?? due) ?? due >= due,
            let cadence = Cadence(due: due, overdue: numbers.count == 2 ? numbers[1] : nil)
        else { throw NotebookError.notACadence(text) }
        self = cadence
    }

    /// "7/14"
    package var written: String { "\(dueDays)/\(overdueDays)" }

    /// How much somebody weighs: whom one means to meet twice as often as others, twice as much.
    var weight: Double { Double(Self.standard.dueDays) / Double(dueDays) }

    /// How things stand after so many days without contact.
    func state(after days: Int64) -> TurfState {
        days > overdueDays ? .overdue : days > dueDays ? .due : .ok
    }
}

/// How often people of each tier should be met.
struct Cadences: Sendable {
    private var byTier: [String: Cadence] = [:]

    /// Of two cadences of one tier the later one counts.
    init(_ db: Database) throws {
        var row = try FastStatement(
            db, "SELECT tier, dueDays, overdueDays FROM cadence WHERE tier IS NOT NULL ORDER BY id")
        while try row.step() {
            let cadence = Cadence(
                due: row.isNull(1) ? nil : row.int(1), overdue: row.isNull(2) ? nil : row.int(2))
            if let cadence { byTier[Folding.name(row.text(0))] = cadence }
        }
    }

    /// A person's own cadence; else that of their tier; the standard for a tier of which nothing is
    /// agreed, and for no tier.
    func of(_ tier: String?, own: String? = nil) -> Cadence {
        if let own = own.flatMap({ try? Cadence($0) }) { return own }
        return tier.flatMap { byTier[Folding.name($0)] } ?? .standard
    }
}
