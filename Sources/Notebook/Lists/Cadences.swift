import GRDB
import Replication
import Store

/// The agreed interval between contacts, in days.
package struct Cadence: Sendable, Hashable {
    package let dueDays: Int64
    package let overdueDays: Int64

    package static let standard = Cadence(dueDays: 14, overdueDays: 30)

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

    /// Of two cadences of one tier the later one counts. Where only one of the two numbers is
    /// written down, the other is to it as in the standard.
    init(_ db: Database) throws {
        var row = try FastStatement(
            db, "SELECT tier, dueDays, overdueDays FROM cadence WHERE tier IS NOT NULL ORDER BY id")
        let (due, overdue) = (Cadence.standard.dueDays, Cadence.standard.overdueDays)
        while try row.step() {
            let written = (Self.days(row, 1), Self.days(row, 2))
            let cadence: Cadence? =
                switch written {
                case (let first?, let second?):
                    Cadence(dueDays: first, overdueDays: max(first, second))
                case (let first?, nil):
                    Cadence(dueDays: first, overdueDays: first * overdue / due)
                case (nil, let second?):
                    Cadence(dueDays: max(1, second * due / overdue), overdueDays: second)
                case (nil, nil): nil
                }
            if let cadence { byTier[Folding.name(row.text(0))] = cadence }
        }
    }

    /// No interval is longer than a hundred years.
    private static func days(_ row: FastStatement, _ column: Int32) -> Int64? {
        row.isNull(column) ? nil : min(max(row.int(column), 1), 36_525)
    }

    /// The cadence of a tier; the standard for one of which nothing is agreed, and for no tier.
    func of(_ tier: String?) -> Cadence {
        tier.flatMap { byTier[Folding.name($0)] } ?? .standard
    }
}
