import ArgumentParser
import Glibc
import Terminal
import Wording

/// Hands over to the hub's program, which plays the demonstration.
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: said("Show a day of work: a hub, laptops, a conflict, a leader's page."),
        discussion: said(
            """
            Everything happens on this machine in a temporary folder; your own notebook is not \
            touched.

            Example:
              fieldbook demo --once
            """))

    @Option(help: ArgumentHelp(said("The port to serve on. Default: a free one."), valueName: "n"))
    var port: UInt16?

    @Flag(help: .said("End after the day instead of serving."))
    var once = false

    private static let program = "fieldbook-hub"

    func run() throws {
        let arguments =
            [Self.program, "demo"] + (port.map { ["--port", "\($0)"] } ?? [])
            + (once ? ["--once"] : [])
        for path in Self.places where access(path, X_OK) == 0 && !Paths.isFolder(path) {
            Self.become(path, arguments)
            throw Complaint("\"\(path)\" could not be started (\(Screen.reason(errno))).")
        }
        throw Complaint(
            """
            The demonstration needs the program "\(Self.program)", which is neither beside this one \
            nor in PATH. Install it, and try again.
            """)
    }

    /// Beside this program first, then where a shell would look.
    private static var places: [String] {
        let beside = realpath("/proc/self/exe", nil).map { path in
            defer { free(path) }
            return String(cString: path).split(separator: "/").dropLast().map { "/" + $0 }.joined()
        }
        let others = Shell.variable("PATH").map { $0.split(separator: ":").map(String.init) } ?? []
        return ([beside].compactMap { $0 } + others).map { $0 + "/" + program }
    }

    /// Returns only when that fails.
    private static func become(_ path: String, _ arguments: [String]) {
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        pointers.append(nil)
        execv(path, pointers)
    }
}
