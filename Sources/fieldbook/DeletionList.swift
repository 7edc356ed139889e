import Notebook
import Replication
import Store
import Terminal
import Wording

/// What others deleted, a line each, with how to have it back.
struct DeletionList {
    private let deletions: [Deletion]
    private let notebook: Notebook
    private static let most = 5

    init(_ deletions: [Deletion], _ notebook: Notebook) {
        self.deletions = deletions
        self.notebook = notebook
    }

    var documents: [Document] { deletions.map { Document($0, notebook) } }

    func fill(_ page: inout Page) {
        for deletion in deletions.prefix(Self.most) {
            let (id, day) = (deletion.key.id.shortened, notebook.moment(deletion.at))
            let noun = deletion.key.kind == Person.kind.number ? "person" : "record"
            page.paragraph(
                """
                \(deletion.by) deleted \(deletion.title), \(day). To have it back: \
                fieldbook \(noun) restore \(id)
                """)
        }
        let more = deletions.count - Self.most
        if more > 0 { page.line("And \(more) more; fieldbook status --json lists them.", .faint) }
    }

    /// One, as JSON has it.
    struct Document: Encodable {
        let id: String
        let kind: String
        let title: Title
        let by: String
        let at: String

        fileprivate init(_ deletion: Deletion, _ notebook: Notebook) {
            id = deletion.key.id.description
            kind = Kinds.name(of: deletion.key.kind)
            title = deletion.title
            by = deletion.by
            at = notebook.timestamp(deletion.at)
        }
    }
}
