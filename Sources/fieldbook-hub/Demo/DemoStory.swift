import Foundation
import Hub
import Notebook
import Replication
import Store
import Sync
import Terminal
import Wording

/// A day of organizing, told as it happens. Everything in it is real: a hub that listens, laptops
/// with notebooks of their own, and one network that goes away.
struct DemoStory {
    private let folder: String
    private let hub: Hub
    private let server: DemoServer
    private let url: String
    private let ana: DemoLaptop
    private let ben: DemoLaptop
    private let carla: DemoLaptop

    static func begin(port: Int) async throws -> DemoStory {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("fieldbook-demo-\(UUID().uuidString.prefix(8).lowercased())")
            .path
        let hub = try HubFolder(path: folder + "/hub").create(
            congregation: DemoTown.congregation, url: nil, zoneName: Zone.systemName, zone: .system)
        let server = DemoServer(hub: hub, port: port)
        let url = try await server.start()
        return DemoStory(
            folder: folder, hub: hub, server: server, url: url,
            ana: try .make("Ana Reyes", in: folder), ben: try .make("Ben Carter", in: folder),
            carla: try .make("Carla Diaz", in: folder))
    }

    func tell() async throws {
        try await morning()
        let turf = try await assignTurf()
        try await apart()
        try await together()
        try await evening(turf)
    }

    private func say(_ text: String = "") {
        Output.line(text)
    }

    private func heading(_ text: String) {
        say("\n\(text)\n\(String(repeating: "-", count: text.count))")
    }

    private func morning() async throws {
        say(
            """
            A day with Fieldbook. Everything here runs on this machine, in \(folder).
            The people are made up.
            """)
        heading("Morning: three organizers and a hub")
        say("The hub of \(DemoTown.congregation) listens on \(url).")
        for laptop in [ana, ben, carla] {
            let invitation = try hub.invite(
                HubInvitation(
                    name: laptop.owner, roles: [.organizer], turf: nil, person: nil, isPage: false,
                    expires: hub.own.store.environment.milliseconds() + 600_000), url: url)
            let joined = try await laptop.notebook.join(invitation)
            say(
                "\(laptop.owner)'s laptop joins \(joined.congregation) with an invitation that serves once."
            )
        }
        say("\nThey have been meeting people one by one, and write it down:")
        for (index, resident) in DemoTown.northSide.enumerated() {
            let day = Int64(index * 9 + 1)
            try ana.meet(resident, daysAgo: day, dueIn: Int64(index * 4 - 2))
            say(
                "  Ana met \(resident.name) \(day == 1 ? "yesterday" : "\(day) days ago"); heard: \(resident.concern)."
            )
        }
        for (index, resident) in DemoTown.others.enumerated() {
            try ben.meet(resident, daysAgo: Int64(index + 2), dueIn: 3)
            say("  Ben met \(resident.name) \(index + 2) days ago; heard: \(resident.concern).")
        }
        let linh = try ana.notebook.findPerson("Linh Tran")
        try ana.notebook.promise(
            "bring six neighbors to the action", by: linh, due: ana.notebook.today + 5)
        say("  Linh Tran promised to bring six neighbors to the action.")
    }

    private func assignTurf() async throws -> RecordID {
        heading("Noon: a turf, and its leader")
        let notebook = ana.notebook
        let leader = try notebook.add(PersonDetails(name: DemoTown.leader, phone: "555-0150"))
        let turf = try notebook.addTurf(DemoTown.turf, leader: leader)
        let people = try DemoTown.northSide.map { try notebook.findPerson($0.name) }
        try notebook.assign(people, to: turf)
        say(
            """
            Ana makes the turf "\(DemoTown.turf)", led by \(DemoTown.leader), and assigns
            \(people.count) people to it. They move there with their meetings and promises.
            """)
        for laptop in [ana, ben, carla] { say(try await laptop.sync()) }
        say(try await ana.sync())
        return turf
    }

    private func apart() async throws {
        heading("Afternoon: no network in the church basement")
        await server.stop()
        say(
            "The hub cannot be reached. Ben and Carla both see Rosa Alvarez, and both hear of a new number."
        )
        try change(
            ben, phone: "555-0177", summary: "Rosa says she would speak, if somebody goes with her."
        )
        try change(
            carla, phone: "555-0199", summary: "Rosa's brother drives the 14. He would talk to us.")
        do {
            _ = try await ben.notebook.sync()
        } catch let error as SyncError {
            say("\nBen tries to sync all the same:\n  \(error.description)")
        }
        let pending = try ben.notebook.store.meta().pending
        say("  (\(pending) entries wait on Ben's laptop.)")
    }

