import Foundation
import GRDB
import Glibc
import Notebook
import Replication
import Store
import Sync
import Testing

@testable import Hub

@Suite("A hub's folder")
struct FolderTests {
    private static let founding = ["--congregation", "St. Mark"]

    private static func withFolder(_ body: (String) async throws -> Void) async throws {
        let data = NSTemporaryDirectory() + "HubTests-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: data) }
        try await body(data)
    }

    private static func make(_ path: String, mode: Int) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    private static func found(_ data: String) async throws -> Program.Outcome {
        try await Program.run(["init", "--data", data] + founding)
    }

    /// Wherever the program is killed, the same command again makes the hub, or it is there.
    @Test func isMadeByTheSameCommandAgain() async throws {
        for delay in stride(from: 0, through: 150, by: 6) {
            try await Self.withFolder { data in
                let process = Process()
                process.executableURL = URL(filePath: try Program.path)
                process.arguments = ["init", "--data", data] + Self.founding
                process.standardOutput = FileHandle.nullDevice
                try process.run()
                usleep(UInt32(delay * 1000))
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                if try await Program.run(["verify", "--data", data]).status != 0 {
                    let verified = try await Program.run(["verify", "--data", data])
                    #expect(verified.errors.contains("Make one with \"fieldbook-hub init"))
                    let again = try await Self.found(data)
                    #expect(again.status == 0, "\(delay): \(again.errors)")
                }
                #expect(try await Program.run(["nightly", "--data", data]).status == 0)
            }
        }
    }

    /// A lock or a backup that the administrator made there would be closed to the hub's own user.
    @Test(.enabled(if: geteuid() == 0, "only an administrator can stand in for somebody else"))
    func isLeftToTheUserWhomItBelongsTo() async throws {
        try await Self.withFolder { data in
            #expect(try await Self.found(data).status == 0)
            #expect(try await Program.run(["nightly", "--data", data]).status == 0)
            #expect(chown(data, 65_534, 65_534) == 0)
            let files = try FileManager.default.subpathsOfDirectory(atPath: data)
            for command in ["nightly", "status", "verify", "backup"] {
                let outcome = try await Program.run([command, "--data", data])
                #expect(outcome.status == 1, "\(command): \(outcome.output)")
                #expect(outcome.errors.contains("sudo -u nobody"), "\(command): \(outcome.errors)")
            }
            #expect(try FileManager.default.subpathsOfDirectory(atPath: data) == files)
        }
    }

    /// What programs of before this one left.
    @Test(arguments: ["hub key", "notebook key", "notebook", "empty log", "tables"])
    func isMadeOutOfWhatIsThere(state: String) async throws {
        try await Self.withFolder { data in
            try Self.make(data, mode: 0o700)
            let folder = HubFolder(path: data)
            let states = ["hub key", "notebook key", "notebook", "empty log", "tables"]
            let progress = try #require(states.firstIndex(of: state))
            try KeyFile.write(DeviceKey(), to: folder.keyPath)
            if progress == 1 { try KeyFile.write(DeviceKey(), to: folder.notebook.keyPath) }
            if progress >= 2 {
                let own = try folder.notebook.create(name: "hub", zoneName: "UTC", zone: .utc)
                try own.store.file.close()
            }
            if progress == 3 {
                _ = FileManager.default.createFile(atPath: folder.logPath, contents: Data())
            }
            if progress == 4 {
                try DatabaseFile(path: folder.logPath, format: .hub, creating: true).close()
            }
            let before = try await Program.run(["verify", "--data", data])
            #expect(before.status == 1)
            #expect(before.errors.contains("Make one with \"fieldbook-hub init"))
            #expect(try await Self.found(data).status == 0)
            #expect(try await Program.run(["nightly", "--data", data]).status == 0)
            #expect(try await Self.found(data).errors.contains("\"fieldbook-hub invite\""))
        }
    }

    /// The log was lost. A new hub would take the notebook's place.
    @Test func withANotebookThatHoldsEntriesIsLeftAlone() async throws {
        try await Self.withFolder { data in
            #expect(try await Self.found(data).status == 0)
            let own = try HubFolder(path: data).notebook.open()
            try own.add(PersonDetails(name: "Rosa Alvarez"))
            try own.store.file.close()
            unlink(data + "/hub.sqlite")
            let again = try await Self.found(data)
            #expect(again.status == 1)
            #expect(again.errors.contains("There is part of a hub in"))
            #expect(try HubFolder(path: data).notebook.open().people().count == 1)
        }
    }

