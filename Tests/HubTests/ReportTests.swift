import Foundation
import Notebook
import Replication
import Store
import Testing

@testable import Hub

@Suite("The night's report")
struct ReportTests {
    /// Somebody imported a list of members once too often.
    @Test func isForAPersonToReadHoweverMuchThereIs() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            let long = String(repeating: "Maximiliana ", count: 60)
            try ana.act(
                (0..<3000).map { number in
                    let name = "\(number / 2 == 0 ? long : "Neighbor") \(number / 2)"
                    return Edit(
                        Person.key(ana.store.environment.newID()),
                        [.set(Person.name, .text(name))])
                })
            try await ana.sync()
            let result = try await Nightly(hub: parish.hub).run()
            #expect(result.duplicateCount == 1500)
            #expect(result.duplicates.count == 1000)
            let text = NightlyReport(result, hub: parish.hub).text
            #expect(text.contains("1,500 pairs of people who may be one"))
            #expect(text.contains("… and 1,450 more."))
            #expect(text.contains("Maximiliana Maximiliana"))
            let lines = text.split(separator: "\n")
            #expect(lines.count < 70)
            #expect(lines.allSatisfy { $0.count < 300 })
        }
    }

    @Test func isKeptForSixtyNights() async throws {
        try await Parish.open(isServing: false) { parish in
            let shelf = ReportShelf(path: parish.hub.folder.reports)
            let first = try #require(Day(iso: "2026-01-01"))
            for number in 0..<70 {
                let day = first + Int64(number)
                _ = try shelf.add(day: "\(day)", text: "text \(number)", html: "html \(number)")
            }
            let names = try FileManager.default.contentsOfDirectory(
                atPath: parish.hub.folder.reports)
            #expect(names.count == 120)
            #expect(!names.contains("2026-01-10.txt"))
            #expect(names.contains("2026-01-11.txt"))
            #expect(try shelf.latestHTML() == "html 69")
        }
    }

    @Test func aNightWhoseReportCannotBeWrittenSaysSo() async throws {
        try await Parish.open(isServing: false) { parish in
            try Data().write(to: URL(filePath: parish.hub.folder.reports))
            let result = try await Nightly(hub: parish.hub).run()
            #expect(result.report == nil)
            #expect(result.backup != nil)
            #expect(
                result.problems.contains { "\($0)".contains("The report could not be written") })
        }
    }
}