    private func change(_ laptop: DemoLaptop, phone: String, summary: String) throws {
        let rosa = try laptop.notebook.findPerson("Rosa Alvarez")
        try laptop.notebook.edit(rosa, PersonDetails(phone: phone))
        try laptop.notebook.log(
            OneToOneNotes(on: laptop.notebook.today, minutes: 20, summary: summary), with: rosa)
        say("  \(laptop.firstName) writes: Rosa's phone is \(phone). \"\(summary)\"")
    }

    private func together() async throws {
        heading("Evening: the network is back")
        _ = try await server.start()
        for laptop in [ben, carla, ben, ana] { say(try await laptop.sync()) }
        say("\nBoth new numbers were kept. Every laptop shows the same, whoever synced first:")
        for conflict in try ana.notebook.conflicts() {
            say("\n  \(conflict.title): \(conflict.field)")
            for (index, value) in conflict.values.enumerated() {
                let when = ana.notebook.zone.moment(value.at, today: ana.notebook.today)
                say("    \(index + 1). \(value.value.text ?? "")   \(value.by), \(when)")
            }
        }
        let fingerprints = try [ana, ben, carla].map {
            try $0.notebook.store.read { try FingerprintTable.all($0) }
        }
        let isSame = fingerprints.allSatisfy { $0 == fingerprints[0] }
        say(
            isSame
                ? "\nAll three laptops hold the same: their fingerprints are equal."
                : "\nThe laptops differ. That should not be.")
        let rosa = try ana.notebook.findPerson("Rosa Alvarez")
        say("\nAll three meetings with Rosa are there too:")
        for meeting in try ana.notebook.oneToOnes(with: rosa) {
            let day = meeting.on?.short(today: ana.notebook.today) ?? ""
            say("  \(day): \(meeting.summary ?? "")")
        }
    }

    private func evening(_ turf: RecordID) async throws {
        heading("\(DemoTown.leader)'s list, on her phone")
        let notebook = ana.notebook
        for row in try notebook.turfList(turf) {
            let met = row.lastMet.map { "met \($0.short(today: notebook.today))" } ?? "never met"
            say(
                "  \(row.state.rawValue.uppercased().padded(8)) \(row.name.padded(16)) \((row.phone ?? "").padded(9)) \(met)"
            )
            if let step = row.followUp {
                say(
                    "           next: \(step.what)\(step.due.map { ", by \($0.short(today: notebook.today))" } ?? "")"
                )
            }
            for promise in row.owed {
                say(
                    "           promised: \(promise.what)\(promise.due.map { ", by \($0.short(today: notebook.today))" } ?? "")"
                )
            }
        }
        try await hub.catchUp()
        let leader = try notebook.findPerson(DemoTown.leader)
        let invitation = try hub.invite(
            HubInvitation(
                name: DemoTown.leader, roles: [.leader], turf: turf, person: leader, isPage: true,
                expires: hub.own.store.environment.milliseconds() + 86_400_000), url: url)
        say("\nThe same as a page, for a browser (the link serves once):")
        say("  \(invitation.link.prefix { $0 != "#" })")
    }

    /// Ends by saying what to type next.
    func end() async throws {
        say(
            """

            Type next (the notebooks stay in \(folder)):
              export FIELDBOOK_NOTEBOOK=\(Shell.quoted(ana.file.path))
              fieldbook turf "\(DemoTown.turf)"
              fieldbook conflicts
              fieldbook init --notebook mine.sqlite     (to begin your own)
            The page above needs the hub: run "fieldbook demo" without --once to open it.
            """)
        await server.stop()
    }

    func serveOn() async throws {
        say(
            """

            The hub serves on until you press Ctrl-C. Open the link above, or type in another terminal:
              export FIELDBOOK_NOTEBOOK=\(Shell.quoted(ana.file.path))
              fieldbook turf "\(DemoTown.turf)"
              fieldbook conflicts
              fieldbook sync      (after you ticked something off on the page)
            """)
        try await server.wait()
    }
}

extension String {
    fileprivate func padded(_ width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
