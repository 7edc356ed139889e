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

    private func say(_ phrase: Phrase) {
        Output.line(phrase.text)
    }

    private func heading(_ phrase: Phrase) {
        let text = phrase.text
        Output.line("\n\(text)\n\(String(repeating: "-", count: text.count))")
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
        say("\n" + "They have been meeting people one by one, and write it down:")
        for (index, resident) in DemoTown.northSide.enumerated() {
            let day = Int64(index * 9 + 1)
            try ana.meet(resident, daysAgo: day, dueIn: Int64(index * 4 - 2))
            say(met(ana, resident, daysAgo: Int(day)))
        }
        for (index, resident) in DemoTown.others.enumerated() {
            try ben.meet(resident, daysAgo: Int64(index + 2), dueIn: 3)
            say(met(ben, resident, daysAgo: index + 2))
        }
        let linh = try ana.notebook.findPerson("Linh Tran")
        try ana.notebook.promise(
            said("bring six neighbors to the action"), by: linh, due: ana.notebook.today + 5)
        say("  " + "Linh Tran promised to bring six neighbors to the action.")
    }

    private func met(
        _ laptop: DemoLaptop, _ resident: DemoTown.Resident, daysAgo: Int
    ) -> Phrase {
        let who = laptop.firstName
        return daysAgo == 1
            ? "  \(who) met \(resident.name) yesterday; heard: \(resident.concern)."
            : "  \(who) met \(resident.name) \(daysAgo) days ago; heard: \(resident.concern)."
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
            ben, phone: "555-0177",
            summary: said("Rosa says she would speak, if somebody goes with her."))
        try change(
            carla, phone: "555-0199",
            summary: said("Rosa's brother drives the 14. He would talk to us."))
        do {
            _ = try await ben.notebook.sync()
        } catch let error as SyncError {
            say("\n" + "Ben tries to sync all the same:" + "\n  " + error.explanation)
        }
        let pending = try ben.notebook.store.meta().pending
        say("  (\(counted(Int(pending), "entry waits", "entries wait")) on Ben's laptop.)")
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
        say("\n" + "Both new numbers were kept. Every laptop shows the same, whoever synced first:")
        for conflict in try ana.notebook.conflicts() {
            say(.verbatim("\n  \(conflict.title): ") + conflict.fieldWords)
            for (index, value) in conflict.values.enumerated() {
                let when = ana.notebook.zone.moment(value.at, today: ana.notebook.today)
                say(.verbatim("    \(index + 1). \(value.value.text ?? "")   \(value.by), \(when)"))
            }
        }
        let fingerprints = try [ana, ben, carla].map {
            try $0.notebook.store.read { try FingerprintTable.all($0) }
        }
        let isSame = fingerprints.allSatisfy { $0 == fingerprints[0] }
        say(
            isSame
                ? "\n" + "All three laptops hold the same: their fingerprints are equal."
                : "\n" + "The laptops differ. That should not be.")
        let rosa = try ana.notebook.findPerson("Rosa Alvarez")
        say("\n" + "All three meetings with Rosa are there too:")
        for meeting in try ana.notebook.oneToOnes(with: rosa) {
            let day = meeting.on.map(day) ?? ""
            say(.verbatim("  \(day): \(meeting.summary ?? "")"))
        }
    }

    private func evening(_ turf: RecordID) async throws {
        heading("\(DemoTown.leader)'s list, on her phone")
        let notebook = ana.notebook
        for row in try notebook.turfList(turf) {
            let state = Phrase(word: row.state.rawValue).text.uppercased()
            let phone = row.phone ?? ""
            let margin: Phrase = .verbatim(String(repeating: " ", count: 11))
            say(
                .verbatim("  \(state.padded(8)) \(row.name.padded(16)) \(phone.padded(9)) ")
                    + (row.lastMet.map { "met \(day($0))" } ?? "never met"))
            if let step = row.followUp { say(margin + "next: \(step.what)\(by(step.due))") }
            for promise in row.owed { say(margin + "promised: \(promise.what)\(by(promise.due))") }
        }
        try await hub.catchUp()
        let leader = try notebook.findPerson(DemoTown.leader)
        let invitation = try hub.invite(
            HubInvitation(
                name: DemoTown.leader, roles: [.leader], turf: turf, person: leader, isPage: true,
                expires: hub.own.store.environment.milliseconds() + 86_400_000), url: url)
        say("\n" + "The same as a page, for a browser (the link serves once):")
        say(.verbatim("  \(invitation.link.prefix { $0 != "#" })"))
    }

    private func day(_ day: Day) -> String { day.short(today: ana.notebook.today) }

    /// ", by Fri 20 Nov"
    private func by(_ due: Day?) -> Phrase { due.map { ", by \(day($0))" } ?? "" }

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
