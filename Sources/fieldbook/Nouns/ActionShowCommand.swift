import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// Who brings whom to an action.
struct ActionShowCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: said("Show who was promised for an action by whom, and who is how far."),
        discussion: said(
            """
            Example:
              fieldbook action show Assembly
            """))

    @Argument(
        help: ArgumentHelp(said("The action."), valueName: "action"), completion: .actions)
    var action: String

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let key = try Actions.find(action, notebook, common)
        let sheet = try notebook.actionSheet(key.id)
        let evaluation = try notebook.evaluation(of: key).map { try RecordPage($0, notebook) }
        try common.show(ActionSheetDocument(sheet, evaluation?.document)) { page in
            Self.fill(sheet, notebook.today, &page)
            guard let evaluation else { return }
            page.line()
            try evaluation.fill(&page)
        }
    }

    private static func fill(_ sheet: ActionSheet, _ today: Day, _ page: inout Page) {
        let action = sheet.action
        let facts = [action.on?.short(today: today), action.place].compactMap { $0 }
        page.line(
            "\(([action.title] + facts).joined(separator: ", ")) (\(action.id.shortened))", .bold)
        if action.isCancelled { page.line("It is cancelled.", .red) }
        let goal: Phrase = action.goal.map { "; the goal is \($0)" } ?? ""
        page.line("\(action.turnout.words)\(goal).")
        fillLeaders(sheet, &page)
        fillPeople(sheet, &page)
    }

    private static func fillLeaders(_ sheet: ActionSheet, _ page: inout Page) {
        guard !sheet.leaders.isEmpty else {
            return page.line(
                "Nobody has pledged yet: fieldbook action pledge \(sheet.action.id.shortened) WHO 10"
            )
        }
        var table = Table([
            .name("Leader"), .number("Pledged"), .number("Conf."), .number("Came"),
            .number("Walk-in"), .number("Miss"),
        ])
        for leader in sheet.leaders {
            let count = leader.turnout
            let numbers = [
                count.pledged, count.confirmed, count.came, count.walkIns, count.noShows,
            ]
            let name = leader.id == nil ? said("without a leader") : leader.name
            table.row([.init(name)] + numbers.map { .init("\($0)") })
        }
        page.line()
        page.table(table)
    }

    private static func fillPeople(_ sheet: ActionSheet, _ page: inout Page) {
        guard !sheet.people.isEmpty else { return }
        var table = Table([
            .name("Name"), .text("Step"), .text("Role"), .name("Brought by"),
        ])
        for person in sheet.people {
            let name = person.id == nil ? TurnoutStep.unnamed(person.count).text : person.name
            table.row(
                .init(name), .init(TurnoutStep.words(person.status)), .init(person.role),
                .init(person.broughtByName))
        }
        page.line()
        page.table(table)
    }
}

/// How far somebody is, in words.
enum TurnoutStep {
    /// People whom nobody named.
    static func unnamed(_ count: Int) -> Phrase { "\(count) without a name" }

    static func words(_ status: String) -> Phrase {
        switch status {
        case "invited": "invited"
        case "pledged": "said yes"
        case "confirmed": "confirmed"
        case "doubleConfirmed": "confirmed twice"
        case "attended": "came"
        case "walkIn": "walked in"
        case "noShow": "did not come"
        case "cancelled": "cancelled"
        default: .verbatim(status)
        }
    }

    /// The same of so many people.
    static func words(_ status: String, of count: Int) -> Phrase {
        guard count > 1 else { return words(status) }
        return switch status {
        case "invited": "all invited"
        case "pledged": "all said yes"
        case "confirmed": "all confirmed"
        case "doubleConfirmed": "all confirmed twice"
        case "attended": "all came"
        case "walkIn": "all walked in"
        case "noShow": "none came"
        default: words(status)
        }
    }
}

private struct ActionSheetDocument: Encodable {
    let action: ActionDocument
    let leaders: [Leader]
    let people: [Somebody]
    let evaluation: RecordDocument?

    private enum CodingKeys: CodingKey { case leaders, people, evaluation }

    init(_ sheet: ActionSheet, _ evaluation: RecordDocument?) {
        self.evaluation = evaluation
        action = ActionDocument(sheet.action)
        leaders = sheet.leaders.map(Leader.init)
        people = sheet.people.map(Somebody.init)
    }

    func encode(to encoder: any Encoder) throws {
        try action.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(leaders, forKey: .leaders)
        try container.encode(people, forKey: .people)
        try container.encode(evaluation, forKey: .evaluation)
    }

    struct Leader: Encodable {
        @OrNull var id: String?
        let name: String
        let turnout: TurnoutDocument

        init(_ leader: ActionSheet.Leader) {
            id = leader.id?.description
            name = leader.name
            turnout = TurnoutDocument(leader.turnout)
        }
    }

    struct Somebody: Encodable {
        @OrNull var person: String?
        let name: String
        let status: String
        @OrNull var role: String?
        @OrNull var broughtBy: String?
        let count: Int

        init(_ somebody: ActionSheet.Somebody) {
            person = somebody.id?.description
            name = somebody.name
            status = somebody.status
            role = somebody.role
            broughtBy = somebody.broughtBy?.description
            count = somebody.count
        }
    }
}
