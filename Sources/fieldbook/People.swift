import Notebook
import Replication
import Terminal
import Wording

/// Whom somebody means who types a name.
struct People {
    private let notebook: Notebook

    init(_ notebook: Notebook) {
        self.notebook = notebook
    }

    /// The person; nil for somebody new whom a person at the terminal says yes to. Throws when nobody
    /// may be asked, or they say no.
    func find(_ who: String, mayAsk: Bool) throws -> RecordID? {
        do {
            return try notebook.findPerson(who)
        } catch let error as NotebookError {
            guard case .unknown = error, mayAsk, !Plain.name(who).isEmpty else { throw error }
            let person = LinkagePerson(name: Plain.name(who))
            if let known = try Namesakes(notebook).ask(about: person, mayAsk: true) { return known }
            let question: Phrase = "Nobody here is called \"\(Plain.name(who))\" yet. Add them?"
            switch Input.confirm(question) {
            case true?: return nil
            case false?: throw Complaint("Nothing was saved.")
            case nil: throw error
            }
        }
    }

    /// Somebody who was named in a meeting: one of those who are here, or a new person.
    func referral(_ name: String) throws -> OneToOneNotes.Referral {
        do {
            return .known(try notebook.findPerson(name))
        } catch NotebookError.unknown {
            return .new(name: Plain.name(name))
        }
    }

    /// Those whom somebody names one after the other, each once; and, where new ones may be among them,
    /// the names that nobody here has.
    func all(
        _ names: [String], takingNew: Bool = false
    ) throws -> (known: [RecordID], new: [String]) {
        let same = try notebook.samePeople()
        var (known, new): ([RecordID], [String]) = ([], [])
        var seen: Set<RecordID> = []
        for name in names {
            do {
                let person = try notebook.findPerson(name)
                if seen.insert(same.canonical(of: person)).inserted { known.append(person) }
            } catch let error as NotebookError {
                guard case .unknown = error, takingNew else { throw error }
                new.append(Plain.name(name))
            }
        }
        return (known, new)
    }

    /// Those whom somebody names one after the other, each once; "me", or one's own name, is oneself,
    /// who need be nobody's person here.
    func organizers(_ names: [String]) throws -> [RecordID] {
        let own = try notebook.title(of: Member.key(notebook.me.member)) ?? "me"
        let me = Set(["me", said("me"), own].map(Folding.name))
        let same = try notebook.samePeople()
        var seen: Set<RecordID> = []
        return try names.map { name in
            me.contains(Folding.name(name))
                ? notebook.me.asOrganizer : try notebook.findPerson(name)
        }.filter { seen.insert(same.canonical(of: $0)).inserted }
    }

    /// Names that begin like this, or have a word that does.
    func completions(of text: String) throws -> [String] {
        let wanted = Folding.name(text)
        let names = try notebook.people().map(\.name)
        let found = names.filter { name in
            let folded = Folding.name(name)
            return folded.hasPrefix(wanted) || (" " + folded).contains(" " + wanted)
        }
        return wanted.isEmpty ? [] : Array(Set(found)).sorted()
    }
}
