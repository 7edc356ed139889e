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
            return try one(who, mayAsk: mayAsk)
        } catch let error as NotebookError {
            guard case .unknown(_, _, let alike) = error, mayAsk, Asking.isInTerminal,
                !Plain.name(who).isEmpty
            else { throw error }
            let known = try Namesakes(notebook).meant(among: alike) { try Input.agree($0) }
            if let known { return known }
            switch Asking.confirm(Self.isToBeAdded(who)) {
            case true?: return nil
            case false?: throw Complaint("Nothing was saved.")
            case nil: throw error
            }
        }
    }

    /// Whether somebody whom nobody here knows is to be added. A list of names would be one person.
    static func isToBeAdded(_ who: String) -> Phrase {
        let name = Plain.name(who)
        return name.contains(",")
            ? "Nobody here is called \"\(name)\" yet. Add them, as one person?"
            : "Nobody here is called \"\(name)\" yet. Add them?"
    }

    /// Throws `NotebookError.several` where what stands between commas names people who are here, and
    /// not all of it the same.
    func checkIsOne(_ who: String) throws {
        let names = MetCommand.list([who])
        guard names.count > 1 else { return }
        let bearers = try names.map(self.bearers)
        let inAll = bearers.dropFirst().reduce(bearers[0]) { $0.intersection($1) }
        guard inAll.isEmpty, bearers.allSatisfy({ !$0.isEmpty }) else { return }
        throw NotebookError.several(names: names)
    }

    /// Those whom a name can mean.
    private func bearers(of name: String) throws -> Set<RecordID> {
        do {
            return [try notebook.findPerson(name)]
        } catch NotebookError.ambiguous(_, _, let candidates) {
            return Set(candidates.map(\.id))
        } catch is NotebookError {
            return []
        }
    }

    /// The person whom a name means. Where it is all of one name and the beginning of others, "Rosa"
    /// beside "Rosa Alvarez", asks in a terminal which of them, and says elsewhere which one it took. Of
    /// several whom it fits alike it asks in a terminal, and throws elsewhere.
    func one(_ who: String, mayAsk: Bool) throws -> RecordID {
        guard mayAsk, Asking.isInTerminal else { return try one(who, asking: nil) }
        do {
            return try one(who) { Asking.ask("\($0) [1]") ?? "" }
        } catch NotebookError.ambiguous(_, let name, let candidates) {
            return try Input.one(of: candidates, called: name, mayAsk: mayAsk)
        }
    }

    /// The same, with another way to ask. An empty answer is the name as it was typed.
    func one(
        _ who: String, asking ask: ((_ question: Phrase) throws -> String)?
    ) throws -> RecordID {
        let person = try known(who)
        guard let entry = try notebook.entry(person) else { return person }
        let names = [entry.name, entry.preferred ?? ""]
        guard let name = names.first(where: { Folding.name($0) == Folding.name(who) }) else {
            if !isSaid(who, of: entry) { noteTaken(who, for: entry) }
            return person
        }
        let others = try notebook.longerNames(than: name, of: person)
        guard !others.isEmpty else { return person }
        let named = ["\(entry.name) (\(person.shortened))"] + others.map(\.words)
        guard let ask else {
            Screen.note(
                """
                "\(name)" is taken for \(named[0]), not for \(Array(named.dropFirst()).listed("or")). Say a \
                whole name, or an id.
                """)
            return person
        }
        return ([person] + others.map(\.id))[try Input.choose(named, called: name, asking: ask)]
    }

    /// The same, for what befalls nobody by mistake: a name that is only like theirs is nobody's.
    func surely(_ who: String, mayAsk: Bool) throws -> RecordID {
        let found = try known(who)
        guard let entry = try notebook.entry(found), !isSaid(who, of: entry) else {
            return try one(who, mayAsk: mayAsk)
        }
        throw NotebookError.unknown(who, butFor: entry)
    }

    /// Whether somebody is called so, and it is no other name like theirs: "Rosa A", "Alvarez" or "Rosa
    /// Alvarez" of Rosa Alvarez, and neither "Ann Lee" of Mary Ann Lee nor "Joe" of Joseph.
    private func isSaid(_ who: String, of person: Person) -> Bool {
        let id = person.id.description.filter { $0 != "-" }
        guard !notebook.isMe(who), !id.hasSuffix(who.lowercased().filter { $0 != "-" }) else {
            return true
        }
        let said = Folding.name(who).split(separator: " ")
        let own = Folding.name(person.name).split(separator: " ")
        let called = Folding.name(person.preferred ?? "").split(separator: " ")
        if said.count == 1 { return (own + called).contains { $0.hasPrefix(said[0]) } }
        let isBeginning = said.count <= own.count && zip(said, own).allSatisfy { $1.hasPrefix($0) }
        let isCalledSo =
            !called.isEmpty && Set(said).isSuperset(of: called)
            && Set(said).isSubset(of: own + called)
        return isBeginning || isCalledSo || Set(said) == Set(own)
    }

    private func noteTaken(_ who: String, for person: Person) {
        let name = Plain.name(who)
        Screen.note(
            """
            "\(name)" is taken for \(person.name) (\(person.id.shortened)). For somebody else: \
            fieldbook person add \(Shell.quoted(name))
            """)
    }

    /// Throws `NotebookError.several` for a list of people who are here.
    private func known(_ who: String) throws -> RecordID {
        do {
            return try notebook.findPerson(who)
        } catch let error as NotebookError {
            if case .unknown = error { try checkIsOne(who) }
            throw error
        }
    }

    /// Somebody who was named in a meeting: one of those who are here, or a new person.
    func referral(_ name: String) throws -> OneToOneNotes.Referral {
        do {
            return .known(try one(name, mayAsk: false))
        } catch NotebookError.unknown {
            return .new(name: Plain.name(name))
        }
    }

    /// Whether names that nobody here has are new people.
    enum Newcomers {
        case none, asked, all
    }

    /// Those whom somebody names one after the other, each once; and, where new ones may be among them,
    /// the names that nobody here has.
    func all(
        _ names: [String], newcomers: Newcomers = .none, mayAsk: Bool
    ) throws -> (known: [RecordID], new: [String]) {
        let same = try notebook.samePeople()
        var (known, new): ([RecordID], [String]) = ([], [])
        var seen: Set<RecordID> = []
        for name in names {
            guard let person = try one(name, newcomers, mayAsk: mayAsk) else {
                new.append(Plain.name(name))
                continue
            }
            if seen.insert(same.canonical(of: person)).inserted { known.append(person) }
        }
        return (known, new)
    }

    /// Nil for somebody new.
    private func one(
        _ name: String, _ newcomers: Newcomers, mayAsk: Bool
    ) throws -> RecordID? {
        switch newcomers {
        case .none: return try one(name, mayAsk: mayAsk)
        case .asked: return try find(name, mayAsk: mayAsk)
        case .all:
            do {
                return try one(name, mayAsk: mayAsk)
            } catch NotebookError.unknown {
                return nil
            }
        }
    }

    /// Those whom somebody names one after the other, each once; "me", or one's own name, is oneself,
    /// who need be nobody's person here.
    func organizers(_ names: [String]) throws -> [RecordID] {
        let own = try notebook.title(of: Member.key(notebook.me.member)).map(Folding.name)
        let same = try notebook.samePeople()
        var seen: Set<RecordID> = []
        return try names.map { name in
            notebook.isMe(name) || Folding.name(name) == own
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

extension NotebookError.Candidate {
    /// "Rosa Alvarez (9cd04f1e), 612-555-0100"
    var words: String { "\(name) (\(id.shortened))" + (detail.isEmpty ? "" : ", \(detail)") }
}
