import Foundation
import Glibc

/// A run's own folder.
package enum Scratch {
    /// Makes an empty folder, whose name begins with a word.
    package static func make(_ name: String) throws -> String {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("\(name)-\(getpid())").path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        return folder
    }

    /// Removes it, unless it is to be kept.
    package static func clear(_ folder: String, keep: Bool) throws {
        guard !keep else { return print("Kept \(folder).") }
        try FileManager.default.removeItem(atPath: folder)
    }
}
