import ArgumentParser
import Glibc
import Notebook
import Replication
import Store
import Terminal
import Wording

/// Makes the notebook; needs no hub.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: said("Make a notebook on this machine."),
        discussion: said(
            """
            It works without any hub; you can join one later.

            Example:
              fieldbook init --name "Ana Reyes"
            """))

    @Option(
        help: ArgumentHelp(
            said("Your name, as others will see it. Default: that of your login."),
            valueName: "name"))
    var name: String?

    @OptionGroup var common: Common

    func run() throws {
        let answer = name ?? askForName()
        let notebook = try make(name: answer ?? Login.name)
        let made = Made(
            notebook: common.file.path, device: notebook.store.device.description,
            member: notebook.me.member.description, name: notebook.me.name)
        try common.show(made) { page in
            page.line("Made a notebook for \(made.name): \"\(made.notebook)\"")
            if answer == nil, Asking.isInTerminal {
                page.paragraph(
                    "Others will see that name. To change it: fieldbook me --name \"Ana Reyes\"")
            }
            page.line("Log your first one-to-one:")
            page.line("  fieldbook met \"Rosa Alvarez\" --new --summary -")
        }
    }

    /// What somebody at a terminal is called; nil where nobody can be asked or says it.
    private func askForName() -> String? {
        guard !common.json, access(common.file.path, F_OK) != 0, !Login.name.isEmpty else {
            return nil
        }
        let question: Phrase =
            "Your name, as others will see it; Return takes \"\(Login.name)\", that of your login:"
        return Asking.ask(question).flatMap(MetCommand.filled)
    }

    /// Says also how to correct one's name in a notebook that is there already.
    private func make(name: String) throws -> Notebook {
        do {
            return try Self.make(common.file, name: name)
        } catch let error as NotebookFileError {
            guard case .exists = error, let own = self.name else { throw error }
            throw Complaint(
                """
                \(error.explanation)
                To correct your own name in it: fieldbook me --name \(Shell.quoted(own))
                """)
        }
    }

    /// Makes a notebook in a file for somebody called this.
    static func make(_ file: NotebookFile, name: String) throws -> Notebook {
        let name = Plain.name(name)
        guard !name.isEmpty else {
            throw Complaint("Your name is empty. Say it with --name, as others will see it.")
        }
        try FieldRules.checkName(name)
        guard !Paths.isFolder(file.path) else {
            throw Complaint("\"\(file.path)\" is a folder. Name a file in it with --notebook.")
        }
        if access(file.path, F_OK) == 0, !file.isEmptyBesideAKey { try file.checkIsOurs() }
        return try file.create(name: name, zoneName: Zone.systemName, zone: .system)
    }

    private struct Made: Encodable {
        let notebook: String
        let device: String
        let member: String
        let name: String
    }
}
