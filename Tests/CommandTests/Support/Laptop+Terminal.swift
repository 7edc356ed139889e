import Foundation
import Glibc
import Testing

extension Laptop {
    /// Runs a command for somebody at a terminal who types `answer` and Return. Returns what the
    /// terminal showed, and what went to standard output beside it.
    func typing(
        _ answer: String, _ arguments: String...
    ) throws -> (code: Int32, shown: String, output: String) {
        let near = posix_openpt(O_RDWR | O_NOCTTY)
        try #require(near >= 0 && grantpt(near) == 0 && unlockpt(near) == 0)
        let far = open(String(cString: ptsname(near)), O_RDWR | O_NOCTTY)
        try #require(far >= 0)
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
}
