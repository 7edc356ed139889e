import Glibc

/// The rows that could not be brought in, in a file beside theirs, each with its reason: to be
/// corrected there and brought in from there.
final class RejectedRows {
    private let path: String?
    /// Files of rejected rows that are there already.
    private let earlier: [String]
    private let headings: [String]
    private var file: TargetFile?

    /// Without a path nothing is written.
    init(beside path: String?, _ headings: [String]) {
        let names = path.map(Self.names) ?? []
        self.path = names.last
        earlier = names.dropLast()
        self.headings = headings
    }

    func add(_ cells: [String], _ reason: String) throws {
        guard let path else { return }
        if file == nil {
            file = try TargetFile(path)
            try file?.write(CSVCells.row(["reason"] + headings))
        }
        try file?.write(CSVCells.row([reason] + cells))
    }

    /// Ends the file. Returns its path; nil when nothing was rejected.
    func finish() throws -> String? {
        guard let file else { return nil }
        if let same = try earlier.first(where: file.isLike) { return same }
        try file.finish()
        return path
    }

    /// The names up to the first one that is free: somebody may be correcting what an earlier import
    /// rejected, which is not written over.
    private static func names(beside path: String) -> [String] {
        var names: [String] = []
        for number in 1...1000 {
            names.append(path + ".rejected\(number == 1 ? "" : "-\(number)").csv")
            if access(names[number - 1], F_OK) != 0 { break }
        }
        return names
    }
}
