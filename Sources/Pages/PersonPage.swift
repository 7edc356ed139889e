import Hummingbird
import Notebook
import Replication
import Store
import Wording

/// All about a person in one's own notebook, and a form to log a one-to-one with them.
struct PersonPage: Sendable {
    let host: any PageHost

    static func address(of person: RecordID) -> String { "/person/\(Hex.encode(person.bytes))" }

    func show(_ request: Request, _ parameters: Parameters) async throws -> Response {
        guard let visitor = try await host.visitor(of: request) else { return .seeOther("/") }
        let notebook = try await host.notebook()
        let view = try PersonPageView(
            try person(parameters, notebook), visitor, notebook, LogForm(on: notebook.today),
            notice: Ticks.notice(of: request))
        return try await page(view)
    }

    /// Logs a one-to-one. What was typed stays in the form when something is wrong with it, or when
    /// there is one of that day already: a button that is pressed twice sends the form twice.
    func log(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let form = try await Form(of: request, upTo: Form.notesBytes)
        let typed = LogForm(form)
        guard let visitor = try await host.visitor(of: request) else { return try unsaved(typed) }
        try form.check(visitor.formToken)
        let notebook = try await host.notebook()
        let person = try person(parameters, notebook)
        do {
            let notes = try typed.notes(today: notebook.today)
            if let twin = try notebook.anyTwin(of: notes, with: person.id),
                typed.anyway != Hex.encode(twin.id.bytes)
            {
                let view = try PersonPageView(
                    person, visitor, notebook, typed.beside(twin), complaint: twin.question)
                return try await page(view, status: .conflict)
            }
            _ = try notebook.log(notes, with: person.id)
            try await host.publish()
            return .seeOther("\(Self.address(of: person.id))?saved=logged")
        } catch let error as any Explained {
            let view = try PersonPageView(
                person, visitor, notebook, typed, complaint: error.explanation)
            return try await page(view, status: .unprocessableContent)
        }
    }

    /// The page was of a notebook that has been closed: what was typed is shown, for whoever sent it to
    /// take along.
    private func unsaved(_ typed: LogForm) throws -> Response {
        let words = [typed.summary, typed.heard, typed.next].filter { !$0.isEmpty }
        return try Templates.page(
            "unsaved", Unsaved(typed: words.joined(separator: "\n\n")), status: .forbidden)
    }

    private struct Unsaved {
        let typed: String
    }

    private func person(_ parameters: Parameters, _ notebook: Notebook) throws -> Person {
        guard let id = parameters.get("id").flatMap({ RecordID($0) }),
            let person = try notebook.person(id)
        else { throw Refusal.notFound }
        return person
    }

    private func page(
        _ view: PersonPageView, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        try await Templates.page(
            "person", view, congregation: host.congregation, isOwn: true, status: status)
    }
}

/// A one-to-one as it was typed.
struct LogForm: Sendable {
    var on = ""
    var minutes = ""
    var summary = ""
    var heard = ""
    var next = ""
    var due = ""
    /// The one-to-one beside which this is to be logged all the same.
    var anyway: String?

    init(on day: Day) {
        on = day.description
    }

    init(_ form: Form) {
        on = form["on"]
        minutes = form["minutes"]
        summary = form["summary"]
        heard = form["heard"]
        next = form["next"]
        due = form["due"]
        anyway = form["anyway"].isEmpty ? nil : form["anyway"]
    }

    /// The same, to be sent again by who means it.
    func beside(_ twin: Twin) -> Self {
        var form = self
        form.anyway = Hex.encode(twin.id.bytes)
        return form
    }

    /// Throws `NotebookError` for what is no day or no number, and for the day of no step.
    func notes(today: Day) throws -> OneToOneNotes {
        let (next, due) = (text(next), try day(due))
        guard due == nil || next != nil else { throw NotebookError.dayOfNoStep }
        return OneToOneNotes(
            on: try day(on) ?? today, minutes: try count(minutes), summary: text(summary),
            heard: heard.split(separator: ",").compactMap { text(String($0)) }, next: next,
            due: due)
    }

    private func day(_ typed: String) throws -> Day? {
        guard let typed = text(typed) else { return nil }
        guard let day = Day(iso: typed) else { throw NotebookError.notADay(typed) }
        return day
    }

    private func count(_ typed: String) throws -> Int64? {
        guard let typed = text(typed) else { return nil }
        guard let number = Int64(typed) else { throw NotebookError.notANumber(typed) }
        if let range = OneToOne.minutes.range, !range.contains(number) {
            throw NotebookError.outOfRange("\(number)", field: "minutes", range)
        }
        return number
    }

    /// Nil for what is empty.
    private func text(_ typed: String) -> String? {
        let trimmed = typed.replacing("\r\n", with: "\n")[...].trimmingWhitespace
        return trimmed.isEmpty ? nil : String(trimmed)
    }
}
