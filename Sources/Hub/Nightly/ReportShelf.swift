import Foundation
import Glibc
import Notebook
import Store
import Wording

/// The folder that holds the nights' reports: `DAY.txt` and `DAY.html`.
struct ReportShelf {
    let path: String

    /// How many nights are kept.
    static let kept = 60

    private static let endings = [".txt", ".html"]

    /// Writes a day's report, each file whole or not at all, and removes those of long ago. Returns
    /// the text's path.
    func add(day: String, text: String, html: String) throws -> String {
        try Folder.create(path)
        for (content, ending) in zip([text, html], Self.endings) {
            try write(content, to: "\(path)/\(day)\(ending)")
        }
        removeOld()
        return "\(path)/\(day).txt"
    }

    /// The last night's report as an HTML fragment; nil before the first.
    func latestHTML() throws -> String? {
        guard let last = days(".html").last else { return nil }
        return try String(contentsOfFile: "\(path)/\(last).html", encoding: .utf8)
    }

    /// The day of the last night's report; nil before the first.
    var lastDay: String? { days(".txt").last }

    private func write(_ content: String, to path: String) throws {
        let draft = path + ".unfinished"
        let isWritten = FileManager.default.createFile(
            atPath: draft, contents: Data(content.utf8), attributes: [.posixPermissions: 0o600])
        guard isWritten, rename(draft, path) == 0 else {
            unlink(draft)
            throw HubError.reportNotWritten(path: path)
        }
    }

    /// Takes out what all reports say: somebody was erased whom they may name. The next night's says
    /// anew what is to be done.
    func clear() {
        let text = said(
            "What stood here was removed, since somebody was erased whom it may have named.")
        for day in days(".txt") { try? write(text + "\n", to: "\(path)/\(day).txt") }
        for day in days(".html") { try? write("<p>\(text)</p>\n", to: "\(path)/\(day).html") }
    }

    private func removeOld() {
        for ending in Self.endings {
            for day in days(ending).dropLast(Self.kept) { unlink("\(path)/\(day)\(ending)") }
        }
    }

    /// The days with a file of this ending, the first first.
    private func days(_ ending: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }
            .filter { Day(iso: $0) != nil }.sorted()
    }
}
