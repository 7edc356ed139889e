import GRDB
import Hub
import Notebook
import Replication
import Store

/// Nothing leaves the hub for a device that may not read it.
@MainActor
struct Secrecy {
    let world: World

    /// Stands in every assessment: no leader's device is ever sent it.
    static let canary = "canary of the organizers"

    func check(_ answer: SyncAnswer, _ bytes: [UInt8], for laptop: LaptopNode) throws {
        guard case .spaces(let spaces) = answer.cursor.scope else { return }
        guard !bytes.contains(Array(Self.canary.utf8)) else {
            throw Broken("\(laptop.name) was sent what is the organizers' alone.")
        }
        for entry in answer.entries {
            guard let commit = entry.commit else { continue }
            // That a record was erased is told to all, and nothing else of it is left.
            if commit.onlyErases { continue }
            let place = try laptop.home.place(of: commit.key)
            guard let place, spaces.contains(place) else {
                throw Broken("\(laptop.name) was sent a record of a space that it may not read.")
            }
        }
    }

    /// What one hub says to another is about what both agreed to share, or says where something went.
    func check(_ message: PeerMessage, from own: HubNode, for other: HubNode) throws {
        let shared = try own.agreed(with: other)
        let foreign = try own.foreignRecords()
        for commit in message.relay?.entries.compactMap(\.commit) ?? [] {
            // That a record was erased is told to all, and nothing else of it is left.
            if commit.onlyErases { continue }
            let isTold = commit.writes.contains {
                [CommonField.space, CommonField.erased].contains($0.field)
            }
            let place = try own.place(of: commit.key)
            guard isTold || foreign.contains(commit.key) || place.map(shared.contains) ?? false
            else { throw Broken("\(other.name) was told of a space that is not shared.") }
            guard commit.key.kind != Assessment.kind.number else {
                throw Broken("\(other.name) was told what is the organizers' alone.")
            }
        }
    }

    /// A block holds nothing that its reader may not read now, and nothing of what was erased.
    func check(_ commits: [Commit], for laptop: LaptopNode, as device: DeviceID) throws {
        let owner = try laptop.home.hub.devices().first { $0.ids.contains(device.description) }
        let scope = owner?.grants.scope ?? .everything
        let erased = try laptop.home.erasedRecords()
        for commit in commits
        where !commit.writes.contains(where: { $0.field == CommonField.erased }) {
            guard !erased.contains(commit.key) else {
                throw Broken("\(laptop.name) was sent \(commit.dot), of a record that was erased.")
            }
            let place = try laptop.home.place(of: commit.key)
            guard place.map(scope.contains) ?? false else {
                throw Broken("\(laptop.name) was sent a block of a space that it may not read.")
            }
        }
    }

    /// Nothing of another space is left in the laptop's file, but that a record was erased.
    func checkFile(of laptop: LaptopNode, _ spaces: Set<SpaceID>) throws {
        try laptop.store.read { db in
            var row = try FastStatement(db, "SELECT space, kind, id FROM record WHERE life <> 3")
            while try row.step() {
                guard spaces.contains(try row.id(0)) else {
                    throw Broken(
                        "\(laptop.name) keeps the record \(try row.number(1)) \(try row.id(2)) "
                            + "of the space \(try row.id(0)), which it may not read.")
                }
            }
        }
    }
}

extension [UInt8] {
    /// Whether these bytes stand somewhere in the array.
    fileprivate func contains(_ part: [UInt8]) -> Bool {
        guard let first = part.first, count >= part.count else { return false }
        return indices.dropLast(part.count - 1).contains { start in
            self[start] == first && self[start..<start + part.count].elementsEqual(part)
        }
    }
}

extension Commit {
    /// Whether the commit says that its record was erased, and nothing but where such records are.
    fileprivate var onlyErases: Bool {
        erases
            && writes.allSatisfy { write in
                write.field == CommonField.erased
                    || write.field == CommonField.space && write.value.id == Space.organizers
            }
    }
}
