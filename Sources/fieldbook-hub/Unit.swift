import ArgumentParser
import Foundation
import Hub
import Terminal
import Wording

struct Unit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("Print systemd units that serve the hub, and do its work at night."),
        discussion: said(
            """
            What follows "--" is given to "serve". Changes nothing. Example:

              fieldbook-hub unit -- --behind-proxy

            To have the machine serve from now on and whenever it starts:

              cd /etc/systemd/system
              fieldbook-hub unit --only service | sudo tee fieldbook-hub.service
              fieldbook-hub unit --only nightly | sudo tee fieldbook-hub-nightly.service
              fieldbook-hub unit --only timer | sudo tee fieldbook-hub-nightly.timer
              sudo systemctl enable --now fieldbook-hub.service fieldbook-hub-nightly.timer
            """))

    enum Name: String, ExpressibleByArgument, CaseIterable {
        case service
        case nightly
        case timer

        var file: String {
            switch self {
            case .service: "fieldbook-hub.service"
            case .nightly: "fieldbook-hub-nightly.service"
            case .timer: "fieldbook-hub-nightly.timer"
            }
        }
    }

    @OptionGroup var hub: HubOptions
    @Option(help: ArgumentHelp(said("Print one of them: service, nightly or timer.")))
    var only: Name?
    @Argument(
        parsing: .postTerminator,
        help: ArgumentHelp(said("Options of \"serve\"."), valueName: "options"))
    var serving: [String] = []

    func validate() throws {
        let serve = try Serve.parse(serving)
        for path in [serve.tlsCertificate, serve.tlsKey] {
            guard let path, !path.hasPrefix("/") else { continue }
            throw ValidationError(
                said("systemd needs the whole path of \"\(path)\", from the root on."))
        }
    }

    func run() async throws {
        try await Failure.explained {
            let opened = try hub.open()
            let units = SystemdUnits(
                congregation: Plain.oneLine(opened.settings.congregationName),
                program: try Self.ownPath, folder: Self.whole(hub.folder.path),
                user: NSUserName(), serving: serving)
            try opened.close()
            let texts = Name.allCases.map { ($0, units.text(of: $0)) }
            if hub.json {
                return try hub.print(
                    Dictionary(uniqueKeysWithValues: texts.map { ($0.file, $1) }), text: "")
            }
            for (name, text) in texts where only.map({ $0 == name }) ?? true {
                Output.line(
                    only == nil ? "# /etc/systemd/system/\(name.file)\n\(text)" : text)
            }
        }
    }

    private static var ownPath: String {
        get throws { try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") }
    }

    private static func whole(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.path
    }
}
