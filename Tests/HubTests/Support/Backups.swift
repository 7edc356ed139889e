import Foundation
import Hub
import Store

extension Laptop {
    /// Since this notebook noticed that it has more than the hub.
    func letAWeekPass() throws {
        try store.write { try $0.setSetting("hub.apart", "1") }
    }
}

extension Parish {
    /// Two laptops and their hub, and a copy of that.
    func backedUp() async throws -> (ana: Laptop, ben: Laptop, backup: String) {
        let (ana, ben) = try await (laptop("Ana"), laptop("Ben"))
        try await syncAll(ana, ben)
        return (ana, ben, try await copyHub())
    }

    /// Copies the hub's folder, as a backup of the machine would while the hub rests.
    func copyHub() async throws -> String {
        try await hub.catchUp()
        let copy = "\(folder)/backup-\(UUID().uuidString)"
        try await restart { try FileManager.default.copyItem(atPath: $0, toPath: copy) }
        return copy
    }

    /// Puts a copy of the hub's folder in its place.
    func putBack(_ copy: String) async throws {
        try await restart { folder in
            try FileManager.default.removeItem(atPath: folder)
            try FileManager.default.copyItem(atPath: copy, toPath: folder)
        }
    }
}
