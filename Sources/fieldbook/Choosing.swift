import Notebook
import Replication
import Wording

extension Common {
    /// What `find` finds. Of several that a name can mean, asks in a terminal which one; elsewhere
    /// throws `NotebookError.ambiguous`, which lists them.
    func choosing(_ find: () throws -> RecordID) throws -> RecordID {
        do {
            return try find()
        } catch NotebookError.ambiguous(_, let name, let candidates) {
            return try Input.one(of: candidates, called: name, mayAsk: !json)
        }
    }

    /// The record of any kind that a name or an id means.
    func record(_ text: String, _ notebook: Notebook) throws -> RecordKey {
        var key: RecordKey?
        let id = try choosing {
            let found = try notebook.findAnyRecord(text)
            key = found
            return found.id
        }
        return try key ?? notebook.findRecord(id.description)
    }

    /// The person whom a name means.
    func person(_ who: String, _ notebook: Notebook) throws -> RecordID {
        try People(notebook).one(who, mayAsk: !json)
    }

    /// The arranged one-to-one that `find` finds for a person or an id. Either may be one of several.
    func arranged(_ who: String, _ find: (String) throws -> RecordID) throws -> RecordID {
        do {
            return try find(who)
        } catch NotebookError.ambiguous(let what, let name, let candidates) {
            let id = try Input.one(of: candidates, called: name, mayAsk: !json)
            return what == "one-to-one" ? id : try arranged(id.description, find)
        }
    }
}
