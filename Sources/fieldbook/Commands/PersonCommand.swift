import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
import Wording

/// The verbs for people.
struct PersonCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person",
        abstract: said("Add, show, edit, list, delete or erase people; say who is the same."),
        discussion: said(
            """
            Example:
              fieldbook person add "Rosa Alvarez" --phone 612-555-0100 --turf "North Side"
            """),
        subcommands: [
            PersonAddCommand.self, PersonShowCommand.self, PersonEditCommand.self,
            PersonListCommand.self, PersonDeleteCommand.self, PersonRestoreCommand.self,
            PersonEraseCommand.self,
            PersonDuplicatesCommand.self, PersonMergeCommand.self, PersonUnmergeCommand.self,
            PersonDistinctCommand.self,
        ])
}

/// What can be said of a person.
struct PersonOptions: ParsableArguments {
    @Option(help: ArgumentHelp(said("The name they want to be called by."), valueName: "name"))
    var preferred: String?

    @Option(help: ArgumentHelp(said("A phone number."), valueName: "phone"))
    var phone: String?

    @Option(help: ArgumentHelp(said("An e-mail address."), valueName: "email"))
    var email: String?

    @Option(help: ArgumentHelp(said("Where they live."), valueName: "address"))
    var address: String?

    @Option(help: ArgumentHelp(said("The language they prefer."), valueName: "language"))
    var language: String?

    @Option(
        help: ArgumentHelp(said("The turf they belong to."), valueName: "turf"), completion: .turfs)
    var turf: String?

    @Option(
        help: ArgumentHelp(
            said("Their congregation, school or union; added when it is new."),
            valueName: "institution"))
    var institution: String?

    @Option(
        help: ArgumentHelp(
            said("After how many days a contact is due, and overdue: 7/14."), valueName: "days"))
    var cadence: String?

    @Option(
        help: ArgumentHelp(
            said("A tag, like choir; several with commas between."), valueName: "a,b"))
    var tag: [String] = []

    var isEmpty: Bool {
        [preferred, phone, email, address, language, turf, institution, cadence]
            .allSatisfy { $0 == nil } && tag.isEmpty
    }

    /// The options as the notebook takes them.
    func details(name: String?, _ notebook: Notebook) throws -> PersonDetails {
        var details = PersonDetails(
            name: name, phone: phone.map(Plain.name), email: email.map(Plain.name),
            address: address.map(Plain.trimmed), language: language.map(Plain.name),
            turf: try turf.map {
                try Plain.name($0).isEmpty ? Space.organizers : notebook.findTurf($0)
            })
        details.cadence = try cadence.map(Plain.trimmed).map { text in
            text.isEmpty ? "" : try Cadence(text).written
        }
        details.tags = MetCommand.list(tag)
        details.preferred = preferred.map(Plain.name)
        if let institution {
            try set(institution: Plain.name(institution), in: &details, notebook)
        }
        return details
    }

    private func set(
        institution: String, in details: inout PersonDetails, _ notebook: Notebook
    ) throws {
        do {
            details.institution = try notebook.findInstitution(institution)
        } catch NotebookError.unknown {
            details.newInstitution = institution
        }
    }

    /// Says of a number or an address that is none, and what it has replaced.
    func noteOdd(in before: Person? = nil) {
        note(Person.phone, phone, before?.phone)
        note(Person.email, email, before?.email)
    }

    private func note(_ field: FieldSchema, _ text: String?, _ before: String?) {
        guard let text, !text.isEmpty, text != before,
            let doubt = Person.doubt(of: text, in: field)
        else { return }
        guard let before else { return Screen.note(doubt) }
        Screen.note("\(doubt) It has replaced \(before). To take that back: fieldbook undo")
    }

    /// Says what has come to be with a person who was saved.
    static func noteNew(_ details: PersonDetails) {
        guard let name = details.newInstitution else { return }
        Screen.note("Added the institution \"\(name)\", which is new here.")
    }
}

/// The id of what a command did something to.
struct IDDocument: Encodable {
    let id: String

    init(_ id: RecordID) {
        self.id = id.description
    }
}
