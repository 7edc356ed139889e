import Notebook
import Replication
import Terminal

/// People with the same name.
enum Namesakes {
    /// How somebody came to the name that somebody else has.
    enum Occasion {
        case met, added, renamed
    }

    /// Says that there is somebody of this name already, and what to do if that is the same person.
    static func warn(
        about id: RecordID, called name: String, _ occasion: Occasion, _ notebook: Notebook
    ) throws {
        let others = try notebook.namesakes(of: name).filter { $0 != id }.map(\.shortened)
        guard !others.isEmpty else { return }
        let who = others.count == 1 ? "is somebody" : "are \(others.count) people"
        let known = "There \(who) called \"\(name)\" already (\(others.joined(separator: ", ")))"
        let old = others.count == 1 ? others[0] : "ID"
        Screen.note(known + advice(id.shortened, old, occasion))
    }

    /// A deleted entry's meetings show nowhere, so they have to be written again.
    private static func advice(_ new: String, _ old: String, _ occasion: Occasion) -> String {
        switch occasion {
        case .met:
            """
            ; the new entry is \(new). If it is the same person, delete the new entry, and log the \
            meeting again with the old one:
              fieldbook person delete \(new)
              fieldbook met \(old) …
            """
        case .added:
            """
            ; the new entry is \(new). If it is the same person, delete the new entry, and write \
            what is new to the old one:
              fieldbook person delete \(new)
              fieldbook person edit \(old) …
            """
        case .renamed:
            """
            , besides \(new). Name them by these ids from now on. If it is the same person, keep one \
            entry: log the meetings of the other again with it, and delete the other with \
            "fieldbook person delete".
            """
        }
    }
}
