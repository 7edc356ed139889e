import Foundation
import Notebook
import Replication
import Store
import Testing

/// Another program may leave out whatever this one always writes.
@Suite("Records of which little is said")
struct SparseTests {
    /// A value of each field's type, as plain as can be.
    private static func value(of field: FieldSchema, in notebook: Notebook) -> Value {
        switch field.type {
        case .text: .text(field.choices.first ?? "x")
        case .int: .int(field.range?.lowerBound ?? 1)
        case .day: .day(notebook.today.number)
        case .id: .id(notebook.store.environment.newID())
        }
    }

    /// Of every kind a record without fields, and for each field one that has it alone.
    private static func laptop() throws -> Laptop {
        let laptop = try Laptop()
        let notebook = try laptop.open()
        var edits: [Edit] = []
        for kind in Kinds.all.map(\.schema) {
            let key = { RecordKey(kind.number, notebook.store.environment.newID()) }
            edits.append(Edit(key(), home: Space.organizers, []))
            for field in kind.fields {
                let value = value(of: field, in: notebook)
                let change: Change =
                    field.isSet
                    ? .insert(field.number, value) : .set(field.number, field.rule, value)
                edits.append(Edit(key(), home: Space.organizers, [change]))
            }
        }
        _ = try notebook.store.write { transaction in
            for edit in edits { try transaction.commit([edit], by: notebook.me.member) }
        }
        return laptop
    }

    @Test("Every report, list and export can do with them")
    func all() throws {
        let laptop = try Self.laptop()
        try laptop.succeed("person", "add", "Rosa Alvarez")
        let reports = Report.all.map { ["report", $0.name] + ($0.isAboutOne ? ["Rosa"] : []) }
        let lists = [
            "today", "status", "verify", "conflicts", "find x", "person list", "person duplicates",
            "person show Rosa", "turf list", "action list", "team list", "demand list",
            "commitment list", "concern list", "campaign list", "goal list", "institution list",
            "record kinds", "plan", "refused",
        ].map { $0.split(separator: " ").map(String.init) }
        let exports = ["ndjson", "csv", "vcard", "ics"].map { ["export", "--format", $0] }
        let kinds = Kinds.all.map { ["record", "list", $0.schema.name] }
        for command in reports + lists + exports + kinds {
            let outcome = try laptop.run(command)
            #expect(outcome.code == 0, "\(command): \(outcome.errors)")
        }
    }
}
