import Crypto
package import Notebook
import Replication

/// How a file is to be brought in.
package struct ImportSettings: Sendable {
    package var isDryRun: Bool
    /// What somebody said of the columns of a list.
    package var wishes = ColumnMapping.Wishes()
    /// The file beside which rejected rows are written; nil writes them nowhere.
    package var rejectsBeside: String?

    package init(isDryRun: Bool = false) {
        self.isDryRun = isDryRun
    }
}

extension Notebook {
    /// Brings a file in, in one transaction. Throws `InterchangeError`.
    package func importFile(
        _ source: SourceFile, as form: Form, _ settings: ImportSettings,
        progress: @escaping (Int) -> Void = { _ in }
    ) throws -> ImportReport {
        guard source.bytes > 0 else { throw InterchangeError.empty(path: source.name) }
        let name = source.name.split(separator: "/").last.map(String.init) ?? source.name
        let digest = try source.digest()
        let table = form == .csv ? try CSVTable(source, settings.wishes) : nil
        try table?.checkHasNames()
        return try importing(name, digest: digest, isDryRun: settings.isDryRun, progress: progress)
        { run in
            switch form {
            case .ndjson: try NDJSONImport(source, run).read()
            case .csv:
                guard let table else { return }
                run.report.mapping = table.mapping
                let beside = settings.isDryRun ? nil : settings.rejectsBeside
                let rejects = RejectedRows(beside: beside, table.headings)
                try CSVImport(table, run).read(rejects)
                run.report.rejectedFile = try rejects.finish()
            case .vcard: try VCardImport(source, run).read()
            case .ics: throw InterchangeError.outOnly(path: source.name)
            }
        }
    }
}

extension SourceFile {
    /// SHA-256 of the whole file, in hexadecimal digits.
    fileprivate func digest() throws -> String {
        var hash = SHA256()
        var offset = 0
        while true {
            let chunk = try chunk(at: offset)
            if chunk.isEmpty { return Hex.encode(hash.finalize()) }
            hash.update(data: chunk)
            offset += chunk.count
        }
    }
}
