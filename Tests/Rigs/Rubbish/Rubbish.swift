import ArgumentParser
import Foundation
import Histories
import Hub
import Notebook
import Replication
import Sync

/// Changes every byte of many pushes, one at a time, and hands each to a hub's decoders and door.
@main
struct Rubbish: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rubbish",
        abstract: "Hand a hub every one-byte change of seeded pushes.",
        discussion: """
            Every byte gets a few other values, and in every tenth push all 255. None may be taken, \
            and none may end the process; the push as it was must be taken afterwards. Example:

              swift run -c release rubbish --pushes 100
            """)

    @Option(help: "How many pushes.") var pushes = 100
    @Option(help: "What decides the pushes.") var seed: UInt64 = 1
    @Option(help: "Every how many pushes the bytes get all values.") var every = 10

    private static let devices = 4

    func validate() throws {
        guard pushes > 0 else { throw ValidationError("There must be at least one push.") }
        guard every > 0 else { throw ValidationError("--every counts from 1.") }
    }

    func run() throws {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("rubbish-\(UUID().uuidString)").path
        let hub = try HubFolder(path: path).create(
            congregation: "St. Mark", url: nil, zoneName: "UTC", zone: .utc)
        var dice = SplitMix64(seed: seed)
        var pushers = try (0..<Self.devices).map { _ in try enrolled(hub, &dice) }
        var tally = Mutations.Tally()
        for number in 0..<pushes {
            let golden = try pushers[number % Self.devices].next()
            let device = pushers[number % Self.devices].key.device
            try Mutations(hub: hub, golden: golden, device: device).run(
                { byte in
                    number % every == every - 1
                        ? Array(.min ... .max)
                        : [byte ^ 1, byte ^ 0x80, 0, .max, UInt8(dice.below(256))]
                }, &tally)
        }
        print(tally.description(pushes: pushes, seed: seed))
        try hub.close()
        try FileManager.default.removeItem(atPath: path)
    }

    private func enrolled(_ hub: Hub, _ dice: inout SplitMix64) throws -> Pusher {
        guard let key = DeviceKey(bytes: dice.bytes(32)) else { throw RubbishError.noKey }
        let member = dice.id()
        let invitation = try hub.invite(
            HubInvitation(
                name: "Ana", roles: [.organizer], turf: nil, person: nil, isPage: false,
                expires: .max >> 2), url: "http://127.0.0.1:1")
        _ = try Enrolment(hub: hub).enrol(
            EnrolRequest(code: invitation.code, publicKey: key.publicKey, member: member))
        return Pusher(
            key: key, member: member, congregation: hub.settings.congregation, seed: dice.next())
    }
}

extension Mutations.Tally {
    func description(pushes: Int, seed: UInt64) -> String {
        let rules = refused.sorted { $0.key < $1.key }.map { "\n  \($0.value) refused: \($0.key)" }
        return """
            \(total) changes of one byte in \(pushes) pushes, seed \(seed): none taken.
              \(undecodable) are no message\(rules.joined())
              \(withoutPush) are a request without a push
              \(sameCommits) carry the very commits that the device signed
            """
    }
}
