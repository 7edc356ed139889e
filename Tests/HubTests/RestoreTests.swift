import Foundation
import Notebook
import Replication
import Store
import Testing

@testable import Hub

/// Somebody puts yesterday's hub in the place of today's, as it was copied: by a backup of the whole
/// machine, say, without a word to Fieldbook.
@Suite("A hub that was put back from a backup")
struct RestoreTests {
    /// The log grows again over numbers that laptops have read already: they hear what is new at
    /// those numbers, and the hub hears again what its laptops had sent.
    @Test func losesNothingOnceItHasGrownAgain() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            let ben = try await parish.laptop("Ben")
            let cleo = try await parish.laptop("Cleo")
            try await parish.syncAll(ana, ben, cleo)
            let backup = try await parish.copyHub()
            for name in ["Rosa", "Omar", "Grace"] { try ana.add(name) }
            try await ana.sync()
            try await ben.sync()
            try await parish.putBack(backup)
            // Cleo's new people take the numbers that Ana's had.
            for name in ["Tom", "Ida", "Lu", "Max", "Zoe"] { try cleo.add(name) }
            try await cleo.sync()
            try await parish.syncAll(ben, ana, cleo)
            let everybody = ["Grace", "Ida", "Lu", "Max", "Omar", "Rosa", "Tom", "Zoe"]
            for laptop in [ana, ben, cleo] {
                #expect(try laptop.names() == everybody, "\(laptop.name)")
                #expect(try laptop.problems() == [])
            }
            #expect(try parish.hub.verify().log == [])
        }
    }
}

extension Parish {
    /// Copies the hub's folder, as a backup of the machine would while the hub rests.
    fileprivate func copyHub() async throws -> String {
        try await hub.catchUp()
        let copy = "\(folder)/backup-\(UUID().uuidString)"
        try await restart { try FileManager.default.copyItem(atPath: $0, toPath: copy) }
        return copy
    }

    /// Puts a copy of the hub's folder in its place.
    fileprivate func putBack(_ copy: String) async throws {
        try await restart { folder in
            try FileManager.default.removeItem(atPath: folder)
            try FileManager.default.copyItem(atPath: copy, toPath: folder)
        }
    }
}
