import Foundation
import Testing

@Suite("A laptop that dies")
struct CrashTests {
    /// Kills a command ever later in its life: before it opens the notebook, while it writes, and
    /// after it has said what it saved.
    @Test("Killed at any moment, the notebook keeps what it said it had saved")
    func killed() throws {
        let ana = try Laptop()
        try ana.succeed("person", "add", "Rosa")
        var said = 0
        var killed = 0
        for round in 0..<30 {
            let log = "\(ana.home)/log\(round)"
            let process = try ana.start(["met", "Rosa", "--json"], output: log)
            usleep(UInt32(round * 4000))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            if process.terminationReason == .uncaughtSignal { killed += 1 }
            if try !String(contentsOfFile: log, encoding: .utf8).isEmpty { said += 1 }
        }
        #expect(killed > 0)
        #expect(try ana.json("verify")["ok"] as? Bool == true)
        let meetings = try ana.json("person", "show", "Rosa").list("oneToOnes").count
        // One that was killed between saving and saying so may be more.
        #expect((said...said + killed).contains(meetings))
        try ana.succeed("met", "Rosa")
    }
}