    @Test(arguments: ["hub.key", "notebook.sqlite", "notebook.sqlite.key"])
    func withoutOneOfItsFilesSaysWhichOne(file: String) async throws {
        try await Self.withFolder { data in
            #expect(try await Self.found(data).status == 0)
            #expect(try await Program.run(["backup", "--data", data]).status == 0)
            let backup = try #require(
                try FileManager.default.contentsOfDirectory(atPath: data + "/backups").first)
            #expect(unlink("\(data)/\(file)") == 0)
            for command in ["status", "verify", "serve"] {
                let outcome = try await Program.run([command, "--data", data])
                #expect(outcome.status == 1)
                #expect(
                    outcome.errors.contains("The hub's file \"\(data)/\(file)\" is missing."),
                    "\(outcome.errors)")
                #expect(!outcome.errors.contains("fieldbook init"))
            }
            let restored = try await Program.run(
                ["restore", "\(data)/backups/\(backup)", "--data", data])
            #expect(restored.status == 0, "\(restored.errors)")
            #expect(try await Program.run(["status", "--data", data]).status == 0)
        }
    }

    @Test func ofSomebodysDocumentsIsLeftAsItIs() async throws {
        try await Self.withFolder { data in
            try Self.make(data, mode: 0o755)
            try Data("Dear Ana".utf8).write(to: URL(filePath: data + "/letter.txt"))
            let outcome = try await Self.found(data)
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("holds other files"))
            #expect(try mode(of: data) == 0o755)
            #expect(try FileManager.default.contentsOfDirectory(atPath: data) == ["letter.txt"])
            // Where nobody else looks, the hub does not mind.
            chmod(data, 0o700)
            #expect(try await Self.found(data).status == 0)
        }
    }

    @Test func thatIsEmptyIsTaken() async throws {
        try await Self.withFolder { data in
            try Self.make(data, mode: 0o755)
            #expect(try await Self.found(data).status == 0)
            #expect(try mode(of: data) == 0o700)
        }
    }

    @Test(arguments: ["verify", "serve", "nightly", "devices"])
    func withAnotherHubsKeyIsNotOpened(command: String) async throws {
        try await KeepersHub.open { hub in
            unlink(hub.data + "/hub.key")
            try KeyFile.write(DeviceKey(), to: hub.data + "/hub.key")
            let outcome = try await hub.run(command)
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("is not the key of this hub"))
        }
    }

    @Test func withAKeyThatOthersMayReadIsNotOpened() async throws {
        try await KeepersHub.open { hub in
            chmod(hub.data + "/hub.key", 0o644)
            let outcome = try await hub.run("verify")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("chmod 600"))
        }
    }

    /// Each a way in which a disk may alter what decides who may read; and a command that reads it.
    @Test(
        arguments: [
            ("UPDATE meta SET value = x'ff00' WHERE key = 'congregationName'", "verify"),
            ("UPDATE epoch SET epoch = x'00'", "verify"),
            ("UPDATE meta SET key = NULL WHERE key = 'url'", "verify"),
            ("UPDATE member SET name = NULL", "devices"),
            ("UPDATE member SET name = x'ff00'", "devices"),
            ("UPDATE member SET person = 7", "devices"),
            ("UPDATE session SET lastUsed = -1", "devices"),
            ("UPDATE session SET lastUsed = 'kanarie'", "devices"),
            ("UPDATE session SET revoked = 'kanarie'", "devices"),
            ("UPDATE session SET member = 'kanarie'", "devices"),
            ("UPDATE session SET tokenHash = NULL", "devices"),
        ])
    func whoseFileIsDamagedSaysSoAndNoSecret(change: String, command: String) async throws {
        try await KeepersHub.open(at: "https://hub.example.org") { hub in
            let opened = try HubFolder(path: hub.data).open()
            let page = try opened.invite(
                HubInvitation(
                    name: "Denise", roles: [.organizer], turf: nil, person: nil, isPage: true,
                    expires: .max / 2), url: "https://hub.example.org")
            _ = try await HubPages(hub: opened).signIn(Base64URL.encode(page.code))
            try opened.close()
            try Self.loosen(hub.data + "/hub.sqlite")
            let file = try DatabaseQueue(path: hub.data + "/hub.sqlite")
            try await file.write { try $0.execute(sql: change) }
            try file.close()
            let outcome = try await hub.run(command)
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("is damaged"), "\(outcome.errors)")
            #expect(!outcome.errors.contains("kanarie"))
            #expect(outcome.errors.split(separator: "\n").count == 1)
        }
    }

    /// Takes from the tables what keeps a program from writing what a failing disk may.
    private static func loosen(_ path: String) throws {
        let file = try DatabaseQueue(path: path)
        try file.writeWithoutTransaction { db in
            for table in ["meta", "member", "session"] {
                try db.execute(sql: "PRAGMA foreign_keys = OFF")
                let columns = try db.columns(in: table).map(\.name).joined(separator: ", ")
                try db.execute(
                    sql: """
                        CREATE TABLE loose(\(columns));
                        INSERT INTO loose SELECT \(columns) FROM \(table);
                        DROP TABLE \(table);
                        ALTER TABLE loose RENAME TO \(table);
                        """)
            }
        }
        try file.close()
    }
}
