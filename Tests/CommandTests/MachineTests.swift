import Foundation
import Testing

@Suite("A machine that has run out of something")
struct MachineTests {
    /// However few files the program may open: it works, or says that there are too many open, and
    /// never that the disk is full or that the file is not ours.
    @Test func isSaidToHaveTooManyFilesOpen() throws {
        let ana = try Laptop()
        var sentences = 0
        for count in 3...12 {
            let outcome = try ana.run(
                "/bin/sh",
                [
                    "-c", "ulimit -n \(count); exec \"$0\" \"$@\"", Laptop.program, "person", "add",
                    "Rosa \(count)",
                ])
            guard outcome.code != 0, outcome.errors.hasPrefix("Error: ") else { continue }
            sentences += 1
            #expect(outcome.code == 1)
            #expect(
                outcome.errors.contains("So many files are open at once that"),
                "\(count): \(outcome.errors)")
        }
        #expect(sentences > 0)
        try ana.succeed("person", "add", "Rosa Alvarez")
    }
}
