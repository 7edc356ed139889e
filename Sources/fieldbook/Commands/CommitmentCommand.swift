import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// The verbs for promises.
struct CommitmentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "commitment",
        abstract: said("Write down promises, and settle them."),
        discussion: said(
            """
            Example:
              fieldbook commitment add Rosa --what "bring five neighbors" --due "dec 4"
            """),
        subcommands: [
            CommitmentAddCommand.self, CommitmentKeepCommand.self, CommitmentBreakCommand.self,
            CommitmentListCommand.self,
        ])
}

/// A promise, as JSON has it.
struct CommitmentDocument: Encodable {
    let id: String
    @OrNull var person: String?
    let personName: String
    let direction: String
    let what: String
    @OrNull var due: String?
    let status: String
    @OrNull var settledOn: String?

    init(_ promise: Commitment, personName: String) {
        id = promise.id.description
        person = promise.person?.description
        self.personName = personName
        direction = promise.direction
        what = promise.what
        due = promise.due?.description
        status = promise.status
        settledOn = promise.settledOn?.description
    }
}
