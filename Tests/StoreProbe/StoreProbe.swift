import Glibc
import Replication
import Store

/// A second process for the tests of Store: writes entries into a notebook and says what became of
/// each, so that a test can kill it, or fail its disk, and compare.
///
///     StoreProbe PATH COUNT [BYTES]
///
/// writes entries of a few characters and that many bytes, and prints `saved SEQ` or `failed: MESSAGE` for each entry. It never closes the file.
@main
struct StoreProbe {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count >= 3, let count = Int(arguments[2]) else { exit(64) }
        let bytes = arguments.count > 3 ? Int(arguments[3]) ?? 0 : 0
        do {
            let store = try Store(
                path: arguments[1], schema: schema, environment: environment, creating: true)
            say("open")
            for number in 0..<count { save(number, bytes, store) }
            // No tidying: what is not on disk by now is not meant to be.
            withExtendedLifetime(store) { _exit(0) }
        } catch {
            say("failed: \(error)")
            exit(1)
        }
    }

    private static func save(_ number: Int, _ bytes: Int, _ store: Store) {
        let text = "entry \(number)" + String(repeating: "x", count: bytes)
        do {
            let dots = try store.write { transaction in
                let key = RecordKey(1, store.environment.newID())
                return try transaction.commit(
                    [Edit(key, [.set(16, .keep, .text(text))])], by: author)
            }
            for dot in dots { say("saved \(dot.seq)") }
        } catch {
            say("failed: \(error)")
        }
    }

    private static let author = MemberID(rawValue: 1)

    private static let schema = Schema([
        KindSchema(1, "entry", fields: [FieldSchema(16, "text", .text)])
    ])

    private static var environment: Environment {
        get throws {
            guard let key = DeviceKey(bytes: [UInt8](repeating: 7, count: 32)) else { exit(70) }
            return Environment(
                milliseconds: { 1_800_000_000_000 },
                randomBytes: { count in
                    (0..<count).map { _ in UInt8.random(in: .min ... .max) }
                }, key: key)
        }
    }

    private static func say(_ line: String) {
        print(line)
        fflush(nil)
    }
}
