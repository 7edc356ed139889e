import Foundation
import Glibc
import Testing

extension Laptop {
    /// Runs a command for somebody at a terminal who types `answer` and Return. Returns what the
    /// terminal showed, and what went to standard output beside it. When a question is named, Ctrl-C
    /// is pressed at it, and `then` is typed.
    func typing(
        _ answer: String, stoppingAt question: String? = nil, then: String = "",
        _ arguments: String...
    ) throws -> (code: Int32, shown: String, output: String) {
        try typing(answer, stoppingAt: question, then: then, at: arguments)
    }

    func typing(
        _ answer: String, stoppingAt question: String? = nil, then: String = "",
        at arguments: [String]
    ) throws -> (code: Int32, shown: String, output: String) {
        let (process, terminal, output) = try start(arguments)
        try terminal.write(contentsOf: Data((answer + "\n").utf8))
        let shown = Self.shown(
            at: terminal.fileDescriptor, until: process, stoppingAt: question, then: then)
        let said = try output.fileHandleForReading.readToEnd() ?? Data()
        return (
            process.terminationStatus, String(decoding: shown, as: UTF8.self),
            String(decoding: said, as: UTF8.self)
        )
    }

    /// Types at a terminal, and closes its window when it shows a text; or else the machine goes down.
    /// Returns how the program ended.
    func closingTheWindow(
        at text: String, typing typed: String, by signal: Int32 = SIGHUP, _ arguments: String...
    ) throws -> Int32 {
        let (process, terminal, _) = try start(arguments)
        try terminal.write(contentsOf: Data(typed.utf8))
        var shown = Data()
        while String(decoding: shown, as: UTF8.self).range(of: text) == nil {
            let more = terminal.availableData
            try #require(!more.isEmpty)
            shown += more
        }
        kill(process.processIdentifier, signal)
        if signal == SIGHUP { try terminal.close() }
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : -1
    }

    /// Starts the program at a terminal of its own; standard output is beside it.
    private func start(
        _ arguments: [String]
    ) throws -> (process: Process, terminal: FileHandle, output: Pipe) {
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
        return (process, terminal, output)
    }

    /// Reads what the terminal shows while the program runs: it holds only little. A program that
    /// waits for more than was typed is ended.
    private static func shown(
        at near: Int32, until process: Process, stoppingAt question: String?, then: String
    ) -> [UInt8] {
        var question = question
        let end = ContinuousClock.now + .seconds(30)
        var shown: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        var terminal = pollfd(fd: near, events: Int16(POLLIN), revents: 0)
        while true {
            let isOver = !process.isRunning
            let isReady = poll(&terminal, 1, 50) > 0 && terminal.revents & Int16(POLLIN) != 0
            let count = isReady ? read(near, &buffer, buffer.count) : 0
            if count > 0 { shown += buffer[..<count] }
            if let asked = question, String(decoding: shown, as: UTF8.self).contains(asked) {
                question = nil
                let keys = [3] + Array(then.utf8)
                _ = Glibc.write(near, keys, keys.count)
            }
            if isOver && count <= 0 { return shown }
            // It may have been started with other signals blocked.
            if ContinuousClock.now > end { kill(process.processIdentifier, SIGKILL) }
        }
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
