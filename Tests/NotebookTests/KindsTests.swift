import Foundation
import Replication
import Store
import Testing

@testable import Notebook

/// The one table of kinds is whole: nothing in it names what is not there.
@Suite("The table of kinds")
struct KindsTests {
    @Test func numbersAndNamesAreGivenOnce() {
        #expect(Set(Kinds.all.map(\.schema.number)).count == Kinds.all.count)
        #expect(Set(Kinds.all.map(\.schema.name)).count == Kinds.all.count)
        for policy in Kinds.all {
            let fields = policy.schema.fields
            #expect(Set(fields.map(\.number)).count == fields.count, "\(policy.schema.name)")
            #expect(Set(fields.map(\.name)).count == fields.count, "\(policy.schema.name)")
        }
    }

    @Test func whatFieldsNameIsThere() {
        for policy in Kinds.all {
            for field in policy.schema.fields {
                #expect((field.type == .id) == !field.names.isEmpty, "\(field.name)")
                #expect(Kinds.numbers(named: field).count == field.names.count, "\(field.name)")
                #expect(field.choices.isEmpty || field.type == .text, "\(field.name)")
                #expect(field.range == nil || field.type == .int, "\(field.name)")
            }
        }
    }

    @Test func indexesAndSubjectsAreFieldsOfTheirKind() {
        for policy in Kinds.all {
            let names = ["space"] + policy.schema.fields.map(\.name)
            for column in policy.schema.indexed.flatMap(\.columns) {
                #expect(names.contains(column), "\(policy.schema.name) \(column)")
            }
            for subject in policy.subjects {
                #expect(policy.schema.fields.contains(subject))
            }
        }
    }

    @Test(
        "What could hurt somebody has no field", arguments: ["immigra", "health", "crim", "photo"])
    func hasNoFieldForThat(_ word: String) {
        for field in Kinds.all.flatMap(\.schema.fields) {
            #expect(!field.name.lowercased().contains(word))
        }
    }
}
