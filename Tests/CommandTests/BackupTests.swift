import Foundation
import Testing

/// A laptop is lost, or somebody has broken their notebook.
@Suite("Backup and restore")
struct BackupTests {
    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test("A backup goes on elsewhere, and is for its owner alone")
    func elsewhere() throws {
        let (ana, new) = (try Laptop(), try Laptop(named: nil))
        try ana.succeed("met", "Rosa Alvarez", "--new", "--place", "kitchen")
        let file = ana.home + "/usb.sqlite"
        try ana.succeed("backup", file)
        #expect(try mode(file) == 0o600)
        #expect(try mode(file + ".key") == 0o600)
        #expect(try new.succeed("restore", file).contains("Restored Ana Reyes's notebook"))
        #expect(try new.succeed("person", "show", "Rosa").contains("kitchen"))
        try new.succeed("met", "Rosa")
        #expect(try new.succeed("verify").hasPrefix("ok:"))
    }

    @Test("What was there before is kept, with what was written since")
    func keeps() throws {
        let ana = try Laptop()
        try ana.succeed("person", "add", "Rosa Alvarez")
        let file = ana.home + "/usb.sqlite"
        try ana.succeed("backup", file)
        try ana.succeed("person", "add", "Omar Khan")
        let said = try ana.succeed("restore", file, "--json")
        struct Restored: Decodable { let kept: String }
        let kept = try JSONDecoder().decode(Restored.self, from: Data(said.utf8)).kept
        #expect(!(try ana.succeed("person", "list").contains("Omar")))
        #expect(try ana.succeed("person", "list", "--notebook", kept).contains("Omar"))
        #expect(try ana.succeed("verify").hasPrefix("ok:"))
        // And back again.
        try ana.succeed("restore", kept)
        #expect(try ana.succeed("person", "list").contains("Omar"))
    }

    @Test("A backup replaces nothing, and nothing else takes the notebook's place")
    func refuses() throws {
        let ana = try Laptop()
        try ana.succeed("person", "add", "Rosa Alvarez")
        let file = ana.home + "/usb.sqlite"
        try ana.succeed("backup", file)
        #expect(try ana.run("backup", file).errors.contains("already there"))
        try Data("rubbish".utf8).write(to: URL(fileURLWithPath: ana.home + "/rubbish"))
        for other in ["/rubbish", "/nowhere", "", "/notebook.sqlite"] {
            let outcome = try ana.run("restore", ana.home + other)
            #expect(outcome.code == 1, "\(other)")
        }
        try FileManager.default.removeItem(atPath: file + ".key")
        #expect(try ana.run("restore", file).errors.contains("usb.sqlite.key\" is missing"))
        #expect(try ana.succeed("person", "list").contains("Rosa"))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: ana.home)
                .filter { $0.contains("restoring") || $0.contains("before") } == [])
    }

    @Test("What a killed restore has left goes when somebody is erased")
    func killedRestore() throws {
        let ana = try Laptop()
        try ana.succeed("person", "add", "Rosa Alvarez")
        let left = ["", "-journal", "-wal", ".key"].map {
            ana.home + "/notebook.sqlite.restoring" + $0
        }
        for file in left { try Data("Rosa".utf8).write(to: URL(fileURLWithPath: file)) }
        try ana.succeed("person", "erase", "Rosa", "--yes")
        #expect(left.filter { FileManager.default.fileExists(atPath: $0) } == [])
    }

    @Test("What a restore has kept is named until it is removed, also when somebody is erased")
    func copies() throws {
        let ana = try Laptop()
        try ana.succeed("person", "add", "Rosa Alvarez")
        let file = ana.home + "/usb.sqlite"
        try ana.succeed("backup", file)
        let kept = try #require(ana.json("restore", file).text("kept"))
        for page in [
            try ana.succeed("status"), try ana.succeed("person", "erase", "Rosa", "--yes"),
        ] {
            #expect(page.contains("\n  rm '\(kept)' '\(kept).key'\n"), "\(page)")
        }
        #expect(try ana.json("status")["copiesBeforeRestores"] as? [String] == [kept])
        for end in ["", ".key"] { try FileManager.default.removeItem(atPath: kept + end) }
        #expect(!(try ana.succeed("status").contains("Kept from before a restore")))
    }

    @Test("A list of people is no notebook, and that is said")
    func list() throws {
        let ana = try Laptop()
        let file = ana.home + "/people.csv"
        try "Name\nRosa\n".write(toFile: file, atomically: true, encoding: .utf8)
        let outcome = try ana.run("restore", file)
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("not a Fieldbook notebook"), "\(outcome.errors)")
    }
}
