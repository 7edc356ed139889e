import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// Everybody in the notebook.
struct PersonListCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: said("List people by name."),
        discussion: said(
            """
            Example:
              fieldbook person list --turf "North Side"
            """))

    @Option(
        help: ArgumentHelp(said("Only the people of this turf."), valueName: "turf"),
        completion: .turfs)
    var turf: String?

    @OptionGroup var tagged: TagOption
    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let all = try notebook.people(in: try turf.map(notebook.findTurf))
        let people = all.filter { tagged.tag.map($0.isTagged) ?? true }
            .map { (name: Folding.name($0.name), person: $0) }
            .sorted { ($0.name, $0.person.id) < ($1.name, $1.person.id) }.map(\.person)
        try common.show(People(people: people.map(PersonDocument.init))) { page in
            if people.isEmpty, let tag = tagged.tag {
                return page.line("Nobody has the tag \"\(tag)\". Give it: fieldbook person edit")
            }
            guard !people.isEmpty else {
                return page.line(
                    "Nobody is here yet. Add somebody: fieldbook person add \"Rosa Alvarez\"")
            }
            let turfs = try notebook.turfs().map { ($0.id, $0.name) }
            let names = Dictionary(turfs) { first, _ in first }
            var table = Table([.name("Name"), .text("Phone"), .name("Turf"), .fixed("Id")])
            for person in people {
                table.row(
                    .init(person.name), .init(person.phone),
                    .init(person.turf.flatMap { names[$0] }), .init(person.id.shortened, .faint))
            }
            page.table(table)
            page.line(counted(people.count, "person", "people"), .faint)
        }
    }

    private struct People: Encodable {
        let people: [PersonDocument]
    }
}

/// A person's own fields, as JSON has them.
struct PersonDocument: Encodable {
    let id: String
    let name: String
    @OrNull var preferred: String?
    @OrNull var phone: String?
    @OrNull var email: String?
    @OrNull var address: String?
    @OrNull var neighbourhood: String?
    @OrNull var birthday: String?
    @OrNull var language: String?
    @OrNull var institution: String?
    @OrNull var organizer: String?
    @OrNull var turf: String?
    @OrNull var cadence: String?
    @OrNull var status: String?
    @OrNull var contact: String?
    let interests: [String]
    let tags: [String]

    init(_ person: Person) {
        id = person.id.description
        name = person.name
        preferred = person.preferred
        phone = person.phone
        email = person.email
        address = person.address
        neighbourhood = person.neighbourhood
        birthday = person.birthday
        language = person.language
        institution = person.institution?.description
        organizer = person.organizer?.description
        turf = person.turf?.description
        cadence = person.cadence
        status = person.status?.rawValue
        contact = person.contact?.rawValue
        interests = person.interests
        tags = person.tags
    }
}
