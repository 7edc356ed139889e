import Notebook
import Replication
import Terminal
import Wording

/// People with the same name.
enum Namesakes {
    /// Says that there is somebody of this name already, and what to do if that is the same person.
    static func warn(about id: RecordID, called name: String, _ notebook: Notebook) throws {
        let others = try notebook.namesakes(of: id, called: name).map(\.shortened)
        guard !others.isEmpty else { return }
        Screen.note(
            """
            \(counted(others.count, "person is", "people are")) called "\(name)" already \
            (\(others.joined(separator: ", "))), besides \(id.shortened). Name them by these ids from \
            now on. If it is the same person, an organizer can link the two:
              fieldbook person merge \(id.shortened) \(others[0])
            """)
    }
}
