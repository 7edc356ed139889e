import Foundation
import Terminal

/// The browser of whoever sits at this machine.
enum Browser {
    /// Has it show an address. Where there is no screen, or no browser, nothing happens.
    static func open(_ url: String) {
        guard Shell.variable("DISPLAY") != nil || Shell.variable("WAYLAND_DISPLAY") != nil else {
            return
        }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["xdg-open", url]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try? process.run()
    }
}
