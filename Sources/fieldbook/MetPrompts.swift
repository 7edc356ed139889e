import Notebook
import Replication
import Store
import Terminal
import Wording

/// Logs one-to-ones by asking for each thing: Return for what is obvious, Tab for a name, Ctrl-C to
/// stop. Each meeting is saved when its last question is answered; of one that is stopped on the way it
/// asks whether what was answered is kept.
struct MetPrompts {
    let notebook: Notebook

    private struct Stopped: Error {}

    func run() throws {
        // Whoever closes the window has stopped, as by Ctrl-C, and may have said much.
        HangUp.endsTyping()
        var isAnyLogged = false
        do {
            repeat {
                try logOne(&isAnyLogged)
            } while try Answer.isYes(ask("Log another? (y/N)"))
        } catch is Stopped {
            guard isAnyLogged else { throw Complaint("Stopped. Nothing was logged.") }
            Screen.note("Stopped. What was logged before is saved.")
        }
    }

    /// Says when it was logged: not what was logged before.
    private func logOne(_ isAnyLogged: inout Bool) throws {
        let (who, known) = try askUntil("Whom did you meet?", completions: completions, person)
        let regard = Regard(notebook: notebook)
        if let known {
            try regard.check([known]) { Answer.isYes(try ask("\($0) (y/N)")) }
        }
        var notes = OneToOneNotes(on: try askPastDay("Which day?", given: said("today")))
        guard try isMeant(known.flatMap { try notebook.earlier(on: notes.on, with: $0) }) else {
            return
        }
        let isWhole = try askAll(of: &notes)
        guard try isMeant(known.flatMap { try notebook.twin(of: notes, with: $0) }) else {
            return
        }
        let logged = try LoggedMeeting(notes, with: known, called: who, notebook)
        var page = Page()
        try logged.describe(on: &page)
        try page.show()
        isAnyLogged = true
        guard isWhole else { throw Stopped() }
    }

    /// Asks what was said. Returns false where somebody stops on the way and has what they answered
    /// kept, as it is where the terminal is gone; without an answer there is nothing to keep.
    private func askAll(of notes: inout OneToOneNotes) throws -> Bool {
        do {
            try askConversation(&notes)
            try askNextStep(&notes)
            return true
        } catch is Stopped where notes.hasAnswers {
            guard try isToBeKept() else { throw Stopped() }
            return false
        }
    }

    /// Nobody answers in a window that was closed.
    private func isToBeKept() throws -> Bool {
        let question: Phrase = "Stopped. Log the one-to-one with what you have answered? (Y/n)"
        do {
            return try askWhether(question, givenReturn: true)
        } catch is Stopped where !Asking.isInTerminal {
            return true
        }
    }

    private func askConversation(_ notes: inout OneToOneNotes) throws {
        notes.minutes = try askUntil("How many minutes did it take?") { text in
            .some(
                try notebook.value(
                    of: text, for: OneToOne.minutes, of: OneToOne.kind.number
                ).int)
        }
        notes.summary = MetCommand.filled(try ask("What did you talk about?", isText: true))
        notes.heard = MetCommand.list([try ask("Concerns you heard, with commas:", isText: true)])
        try askPromise("What did they promise?", isTheirs: true, &notes)
        try askPromise("What did you promise?", isTheirs: false, &notes)
        notes.referrals = try askUntil(
            "Whom should you meet next, with commas:", completions: completions
        ) { try MetCommand.list([$0]).compactMap(referral) }
    }

    private func askNextStep(_ notes: inout OneToOneNotes) throws {
        notes.next = MetCommand.filled(try ask("Your next step:", isText: true))
        guard notes.next != nil else { return }
        notes.due = try askUntil("By when?", given: said("in 1 week")) {
            try notebook.day($0, looking: .coming)
        }
    }

    /// Whether a meeting beside this one is to be logged; of none there is nothing to ask.
    private func isMeant(_ twin: Twin?) throws -> Bool {
        guard let twin, !Answer.isYes(try ask("\(twin.question) (y/N)")) else { return true }
        Screen.note("Nothing was logged. \(twin.advice)")
        return false
    }

