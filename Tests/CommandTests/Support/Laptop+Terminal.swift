import Foundation
import Glibc
import Testing

extension Laptop {
    /// Runs a command for somebody at a terminal who types `answer` and Return. Returns what the
    /// terminal showed, and what went to standard output beside it.
    func typing(
        _ answer: String, _ arguments: String...
    ) throws -> (code: Int32, shown: String, output: String) {
        let (near, far) = try Self.openTerminal()
        let terminal = FileHandle(fileDescriptor: near, closeOnDealloc: true)
        let seat = FileHandle(fileDescriptor: far, closeOnDealloc: true)
        let process = Process()
        process.executableURL = URL(filePath: Self.program)
        process.arguments = arguments
        process.environment = environment
        process.standardInput = seat
        process.standardError = seat
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        try terminal.write(contentsOf: Data((answer + "\n").utf8))
        let said = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        var shown = [UInt8](repeating: 0, count: 64 << 10)
        let count = read(near, &shown, shown.count)
        return (
            process.terminationStatus, String(decoding: shown.prefix(max(0, count)), as: UTF8.self),
            String(decoding: said, as: UTF8.self)
        )
    }

    /// Both ends of a terminal: ours, and the program's.
    private static func openTerminal() throws -> (near: Int32, far: Int32) {
        // Linux's own numbers, which C has as macros: unlock the other end; which one is it?
        let (unlock, number) = (UInt(0x4004_5431), UInt(0x8004_5430))
        let near = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY)
        #expect(near >= 0)
        var (locked, index): (Int32, UInt32) = (0, 0)
        try #require(ioctl(near, unlock, &locked) == 0 && ioctl(near, number, &index) == 0)
        let far = Glibc.open("/dev/pts/\(index)", O_RDWR | O_NOCTTY)
        #expect(far >= 0)
        return (near, far)
    }
}
