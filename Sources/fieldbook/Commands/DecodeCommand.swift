import ArgumentParser
import Replication
import Terminal
import Wording

/// Prints a wire message for people.
struct DecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: said("Print a message of the exchange for people."),
        discussion: said(
            """
            A request, an answer, an enrolment, or a bare block of commits; plain, gzipped, or as \
            hexadecimal text. What it is, is found out by trying. Secrets are not printed; what \
            people wrote is.

            Example:
              fieldbook decode captured.bin
            """))

    @Argument(
        help: ArgumentHelp(said("A file; - reads standard input."), valueName: "file"),
        completion: .file())
    var file: String

    @Flag(help: .said("Print one JSON document, for scripts."))
    var json = false

    func run() throws {
        let captured = try Captured(try Input.file(file))
        guard let message = captured.message else {
            let name: Phrase = file == "-" ? "Standard input" : .verbatim("\"\(file)\"")
            throw Complaint(
                "\(name) holds no message that Fieldbook knows. \(captured.problem.description)")
        }
        let tree = Tree.fields([
            ("form", .text(message.form)), ("gzip", .flag(captured.isGzip)),
            ("bytes", .number(Int64(captured.bytes))),
            ("plainBytes", .number(Int64(captured.plain.count))), ("message", message.tree),
        ])
        guard !json else { return try JSON.show(tree) }
        var page = Page()
        tree.print(on: &page)
        try page.show()
    }
}

/// Bytes that may be a message.
private struct Captured {
    let bytes: Int
    let isGzip: Bool
    let plain: [UInt8]

    init(_ given: [UInt8]) throws {
        let raw = Self.unhexed(given) ?? given
        bytes = raw.count
        isGzip = raw.starts(with: [0x1F, 0x8B])
        plain = isGzip ? try Gzip.inflate(raw, limit: Limits.inflatedBytes) : raw
    }

    /// A frame skips what it does not know, so that several may take the same bytes: the one that
    /// writes them again as they are is meant.
    var message: (form: String, tree: Tree)? {
        let readers: [([UInt8]) throws -> (form: String, tree: Tree, encoded: [UInt8])] = [
            { bytes in
                let entries = try CommitBlock.decode(bytes)
                return ("CommitBlock", DecodedTree.block(entries), bytes)
            },
            { bytes in
                let frame = try EnrolRequest(decoding: bytes)
                return ("EnrolRequest", DecodedTree.of(frame), try frame.encoded())
            },
            { bytes in
                let frame = try EnrolAnswer(decoding: bytes)
                return ("EnrolAnswer", DecodedTree.of(frame), try frame.encoded())
            },
            { bytes in
                let frame = try SyncAnswer(decoding: bytes)
                return ("SyncAnswer", DecodedTree.of(frame), try frame.encoded())
            },
            { bytes in
                let frame = try SyncRequest(decoding: bytes)
                return ("SyncRequest", DecodedTree.of(frame), try frame.encoded())
            },
        ]
        let read = readers.compactMap { try? $0(plain) }
        return (read.first { $0.encoded == plain } ?? read.first).map { ($0.form, $0.tree) }
    }

    /// The reason that says most of why nothing took the bytes.
    var problem: WireError {
        if plain.isEmpty { return .truncated }
        do {
            _ = plain[0] == 1 ? try CommitBlock.decode(plain) : []
            _ = try SyncRequest(decoding: plain)
        } catch let error as WireError {
            return error
        } catch {
            return .malformed
        }
        return .malformed
    }

    /// The bytes that hexadecimal text stands for; nil for what is no such text.
    private static func unhexed(_ bytes: [UInt8]) -> [UInt8]? {
        let digits = bytes.filter { ![0x20, 0x0A, 0x0D, 0x09].contains($0) }
        guard !digits.isEmpty, digits.allSatisfy({ Hex.value(of: $0) != nil }) else { return nil }
        return Hex.decode(String(decoding: digits, as: UTF8.self))
    }
}
