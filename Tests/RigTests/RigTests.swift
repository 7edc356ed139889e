import Foundation
import Glibc
import Testing

/// The rigs' short runs: the real programs, killed, cut off and on disks that fail.
@Suite("Rigs")
struct RigTests {
    @Test("Twelve kills in the midst of it lose nothing", .timeLimit(.minutes(20)))
    func kill() throws {
        let text = try Self.rig("kill", "--kills", "12")
        #expect(text.contains("none lost and no act by half"), "\(text)")
    }

    @Test(
        "Power cuts lose nothing, and the rig would see it", .timeLimit(.minutes(20)),
        .enabled(if: canCutPower, "cutting a disk's power takes root and loop devices"))
    func power() throws {
        let text = try Self.rig("power", "--cuts", "2")
        #expect(text.contains("none lost and no act by half"), "\(text)")
        let control = try Self.rig("power", "--control", "--cuts", "40")
        #expect(control.hasPrefix("ok: "), "\(control)")
    }

    /// Once and from there on, at each write and flush of one command.
    @Test(
        "A disk that fails at any moment of writing or syncing loses nothing",
        .timeLimit(.minutes(10)), .enabled(if: canCompile, "needs a C compiler"),
        arguments: [["met", "--fault", "1"], ["sync", "--fault", "2"]])
    func faults(arguments: [String]) throws {
        let text = try Self.rig("faults", arguments)
        #expect(text.contains("nothing is there by half"), "\(text)")
    }

    @Test("No changed byte of a push is taken", .timeLimit(.minutes(20)))
    func rubbish() throws {
        let text = try Self.run(Self.programs.appending(path: "rubbish"), ["--pushes", "3"])
        #expect(text.contains(": none taken."), "\(text)")
    }

    private static let canCutPower =
        geteuid() == 0 && access("/dev/loop-control", F_OK) == 0
        && access("/usr/sbin/mkfs.ext4", X_OK) == 0
    private static let canCompile = access("/usr/bin/cc", X_OK) == 0

    private static func rig(_ name: String, _ arguments: String...) throws -> String {
        try rig(name, arguments)
    }

    private static func rig(_ name: String, _ arguments: [String]) throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent()
        return try run(
            folder.appending(path: "Rigs/\(name)"), arguments + ["--programs", programs.path])
    }

    /// Where the package's programs are built: beside these tests.
    private static var programs: URL {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    }

    /// Runs a program to its end, which must be a good one. Returns all that it said.
    private static func run(_ program: URL, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment
            .merging(["PYTHONDONTWRITEBYTECODE": "1"]) { $1 }
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(process.terminationStatus == 0, "\(text)")
        return text
    }
}
