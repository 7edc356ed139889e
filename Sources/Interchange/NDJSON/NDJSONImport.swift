import Notebook
import Replication
import Store
import Wording

/// Brings in lines of records. What lives with a person comes after all people, wherever its line
/// stands, so that it comes to live where the person does.
struct NDJSONImport {
    private let source: SourceFile
    private let run: ImportRun
    private let entry: RecordEntry

    init(_ source: SourceFile, _ run: ImportRun) {
        self.source = source
        self.run = run
        entry = RecordEntry(run)
    }

    func read() throws {
        let later = try pass { kind in !Self.livesWithPeople(kind) }
        if later > 0 { _ = try pass(isSecond: true, Self.livesWithPeople) }
    }

    /// Takes in the lines of some kinds. Returns how many others there were.
    private func pass(isSecond: Bool = false, _ isDue: (KindName) -> Bool) throws -> Int {
        var lines = Lines(source)
        var others = 0
        while let (number, bytes) = try lines.next() {
            guard let line = try record(number, bytes, isSecond: isSecond) else { continue }
            let kind = KindName(line.kind)
            guard isDue(kind) else {
                others += 1
                continue
            }
            try run.advance(to: number)
            try entry.take(line, kind, at: number)
        }
        return others
    }

    /// The record in a line; nil for an empty line, and for one that is no record, which the first
    /// pass rejects.
    private func record(_ number: Int, _ bytes: [UInt8]?, isSecond: Bool) throws -> RecordLine? {
        do {
            guard let bytes else { throw JSONProblem(words: "it is longer than 1 MiB") }
            let isEmpty = bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 }
            return isEmpty ? nil : try RecordLine(bytes)
        } catch let problem as JSONProblem {
            if !isSecond {
                run.report.reject(
                    number, "This line is no record: \(problem.words). Correct the line.")
            }
            return nil
        }
    }

    private static func livesWithPeople(_ name: KindName) -> Bool {
        guard case .known(let kind) = name else { return false }
        return switch Kinds.policy(of: kind)?.home {
        case .person, .pair: true
        default: false
        }
    }
}
