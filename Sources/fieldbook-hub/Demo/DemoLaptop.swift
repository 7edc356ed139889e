import Foundation
import Hub
import Notebook
import Replication
import Sync
import Wording

/// One organizer's laptop in the demo.
struct DemoLaptop {
    let owner: String
    let file: NotebookFile
    let notebook: Notebook

    static func make(_ owner: String, in folder: String) throws -> DemoLaptop {
        let name = owner.split(separator: " ").first.map { $0.lowercased() } ?? owner
        let file = NotebookFile(path: "\(folder)/\(name).sqlite")
        let notebook = try file.create(name: owner, zoneName: Zone.systemName, zone: .system)
        return DemoLaptop(owner: owner, file: file, notebook: notebook)
    }

    var firstName: String { owner.split(separator: " ").first.map(String.init) ?? owner }

    /// Logs a one-to-one with somebody new, some days ago. Returns the person.
    @discardableResult
    func meet(_ resident: DemoTown.Resident, daysAgo: Int64, dueIn: Int64) throws -> RecordID {
        let day = notebook.today + -daysAgo
        let notes = OneToOneNotes(
            on: day, minutes: 35, summary: resident.summary, heard: [resident.concern],
            next: resident.next, due: resident.next == nil ? nil : notebook.today + dueIn)
        return try notebook.log(
            notes, withNew: PersonDetails(name: resident.name, phone: resident.phone)
        ).person
    }

    /// Exchanges with the hub and says what came of it.
    func sync() async throws -> Phrase {
        let report = try await notebook.sync()
        return "\(firstName) syncs: sent \(report.sent), learned \(report.received)."
    }
}
