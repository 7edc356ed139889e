package import Replication
package import Store

extension [Change] {
    /// What a field of a record will hold after these changes; nil for nothing.
    package func value(of field: FieldSchema, in state: RecordState? = nil) -> Value? {
        for case .set(field.number, _, let value) in reversed() {
            return value.isNull ? nil : value
        }
        return state?.value(of: field.number)
    }

    func day(of field: FieldSchema, in state: RecordState? = nil) -> Day? {
        value(of: field, in: state)?.day.map(Day.init(number:))
    }
}