    /// Somebody whose name nobody here has is new. Nil for nobody, who is asked for again.
    private func person(_ who: String) throws -> (who: String, known: RecordID?)? {
        let name = Plain.name(who)
        guard !name.isEmpty else {
            Screen.note("Type a name. Ctrl-C stops.")
            return nil
        }
        do {
            return (who, try People(notebook).one(who) { try ask($0, given: "1") })
        } catch NotebookError.ambiguous(_, let name, let candidates) {
            return try chosen(of: candidates, called: name)
        } catch NotebookError.unknown(_, _, let alike) {
            let known = try Namesakes(notebook).meant(among: alike) { question in
                try askWhether("\(question) (Y/n)", givenReturn: true)
            }
            if let known { return (who, known) }
            let isNew = try askWhether(
                "\(People.isToBeAdded(who)) (y/N)", givenReturn: false)
            return isNew ? (who, nil) : nil
        }
    }

    /// The one of several whom a name can mean, by number, or whoever is named in their place; nil for
    /// Return alone.
    private func chosen(
        of candidates: [NotebookError.Candidate], called name: String
    ) throws -> (who: String, known: RecordID?)? {
        struct Another: Error {
            let name: String
        }
        do {
            let index = try Input.choose(candidates.map(\.words), called: name) { question in
                let answer = try ask(question)
                guard Int(answer) != nil else { throw Another(name: answer) }
                return answer
            }
            return (name, candidates[index].id)
        } catch let another as Another {
            return try person(another.name)
        }
    }

    /// Somebody whom they named; nil for nobody. Of a name that may be several it asks about this one
    /// alone, so that the others of its line are kept.
    private func referral(_ name: String) throws -> OneToOneNotes.Referral? {
        do {
            if let found = try person(name) {
                return found.known.map { .known($0) } ?? .new(name: Plain.name(found.who))
            }
        } catch let error as NotebookError {
            Screen.note(error.explanation)
        }
        let other = try ask(
            "Whom do you mean by \"\(name)\"? Return leaves them out.", completions: completions)
        return other.isEmpty ? nil : try referral(other)
    }

    /// What is neither Return alone nor a yes or a no is asked again.
    private func askWhether(_ question: Phrase, givenReturn: Bool) throws -> Bool {
        try askUntil(question) { answer in
            answer.isEmpty
                ? givenReturn : Answer.isYes(answer) ? true : Answer.isNo(answer) ? false : nil
        }
    }

    private func askPromise(
        _ question: Phrase, isTheirs: Bool, _ notes: inout OneToOneNotes
    ) throws {
        guard let what = MetCommand.filled(try ask(question, isText: true)) else { return }
        notes.promises.append(.init(what, isTheirs: isTheirs, due: nil))
        let due = try askDay("By when?")
        notes.promises[notes.promises.count - 1] = .init(what, isTheirs: isTheirs, due: due)
    }

    /// A day on which something was held.
    private func askPastDay(_ question: Phrase, given: String) throws -> Day {
        try askUntil(question, given: given) { text in
            let day = try notebook.day(text, looking: .past)
            guard day <= notebook.today else { throw NotebookError.inFuture(day) }
            return day
        }
    }

    /// Nil when nothing is typed: it has no date.
    private func askDay(_ question: Phrase) throws -> Day? {
        try askUntil(question) { text in
            text.isEmpty ? .some(nil) : try notebook.day(text, looking: .coming)
        }
    }

    private func ask(
        _ question: Phrase, given: String = "", isText: Bool = false,
        completions: @escaping (String) -> [String] = { _ in [] }
    ) throws -> String {
        guard
            let answer = LineEditor.ask(
                question, given: given, isText: isText, completions: completions)
        else { throw Stopped() }
        return answer
    }

    /// Asks again when what was typed cannot be read, after saying why.
    private func askUntil<Answer>(
        _ question: Phrase, given: String = "",
        completions: @escaping (String) -> [String] = { _ in [] },
        _ read: (String) throws -> Answer?
    ) throws -> Answer {
        while true {
            let text = try ask(question, given: given, completions: completions)
            do {
                if let answer = try read(text) { return answer }
            } catch let error as NotebookError {
                Screen.note(error.explanation)
            }
        }
    }

    /// In a list with commas, of its last part.
    private func completions(_ text: String) -> [String] {
        let start = text.lastIndex(of: ",").map(text.index(after:)) ?? text.startIndex
        let space = text[start...].prefix { $0 == " " }
        let part = String(text[start...].drop { $0 == " " })
        let found = (try? People(notebook).completions(of: part)) ?? []
        return found.map { text[..<start] + space + $0 }
    }
}

extension OneToOneNotes {
    /// Whether somebody has said anything of the meeting but when it was.
    fileprivate var hasAnswers: Bool {
        minutes != nil || summary != nil || !heard.isEmpty || !promises.isEmpty
            || !referrals.isEmpty || next != nil
    }
}
