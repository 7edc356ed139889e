import Foundation
import Glibc
import Notebook
import Replication
import Store
import Sync
import Testing

@testable import Hub

@Suite("What the keeper types")
struct CommandTests {
    @Test func helpFitsIntoATerminal() async throws {
        for command in ["init", "invite", "serve", "devices"] {
            for locale in ["C", "es_MX.UTF-8"] {
                let help = try await Program.run([command, "--help"], locale: locale).output
                #expect(help.contains(locale == "C" ? "USAGE:" : "USO:"))
                let wide = help.split(separator: "\n").filter { $0.count > 80 }
                #expect(wide.isEmpty, "\(command): \(wide)")
            }
        }
    }

    @Test func helpForNoCommandIsWrongUsage() async throws {
        for (words, nearest) in [
            (["help", "nosuch"], "fieldbook-hub --help"),
            (["help", "invte"], "\"fieldbook-hub invite\""),
            (["help", "peer", "ad"], "\"fieldbook-hub peer add\""),
            (["invte"], "\"fieldbook-hub invite\""),
        ] {
            let outcome = try await Program.run(words)
            #expect(outcome.status == 64)
            #expect(outcome.output.isEmpty)
            if words.first == "help" { #expect(outcome.errors.contains("There is no command")) }
            #expect(outcome.errors.contains(nearest), "\(outcome.errors)")
        }
        for words in [["help"], ["help", "invite"], ["help", "peer", "add"]] {
            #expect(try await Program.run(words).status == 0)
        }
    }

    @Test func aRoleIsNamedInSpanish() async throws {
        try await KeepersHub.open(at: "https://hub.example") { hub in
            for role in ["organizadora", "Administrador"] {
                let invited = try await hub.run(
                    "invite", "--name", "Ana", "--role", role, "--json")
                #expect(try invited.text("invitation").contains("/join/"), "\(invited.errors)")
            }
            let leader = try await hub.run("invite", "--name", "Ana", "--role", "líder")
            #expect(leader.errors.contains("--turf"))
        }
    }

    /// The keeper looks how the hub stands, before its first night and after.
    @Test func statusSaysWhatToSeeTo() async throws {
        try await KeepersHub.open { hub in
            let before = try await hub.run("status")
            #expect(before.status == 0)
            #expect(
                before.output.contains(
                    "Server        not running. Start it: fieldbook-hub serve\n"))
            #expect(before.output.contains("There is no backup yet."))
            let spanish = try await Program.run(
                ["status", "--data", hub.data], locale: "es_MX.UTF-8")
            #expect(spanish.output.contains("Dispositivos      0 computadoras, 0 teléfonos"))
            #expect(
                spanish.output.contains(
                    "Servidor          detenido. Ponlo en marcha: fieldbook-hub serve\n"))
            #expect(spanish.output.contains("Última visita     nunca\nGuarda"))
            #expect(spanish.output.contains("Trabajo nocturno  nunca\nÚltima copia"))
            let serving = try await Serving.start(hub.data)
            let night = try await hub.run("nightly")
            #expect(night.status == 0)
            let after = try await hub.run("status")
            #expect(after.output.contains("Server        running\n"))
            #expect(!after.output.contains("backup yet"))
            let made = try await hub.run("status", "--json").text("lastBackup")
            let day = try #require(Day(iso: made)).short(today: Day(iso: made))
            #expect(after.output.contains("Last nightly  \(day)"), "\(after.output)")
            #expect(after.output.contains("Last backup   \(day)"), "\(after.output)")
            let document = try await hub.run("status", "--json").document()
            #expect(document["ok"] as? Bool == true)
            #expect(document["serving"] as? Bool == true)
            #expect((document["lastBackup"] as? String)?.count == 10)
            let verified = try await hub.run("verify", "--json").document()
            #expect(
                document["fingerprints"] as? [String: String]
                    == verified["fingerprints"] as? [String: String])
            #expect(try await serving.end(SIGTERM) == 0)
        }
    }

    /// The keeper gives the night to systemd: what the unit says is run, word for word, also in a
    /// folder whose name systemd would read otherwise.
    @Test func systemdIsToldWhatToRun() async throws {
        let ending = " St. Mark's \\ 100% $HOME \"hub\""
        try await KeepersHub.open(folderEnding: ending) { hub in
            let night = try await hub.run("unit", "--only", "nightly")
            let words = try systemdWords(of: night.output)
            #expect(words[1...] == ["nightly", "--data", hub.data])
            let done = try await Program.run(Array(words[1...]), tool: words[0])
            #expect(done.status == 0, "\(done.errors)")
            let service = try await hub.run("unit", "--only", "service", "--", "--behind-proxy")
            #expect(try systemdWords(of: service.output).last == "--behind-proxy")
            let all = try await hub.run("unit")
            #expect(
                all.output.contains("# /etc/systemd/system/fieldbook-hub-nightly.timer\n[Unit]"))
            let document = try await hub.run("unit", "--json").document()
            #expect(document["fieldbook-hub-nightly.timer"] != nil)
            let wrong = try await hub.run(
                "unit", "--", "--tls-certificate", "hub.pem", "--tls-key", "/etc/hub.key")
            #expect(wrong.status == 64)
            #expect(wrong.errors.contains("whole path of \"hub.pem\""))
        }
    }

    /// The command of a unit, as systemd takes it apart (systemd.service(5), "Command lines").
    private func systemdWords(of unit: String) throws -> [String] {
        let line = try #require(unit.split(separator: "\n").first { $0.hasPrefix("ExecStart=") })
        var words: [String] = []
        var (word, isQuoted, isEscaped) = ("", false, false)
        for character in line.dropFirst("ExecStart=".count) {
            switch character {
            case _ where isEscaped: (word, isEscaped) = (word + String(character), false)
            case "\\": isEscaped = true
            case "\"": isQuoted.toggle()
            case " " where !isQuoted: (words, word) = (words + [word], "")
            default: word.append(character)
            }
        }
        return (words + [word]).map {
            $0.replacing("%%", with: "%").replacing("$$", with: "$")
        }
    }

    @Test func everyCommandPrintsOneDocument() async throws {
        try await KeepersHub.open { hub in
            let serving = try await Serving.start(hub.data)
            let folder = hub.data + "-laptop"
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let ana = try NotebookFile(path: folder + "/notebook.sqlite").create(
                name: "Ana Reyes", zoneName: "UTC", zone: .utc)
            let first = try await hub.run(
                "invite", "--name", "Ana", "--role", "organizer", "--json")
            #expect(try first.text("expires").hasSuffix("Z"))
            #expect(first.errors.hasPrefix("This link works on this machine only, because"))
            _ = try await ana.join(Invitation(first.text("invitation")))
            let turf = try ana.addTurf("North Side")
            _ = try await ana.sync()

            let phone = try await hub.run(
                "invite", "--name", "Denise", "--role", "leader", "--turf", "North Side", "--page",
                "--json")
            #expect(try phone.text("invitation").contains("/join/"))
            #expect(try !phone.text("invitation").contains("#"))
            #expect(try phone.text("turf") == turf.description)
            let said = try await hub.run(
                "invite", "--name", "Denise", "--role", "leader", "--turf", "north", "--page")
            #expect(
                said.output.hasPrefix(
                    "For Denise's phone, to read the turf \"North Side\", once, until "),
                "\(said.output)")

            let devices = try await hub.run("devices", "--json")
            let list = try #require(try devices.document()["devices"] as? [[String: any Sendable]])
            #expect(list.count == 1)
            #expect(
                Set(list[0].keys)
                    .isSuperset(of: ["id", "member", "roles", "turfs", "lastSeen", "revoked"]))
            #expect(list[0]["revoked"] as? Bool == false)
            #expect(list[0]["member"] as? String == "Ana Reyes")
            #expect(list[0]["invitedAs"] as? String == "Ana")

            let verified = try await hub.run("verify", "--json")
            #expect(try verified.document()["ok"] as? Bool == true)
            let sums = try #require(try verified.document()["fingerprints"] as? [String: String])
            #expect(Set(sums.keys) == ["commons", turf.description])

            let night = try await hub.run("nightly", "--json")
            #expect(
                try Set(night.document().keys)
                    .isSuperset(of: ["merged", "conflicts", "duplicates", "backup", "problems"]))
            #expect(night.status == 0)
            let report = try night.text("report")
            #expect(
                try await hub.run("nightly").output.contains("This report is kept in \(report)"))

            let revoked = try await hub.run("revoke", list[0]["id"] as? String ?? "", "--json")
            #expect(try revoked.document()["revoked"] as? Bool == true)
            await #expect(throws: SyncError.revoked) { try await ana.sync() }
            #expect(try await serving.end(SIGTERM) == 0)
            // The link that "init" made names another port.
            #expect(
                serving.errors.hasPrefix(
                    "fieldbook-hub: Links that were made before lead to http://127.0.0.1:8787,"))
            #expect(serving.errors.split(separator: "\n").count == 1)
        }
    }

    @Test func whoWasRevokedIsSaidToBeSo() async throws {
        try await KeepersHub.open { hub in
            let serving = try await Serving.start(hub.data)
            let empty = try await hub.run("devices").output
            #expect(empty.hasPrefix("No laptop or phone has joined yet. Those below are invited,"))
            let folder = hub.data + "-laptop"
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let ana = try NotebookFile(path: folder + "/notebook.sqlite").create(
                name: "Ana Reyes", zoneName: "UTC", zone: .utc)
            let invited = try await hub.run(
                "invite", "--name", "Ana", "--role", "organizer", "--json")
            _ = try await ana.join(Invitation(invited.text("invitation")))
            #expect(try await hub.run("revoke", "Ana").output.contains("has no access any more"))
            let again = try await hub.run("revoke", "Ana")
            #expect(again.status == 0)
            #expect(
                again.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                    .contains("of Ana was ended already, by the keeper"), "\(again.output)")
            #expect(again.output.contains("Nothing was changed."))
            _ = try await hub.run("invite", "--name", "Ana", "--role", "organizer")
            #expect(
                try await hub.run("revoke", "Ana").output
                    .contains("Invitations of theirs that were still open have ended: 1."))
            #expect(try await serving.end(SIGTERM) == 0)
        }
    }

    @Test func aPeerThatWasNotMetIsNotNothing() async throws {
        try await KeepersHub.open(at: "http://127.0.0.1:1") { hub in
            let folder = hub.data + "-other"
            defer { try? FileManager.default.removeItem(atPath: folder) }
            _ = try await Program.run(
                [
                    "init", "--data", folder, "--congregation", "St. Anne", "--url",
                    "http://127.0.0.1:1",
                ])
            let other = try await Program.run(["peer", "list", "--data", folder, "--json"])
                .text("link")
            let turf = "0199aaaa-bbbb-7ccc-8ddd-eeeeffff0000"
            let added = try await Program.run(
                [
                    "peer", "add", other, "--data", hub.data, "--name", "St. Anne", "--turf", turf,
                ])
            #expect(added.status == 0, "\(added.errors)")
            let night = try await hub.run("nightly").output
            #expect(!night.contains("Everything is in order."))
            #expect(night.contains("look at, below: 1 hub that could not be met."), "\(night)")
            #expect(
                night.contains(
                    "- 0 entries have come since the night before. The hub knows 0 people."))
            let list = try await Program.run(["peer", "list", "--data", hub.data]).output
            #expect(list.contains("Turfs that this hub offers"))
            #expect(list.contains(turf))
        }
    }

    @Test func theLongestTimeOfAnInvitationIsSaid() async throws {
        try await KeepersHub.open(at: "https://hub.example") { hub in
            let long = try await hub.run(
                "invite", "--name", "A", "--role", "organizer", "--expires", "400d")
            #expect(long.status == 64)
            #expect(long.errors.contains("366d at most"))
        }
    }

    @Test func aBackupReplacesNoOther() async throws {
        try await KeepersHub.open(at: "https://hub.example") { hub in
            var made: [String] = []
            for _ in 0..<3 { made.append(try await hub.run("backup", "--json").text("backup")) }
            let night = try await hub.run("nightly", "--json").text("backup")
            #expect(try await hub.run("nightly", "--json").text("backup") == night)
            let names = try FileManager.default.contentsOfDirectory(atPath: hub.data + "/backups")
            #expect(Set(names.map { "\(hub.data)/backups/\($0)" }) == Set(made + [night]))
            #expect(names.count == 4)
            for backup in made {
                #expect(try await Program.run(["verify", "--data", backup]).status == 0)
            }
            // What a restore has kept is named every night.
            let kept = try await Program.run(
                ["restore", made[0], "--data", hub.data, "--json"]
            ).text("kept")
            #expect(kept.contains("/before-restore-20"))
            #expect(try await hub.run("nightly").output.contains("rm -r \"\(kept)\""))
        }
    }

    @Test func initSaysWhatItMade() async throws {
        let data = NSTemporaryDirectory() + "HubTests-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: data) }
        let made = try await Program.run(
            [
                "init", "--data", data, "--congregation", "St. Mark", "--url",
                "https://hub.example.org/", "--json",
            ])
        #expect(made.status == 0)
        #expect(try made.text("hub") == data)
        #expect(try made.text("congregation") == "St. Mark")
        #expect(made.errors == "")
        let link = try Invitation(made.text("invitation"))
        #expect(link.url == "https://hub.example.org")
        #expect(try mode(of: data) == 0o700)
        for name in try FileManager.default.contentsOfDirectory(atPath: data) {
            #expect(try mode(of: "\(data)/\(name)") == 0o600, "\(name)")
        }
        let again = try await Program.run(["init", "--data", data, "--congregation", "St. Luke"])
        #expect(again.status == 1)
        #expect(again.errors.contains("There is a hub in"))
        #expect(again.output == "")
    }

    @Test(
        arguments: [
            (["devices"], 1, "There is no hub in"), (["verify"], 1, "There is no hub in"),
            (["nightly"], 1, "There is no hub in"), (["serve"], 1, "There is no hub in"),
            (["revoke", "abcd"], 1, "There is no hub in"),
            (["invite", "--name", "A", "--role", "admin"], 1, "There is no hub in"),
            (["init"], 64, "--congregation"), (["init", "--congregation", " "], 64, "name"),
            (["init", "--congregation", "A", "--url", "ftp://x"], 64, "is not an address under"),
            (["init", "--congregation", "A", "--url", "https://"], 64, "is not an address under"),
            (["init", "--congregation", "A", "--url", "hub.org"], 64, "is not an address under"),
            (["init", "--congregation", "A", "--url", "http://a:b@c"], 64, "is not an address"),
            (["init", "--congregation", "A", "--url", "https://a:65536"], 64, "is not an address"),
            (["init", "--congregation", "A", "--url", "javascript:a()"], 64, "is not an address"),
            (["init", "--congregation", "A", "--url", "http://hub.org"], 64, "No laptop would"),
            (["serve", "--url", "ftp://x"], 64, "is not an address under"),
            (["serve", "--url", "javascript://x/%0aalert(1)"], 64, "is not an address under"),
            (["serve", "--url", "http://192.168.1.5"], 64, "No laptop would take"),
            (["dance"], 64, "dance"),
        ] as [([String], Int32, String)])
    func withoutAHubSaysSo(arguments: [String], status: Int32, sentence: String) async throws {
        let data = NSTemporaryDirectory() + "HubTests-\(UUID().uuidString)"
        let outcome = try await Program.run(
            arguments + (arguments == ["dance"] ? [] : ["--data", data]))
        #expect(outcome.status == status)
        #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
        #expect(outcome.output == "")
        #expect(!FileManager.default.fileExists(atPath: data))
    }

    @Test func badInputIsAnsweredInASentence() async throws {
        try await KeepersHub.open(at: "https://hub.example.org") { hub in
            let invite = ["invite", "--name", "Denise"]
            let table: [([String], Int32, String)] = [
                (invite + ["--role", "leader"], 1, "Say which one with --turf"),
                (invite + ["--role", "leader", "--turf", "Atlantis"], 1, "Atlantis"),
                (invite + ["--role", "organizer", "--turf", "Atlantis"], 1, "Atlantis"),
                (invite + ["--role", "king"], 64, "There is no role \"king\""),
                (invite, 64, "--role"), (["invite", "--role", "admin"], 64, "--name"),
                (["invite", "--name", " ", "--role", "admin"], 64, "name"),
                (invite + ["--role", "admin", "--person", "Nobody"], 1, "Nobody"),
                (["revoke", "123"], 1, "No device here has the id"),
                (["serve", "--listen", "0.0.0.0:1"], 1, "--behind-proxy"),
                (["serve", "--listen", "127.evil.example:1"], 1, "--behind-proxy"),
                (["serve", "--listen", "rubbish"], 1, "not an address"),
                (["serve", "--listen", "127.0.0.1:70000"], 1, "not an address"),
                (["serve", "--tls-certificate", "/none.pem"], 64, "--tls-key"),
                (
                    ["serve", "--tls-certificate", "/none.pem", "--tls-key", "/none.pem"], 1,
                    "/none.pem"
                ),
            ]
            let lifetimes = ["10", "0m", "-1m", "m", "10y", "9999999999999999999d", "1e3m"]
            let expiries = lifetimes.map {
                (invite + ["--role", "admin", "--expires=\($0)"], Int32(64), "length of time")
            }
            for (arguments, status, sentence) in table + expiries {
                let outcome = try await Program.run(arguments + ["--data", hub.data])
                #expect(outcome.status == status, "\(arguments)")
                #expect(outcome.errors.contains(sentence), "\(arguments): \(outcome.errors)")
                #expect(outcome.output == "")
            }
        }
    }

    @Test func whoIsInvitedMayBeAmongThePeopleHere() async throws {
        try await KeepersHub.open(at: "https://hub.example.org") { hub in
            let invite = ["invite", "--name", "Denise", "--role", "admin", "--data", hub.data]
            let first = try await Program.run(invite)
            #expect(!first.errors.contains("--person"))
            let notebook = try NotebookFile(path: hub.data + "/notebook.sqlite").open()
            let denise = try notebook.add(PersonDetails(name: "Denise Okafor"))
            let hinted = try await Program.run(invite)
            #expect(hinted.errors.contains("--person \(denise.shortened)"), "\(hinted.errors)")
            let tied = try await Program.run(invite + ["--person", "Denise"])
            #expect(tied.status == 0 && !tied.errors.contains("--person"), "\(tied.errors)")
        }
    }

    @Test func initSaysHowAHubWithAnAddressIsReached() async throws {
        let data = NSTemporaryDirectory() + "HubTests-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: data) }
        let made = try await Program.run([
            "init", "--data", data, "--congregation", "St. Mark", "--url",
            "https://hub.example.org",
        ])
        #expect(made.output.contains("\"fieldbook-hub serve --help\" says how other machines"))
        #expect(!made.output.contains("--listen"))
        let here = try await Program.run([
            "init", "--data", data + "-here", "--congregation", "St. Mark", "--url",
            "http://127.0.0.1:8791",
        ])
        try? FileManager.default.removeItem(atPath: data + "-here")
        #expect(here.output.contains(" --listen 127.0.0.1:8791\n"), "\(here.output)")
    }

    /// Names that somebody pasted, with more in them than a name.
    @Test func namesStandInOneLineWithoutCommands() async throws {
        let data = NSTemporaryDirectory() + "HubTests-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: data) }
        let name = "St. Mark\u{1B}[2J\nNothing is wrong."
        let url = "https://hub.example.org"
        let made = try await Program.run([
            "init", "--data", data, "--congregation", name, "--url", url,
        ])
        let invited = try await Program.run([
            "invite", "--data", data, "--name", name, "--role", "organizer",
        ])
        let night = try await Program.run(["nightly", "--data", data])
        let serving = try await Serving.start(data)
        #expect(try await serving.end(SIGTERM) == 0)
        for text in [made.output, invited.output, night.output, serving.line] {
            #expect(text.contains("St. Mark"))
            #expect(text.contains("Nothing is wrong."))
            #expect(!text.contains("\u{1B}"))
            #expect(!text.contains("\nNothing is wrong."))
        }
    }

    @Test func theProgramKnowsItsVersion() async throws {
        let outcome = try await Program.run(["--version"])
        #expect(outcome.status == 0)
        #expect(outcome.output == "\(Version.current)\n")
    }

    @Test func theDemoTellsItsStoryToTheEnd() async throws {
        let outcome = try await Program.run(["demo", "--once"])
        #expect(outcome.status == 0)
        #expect(outcome.errors == "")
        for line in [
            "joins St. Mark", "cannot be reached", "Both new numbers were kept",
            "Rosa Alvarez: phone", "555-0177   Ben Carter", "555-0199   Carla Diaz",
            "All three laptops hold the same", "OVERDUE", "/join/", "Type next",
        ] { #expect(outcome.output.contains(line), "\(line)") }
        let folder = outcome.output.components(separatedBy: "on this machine, in ").last?
            .prefix { $0 != "\n" }.dropLast()
        if let folder, folder.hasPrefix(NSTemporaryDirectory()) {
            try? FileManager.default.removeItem(atPath: String(folder))
        }
    }
}

/// The permissions of a file or folder.
func mode(of path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
}
