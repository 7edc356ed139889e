/// What systemd has to know of a hub: a service, the night's work, and when that is done.
///
/// Source: systemd.service(5), systemd.exec(5), systemd.timer(5).
struct SystemdUnits {
    let congregation: String
    let program: String
    /// The hub's folder, as a whole path.
    let folder: String
    let user: String
    /// Options of `serve`.
    let serving: [String]

    func text(of name: Unit.Name) -> String {
        switch name {
        case .service: service
        case .nightly: nightly
        case .timer: timer
        }
    }

    private var service: String {
        """
        [Unit]
        Description=Fieldbook hub of \(Self.escaped(congregation))
        Wants=network-online.target
        After=network-online.target

        [Service]
        ExecStart=\(command("serve", serving))
        Restart=on-failure
        RestartSec=10
        \(confinement)

        [Install]
        WantedBy=multi-user.target

        """
    }

    private var nightly: String {
        """
        [Unit]
        Description=The night's work of the Fieldbook hub of \(Self.escaped(congregation))
        Wants=network-online.target
        After=network-online.target

        [Service]
        Type=oneshot
        ExecStart=\(command("nightly", []))
        \(confinement)

        """
    }

    private var timer: String {
        """
        [Unit]
        Description=Every night: the work of the Fieldbook hub of \(Self.escaped(congregation))

        [Timer]
        OnCalendar=*-*-* 02:00:00
        RandomizedDelaySec=1h
        Persistent=true

        [Install]
        WantedBy=timers.target

        """
    }

    /// The program may write in the hub's folder alone.
    private var confinement: String {
        """
        User=\(user)
        UMask=0077
        NoNewPrivileges=true
        PrivateTmp=\(isTemporary ? "false" : "true")
        PrivateDevices=true
        ProtectSystem=strict
        ReadWritePaths=\(Self.quoted(folder))
        """
    }

    /// The folder of a trial: with temporary folders of its own the service would not see it. (These
    /// two are the ones that systemd's PrivateTmp= replaces.)
    private var isTemporary: Bool {
        ["/tmp/", "/var/tmp/"].contains(where: folder.hasPrefix)
    }

    private func command(_ verb: String, _ options: [String]) -> String {
        ([program, verb, "--data", folder] + options).map(Self.quotedArgument)
            .joined(separator: " ")
    }

    /// In a command line a dollar sign would stand for a variable.
    private static func quotedArgument(_ text: String) -> String {
        quoted(text).replacing("$", with: "$$")
    }

    private static func quoted(_ text: String) -> String {
        let inside = escaped(text).replacing("\\", with: "\\\\")
            .replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        let isPlain = text.allSatisfy { $0.isLetter || $0.isNumber || "/._-:%$".contains($0) }
        return isPlain && !text.isEmpty ? inside : "\"\(inside)\""
    }

    /// A per cent sign would begin a specifier.
    private static func escaped(_ text: String) -> String { text.replacing("%", with: "%%") }
}
