import Foundation

/// One line of the workload: what one laptop changed of one record.
package struct WorkloadChange: Decodable, Sendable {
    package let stamp: String
    package let node: String
    package let entity: Entity
    package let id: String
    package let fields: [String: WorkloadValue]

    /// The workload's kinds of records.
    package enum Entity: String, Decodable, Sendable {
        case congregation, organizer, person, assessment, commitment
        case oneToOne = "one_to_one"
    }

    /// The time at which the laptop made the change, in milliseconds since 1970.
    package var milliseconds: UInt64 { UInt64(stamp.prefix(12), radix: 16) ?? 0 }

    /// Whether it deletes the record.
    package var isDelete: Bool { fields["_deleted"] != nil }
}

/// A value as the workload writes it.
package enum WorkloadValue: Decodable, Sendable, Hashable {
    case text(String)
    case number(Int64)
    case list([String])

    /// Reads what JSON holds there.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let number = try? container.decode(Int64.self) {
            self = .number(number)
        } else {
            self = .list(try container.decode([String].self))
        }
    }
}
