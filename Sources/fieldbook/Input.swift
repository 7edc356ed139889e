import Glibc
import Notebook
import Replication
import Terminal
import Wording

/// What comes from standard input and from files.
enum Input {
    /// What nobody types, and no message exceeds.
    private static let limitBytes = 16 << 20

    /// A text given on the command line; `-` reads it from standard input, where no shell keeps it.
    static func text(_ given: String, what: Phrase) throws -> String {
        guard given == "-" else { return given }
        if isatty(STDIN_FILENO) == 1 {
            Screen.note("Type the \(what), then Ctrl-D on a line of its own.")
        }
        let bytes = try read(STDIN_FILENO, "standard input")
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
            throw Complaint(
                "The \(what) from standard input is not text (UTF-8). Nothing was saved.")
        }
        return Plain.trimmed(text)
    }

    /// A file's bytes; `-` is standard input.
    static func file(_ path: String) throws -> [UInt8] {
        guard path != "-" else { return try read(STDIN_FILENO, "standard input") }
        guard !Paths.isFolder(path) else {
            throw Complaint("\"\(path)\" is a folder. Name a file.")
        }
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            throw Complaint(
                "The file \"\(path)\" cannot be read (\(Screen.reason(errno))). Check its name.")
        }
        defer { close(file) }
        return try read(file, .verbatim("\"\(path)\""))
    }

    /// A file's first bytes; nil when it cannot be read.
    static func bytes(of path: String, upTo limit: Int) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: limit)
        let count = Glibc.read(file, &buffer, limit)
        return count < 0 ? nil : Array(buffer[..<count])
    }

    /// Asks, in a terminal, a question to which Return alone is a yes, or a no; what is neither that
    /// nor another answer is asked again. Throws where somebody ends the input: that is neither.
    static func agree(_ question: Phrase, givenReturn: Bool = true) throws -> Bool {
        while true {
            let prompt: Phrase = givenReturn ? "\(question) [Y/n]" : "\(question) [y/N]"
            guard let answer = Asking.answer(to: prompt) else {
                throw Complaint("Stopped. Nothing was logged.")
            }
            if answer.isEmpty { return givenReturn }
            if Answer.isYes(answer) { return true }
            if Answer.isNo(answer) { return false }
        }
    }

    /// Shows what a name can mean, and asks which of them is meant. Returns its index; an empty answer
    /// is the first.
    static func choose(
        _ named: [String], called name: String, asking ask: (_ question: Phrase) throws -> String
    ) rethrows -> Int {
        let list = named.enumerated().map { "  \($0.offset + 1)  \($0.element)" }
        Screen.note("\"\(name)\" can be one of these:\n\(list.joined(separator: "\n"))")
        while true {
            let answer = try ask("Which one?")
            if answer.isEmpty { return 0 }
            if let number = Int(answer), named.indices.contains(number - 1) { return number - 1 }
        }
    }

    /// The one that somebody means of several that a name can mean; asks in a terminal. Throws
    /// `NotebookError.ambiguous` where nobody may be asked, and for Return alone.
    static func one(
        of candidates: [NotebookError.Candidate], called name: String, mayAsk: Bool
    ) throws -> RecordID {
        let error = NotebookError.ambiguous(what: "record", name: name, candidates: candidates)
        guard mayAsk, Asking.isInTerminal else { throw error }
        let index = try choose(candidates.map(\.words), called: name) { question in
            guard let answer = Asking.ask(question), !answer.isEmpty else { throw error }
            return answer
        }
        return candidates[index].id
    }

    private static func read(_ file: Int32, _ name: Phrase) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(file, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                throw Complaint("Reading \(name) failed (\(Screen.reason(errno))). Try again.")
            }
            bytes += chunk[..<count]
            guard bytes.count <= limitBytes else {
                throw Complaint("What comes from \(name) is larger than 16 MiB. Shorten it.")
            }
        }
    }
}
