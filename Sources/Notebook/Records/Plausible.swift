import Replication
import Store
import Wording

/// What cannot be, though each field by itself takes it: a meeting that was held next week, a campaign
/// that ends before it begins.
struct Plausible {
    let kind: KindSchema
    let changes: [Change]
    /// The record before the changes; nil for a new one.
    let state: RecordState?
    let today: Day

    /// A hundred years: whoever meets today was not there before.
    private static let mostDays: Int64 = 36_525

    /// Throws `NotebookError.heldAhead`, `.longAgo` and `.endsBeforeStart`.
    func check() throws {
        if kind == OneToOne.kind { try checkHeld() }
        for (start, end) in [("start", "end"), ("since", "until"), ("askedOn", "answeredOn")] {
            guard let start = kind.field(named: start), let end = kind.field(named: end) else {
                continue
            }
            try check(start, before: end)
        }
    }

    private func checkHeld() throws {
        guard isChanged(OneToOne.on) || isChanged(OneToOne.status), let day = day(OneToOne.on)
        else { return }
        guard day + Self.mostDays > today else {
            throw NotebookError.longAgo(day.short(today: today))
        }
        guard day > today,
            changes.value(of: OneToOne.status, in: state)?.text ?? OneToOne.held == OneToOne.held
        else { return }
        throw NotebookError.heldAhead(on: day.short(today: today))
    }

    private func check(_ start: FieldSchema, before end: FieldSchema) throws {
        guard isChanged(start) || isChanged(end), let first = day(start), let last = day(end),
            last < first
        else { return }
        throw NotebookError.endsBeforeStart(
            start: FieldWords.field(start.name, of: kind.number),
            end: FieldWords.field(end.name, of: kind.number),
            startDay: first.short(today: today), endDay: last.short(today: today))
    }

    private func isChanged(_ field: FieldSchema) -> Bool {
        changes.contains {
            guard case .set(field.number, _, _) = $0 else { return false }
            return true
        }
    }

    private func day(_ field: FieldSchema) -> Day? { changes.day(of: field, in: state) }
}
