import Notebook
import Replication
import Wording

/// What a person's page shows.
struct PersonPageView: Sendable {
    let id: String
    let name: String
    let standing: Phrase?
    let token: String
    let notice: Phrase?
    let complaint: Phrase?
    let phones: [PersonView.Phone]
    let facts: [Fact]
    let tasks: [PersonView.Task]
    /// What has become of the promises that are not open any more; nil where there are none.
    let settled: Settled?
    let meetings: [Meeting]
    let rest: Phrase?
    /// The form, as it was typed.
    let on: String
    let minutes: String
    let summary: String
    let heard: String
    let next: String
    let by: String
    let anyway: String?
    /// Today: no one-to-one was held later.
    let day: String

    struct Fact: Sendable {
        let label: Phrase
        let value: String
    }

    struct Meeting: Sendable {
        let title: Phrase
        let lines: [Line]
    }

    struct Settled: Sendable {
        let promises: [Line]
    }

    struct Line: Sendable {
        let mark: Phrase?
        let words: String
    }

    private static let mostMeetings = 20
    private static let mostPromises = 20

    init(
        _ person: Person, _ visitor: Visitor, _ notebook: Notebook, _ form: LogForm,
        notice: Phrase? = nil, complaint: Phrase? = nil
    ) throws {
        let today = notebook.today
        let held = try notebook.oneToOnes(with: person.id)
        let promises = try notebook.commitments(of: person.id)
        let isOpen = { (promise: Commitment) in promise.status == Commitment.open }
        id = Hex.encode(person.id.bytes)
        name = Shown.line(person.name)
        standing = try notebook.title(of: person.space).map { "in \(Shown.line($0))" }
        token = visitor.formToken
        self.notice = notice
        self.complaint = complaint
        phones = PersonView.Phone.all(person.phones)
        facts = try Fact.all(of: [person] + person.others, notebook)
        let steps = held.filter { $0.next != nil && $0.done == nil && !$0.isArranged }
        tasks =
            steps.map { PersonView.Task(step: $0.next ?? "", of: $0.id, due: $0.due, today) }
            + promises.filter(isOpen).map { PersonView.Task($0, today, isOwn: true) }
        let former = promises.filter { !isOpen($0) }.suffix(Self.mostPromises)
        settled = former.isEmpty ? nil : Settled(promises: former.map { Line($0, today) })
        let latest = held.sorted { ($1.on?.number ?? 0, $1.id) < ($0.on?.number ?? 0, $0.id) }
        meetings = try latest.prefix(Self.mostMeetings).map { try Meeting($0, notebook) }
        rest =
            latest.count > Self.mostMeetings
            ? "These are the last \(Self.mostMeetings) of \(latest.count): fieldbook person show"
            : nil
        on = form.on
        minutes = form.minutes
        summary = form.summary
        heard = form.heard
        next = form.next
        by = form.due
        anyway = form.anyway
        day = today.description
    }
}

extension PersonPageView.Fact {
    /// What somebody wrote down in linked entries, the first one's first, and no empty line.
    fileprivate static func all(of entries: [Person], _ notebook: Notebook) throws -> [Self] {
        let institutions = try entries.compactMap(\.institution)
            .compactMap { try notebook.title(of: $0) }
        let facts: [(Phrase, [String])] = [
            ("Called", entries.compactMap(\.preferred)), ("Email", entries.compactMap(\.email)),
            ("Address", entries.compactMap(\.address)),
            ("Language", entries.compactMap(\.language)), ("Institution", institutions),
            ("Interests", entries.flatMap(\.interests)), ("Tags", entries.flatMap(\.tags)),
        ]
        return facts.filter { !$0.1.isEmpty }.map { label, values in
            let all = values.uniqued.joined(separator: ", ")
            return Self(label: label, value: Shown.line(all, upTo: Shown.noteLength))
        }
    }
}

extension PersonPageView.Line {
    /// "broken Fri 20 Nov  (they) bring five"
    fileprivate init(_ promise: Commitment, _ today: Day) {
        let day = promise.settledOn.map { Phrase.verbatim($0.short(today: today)) }
        mark = [Phrase(word: promise.status), day].compactMap(\.self).joined(" ")
        let words = Commitment.words(promise.what, by: promise.direction)
        self.words = Shown.line(words.text, upTo: Shown.noteLength)
    }
}

extension PersonPageView.Meeting {
    fileprivate init(_ meeting: OneToOne, _ notebook: Notebook) throws {
        let day = meeting.on?.short(today: notebook.today)
        let organizer = try meeting.organizer.flatMap { try notebook.title(of: $0) }
        // The hour and the place are for who has yet to come.
        let agreed = meeting.isArranged ? [meeting.at, meeting.place] : []
        title =
            (([day] + agreed + [organizer]).compactMap { $0.map { .verbatim(Shown.line($0)) } }
            + [meeting.status])
            .compactMap(\.self).joined(" · ")
        let heard = meeting.heard.joined(separator: ", ")
        let lines: [(Phrase?, String?)] = [
            (nil, meeting.summary), ("Heard:", heard.isEmpty ? nil : heard),
            ("Next:", meeting.next),
        ]
        self.lines = lines.compactMap { mark, words in
            words.map { .init(mark: mark, words: Shown.line($0, upTo: 2000)) }
        }
    }
}
