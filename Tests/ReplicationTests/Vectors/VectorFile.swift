import Foundation
import Testing

/// The golden files of Tests/Vectors: what another implementation, in any language, must agree with.
///
/// A test builds a file's content and compares it byte for byte with what is stored. After a
/// deliberate change of the protocol, write the files anew and read the difference:
///
///     FIELDBOOK_WRITE_VECTORS=1 swift test --filter ReplicationTests
enum VectorFile {
    /// In Tests/Vectors, beside this target's folder.
    private static func url(_ name: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Vectors").appending(path: name)
    }

    static func check(_ name: String, _ content: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let bytes = try encoder.encode(content) + Data("\n".utf8)
        if ProcessInfo.processInfo.environment["FIELDBOOK_WRITE_VECTORS"] == "1" {
            try bytes.write(to: url(name))
        }
        let stored = try Data(contentsOf: url(name))
        let isSame = stored == bytes
        #expect(isSame, "\(name) is not what this code says. Was the protocol meant to change?")
    }
}
