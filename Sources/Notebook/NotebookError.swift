package import Replication
package import Wording

/// Why a verb could not be carried out, in a sentence with what to do next. Names appear only
/// where the person who reads typed them or may read them.
package enum NotebookError: Error, Equatable {
    /// Nobody, or nothing, is called that; `alike` are people who may have been meant.
    case unknown(what: Phrase, name: String, alike: [Acquaintance] = [])
    /// It names several people, with commas between, where one was to be named.
    case several(names: [String])
    /// Nobody is called that any more: who was has been deleted.
    case deleted(name: String, candidates: [Candidate])
    /// Several are called that.
    case ambiguous(what: Phrase, name: String, candidates: [Candidate])
    /// Who says "me" is not among the people here.
    case meIsNobody(name: String)
    case turfExists(name: String, id: RecordID)
    case notADay(String)
    /// A day by which something is to be done, and nothing to do.
    case dayOfNoStep
    /// Either figure may be the month.
    case ambiguousDay(String)
    case notABirthday(String)
    case inFuture(Day)
    /// What is arranged lies ahead.
    case inPast(Day)
    case notATime(String)
    case notACadence(String)
    /// No one-to-one with them is arranged.
    case notArranged(name: String)
    case empty(what: Phrase)
    case nameTooLong(letters: Int, most: Int)
    /// The id names a record that is of another kind or not here.
    case noSuchRecord(String)
    /// `nearest` is the field that was probably meant.
    case noSuchField(kind: Phrase, field: String, nearest: String? = nil)
    case noConflict(field: String)
    case noSuchKind(String)
    /// What was given is not like `field=value`.
    case notAnAssignment(String)
    /// The scores of an issue's test are not as many as it has points, and name none.
    case notScores(String)
    case notInTeam(name: String, team: String)
    /// They had left the team on that very day.
    case leftAlready(name: String, team: String, on: String)
    /// A field says a later day than the one that it comes before.
    case endsBeforeStart(start: Phrase, end: Phrase, startDay: String, endDay: String)
    /// A one-to-one that was held does not lie ahead.
    case heldAhead(on: String)
    /// Nobody who is here can have met on a day so long ago.
    case longAgo(String)
    /// Nobody has answered the demand yet.
    case notAnswered(id: RecordID)
    /// The field holds one value, not many.
    case notASet(field: String)
    /// A line of an edited text that says nothing of a field, or says it again.
    case unreadable(line: Int)
    /// A line of an edited text that begins like a field that there is not; `nearest` is the one that
    /// was probably meant.
    case namesNoField(line: Int, nearest: String?, fields: [String])
    case nothingToUndo
    /// What was done last is an import, which is taken back as a whole.
    case lastIsImport(id: String)
    /// A number, as it was typed, that the field does not take.
    case outOfRange(String, field: Phrase, ClosedRange<Int64>)
    /// An answer to a survey that its scale does not have.
    case beyondScale(score: String, scale: String)
    /// What is no number among an answer's numbers.
    case notAScore(String)
    /// An answer to a survey that is to be anonymous names a person.
    case anonymous(survey: String)
    /// A survey is to be anonymous, and so many of its answers name a person.
    case answersNamePeople(Int)
    /// Records of the kind are written by other verbs.
    case hasItsOwnVerb(String)
    /// Other fields of the record are in conflict; that one is not.
    case notInConflict(field: String, open: [String])
    case notAChoice(String, field: Phrase, choices: [String])
    case noSuchChoice(Int, of: Int)
    case alreadySettled(status: String)
    /// The meeting that the title names has no next step.
    case noNextStep(of: String)
    case alreadyDone(of: String, on: Day)
    /// The id names a record of another kind than the verb is for.
    case otherKind(id: RecordID, title: Phrase, wanted: Phrase, advice: Phrase)
    case notANumber(String)
    /// What was measured is given in words.
    case notAFigure(String)
    /// Two entries were to be one person or two, and they are one entry.
    case sameEntry
    case alreadyOne
    case notLinked
    case alreadyDifferent
    /// A link would make one person of these two, of whom somebody says that they are not.
    case calledDifferent([Candidate])
    /// These entries, each linked to the next, make one person of the first and the last.
    case oneThrough([Candidate])
    /// A leader's notebook does not say who is the same person.
    case organizersLink
    /// A leader's notebook holds no records of these kinds of its own.
    case organizersWrite(kinds: Phrase)
    case organizersMove

    /// One of several that a name may mean.
    package struct Candidate: Equatable, Sendable {
        package let id: RecordID
        package let name: String
        /// What tells it from the others: a phone number, a turf, a day.
        package let detail: String

        package init(id: RecordID, name: String, detail: String) {
            self.id = id
            self.name = name
            self.detail = detail
        }

        /// The same, with a day as people say it.
        func dated(today: Day) -> Candidate {
            let day = Day(iso: detail)?.short(today: today)
            return Candidate(id: id, name: name, detail: day ?? detail)
        }
    }
}

extension NotebookError {
    /// Nobody is called that; somebody's name is like it.
    package static func unknown(_ name: String, butFor person: Person) -> NotebookError {
        let meant = Acquaintance(id: person.id, name: person.name, probability: 0, reasons: [])
        return .unknown(what: "person", name: name, alike: [meant])
    }
}

extension NotebookError: Explained {
    package var explanation: Phrase {
        switch self {
        case .several(let names):
            """
            These are \(names.count) people who are here: \(names.listed("and")). Nothing was saved. Name \
            each by itself; a one-to-one is logged once for each. If it is one person, write the name \
            without a comma.
            """
        case .unknown(let what, let name, let alike):
            switch what {
            case "person" where !alike.isEmpty:
                """
                Nobody here is called "\(name.cut)". Did you mean \
                \(alike.map { "\($0.name.cut) (\($0.id.shortened))" }.listed("or"))? If it is somebody \
                else, add them with "fieldbook person add" (or --new when you met them).
                """
            case "person":
                """
                Nobody here is called "\(name.cut)". Check the spelling with "fieldbook find", or add \
                them with "fieldbook person add" (or --new when you met them).
                """
            case "turf":
                """
                There is no turf called "\(name.cut)". Check the spelling, or add it with "fieldbook \
                turf add".
                """
            default: "There is no \(what) called \"\(name.cut)\". Check the spelling."
            }
        case .deleted(let name, let candidates):
            """
            \(Self.gone(name, candidates)). To bring an entry back, with all that was written about it:
            \(candidates.map { "  fieldbook person restore \($0.id.shortened)" }
                .joined(separator: "\n"))
            """
        case .ambiguous(_, let name, let candidates):
            """
            "\(name.cut)" could mean \(candidates.count) people or things. Say which one by its id:
            \(candidates.map { "  \($0.id.shortened)  \($0.name)\($0.detail.isEmpty ? "" : ", \($0.detail)")" }
                .joined(separator: "\n"))
            """
        case .meIsNobody(let name):
            """
            You are not among the people here yet, whom this is about. Add yourself, or say the name \
            under which you are: fieldbook person add "\(name)"
            """
        case .turfExists(let name, let id):
            """
            There is a turf called "\(name)" already (\(id.shortened)). Nothing was added. Use it, or \
            give the new one another name.
            """
        case .ambiguousDay(let text):
            """
            "\(text.cut)" can be two days: either figure may be the month. Write it like 2026-11-20 \
            or "nov 20".
            """
        case .notADay(let text):
            """
            "\(text.cut)" is not a day. Write it like 2026-11-20, today, yesterday, "last friday", \
            "next friday", "in 2 weeks" or "nov 20".
            """
        case .dayOfNoStep:
            "That is the day of a next step. Say the step too, or leave the day out."
        case .notABirthday(let text):
            """
            "\(text.cut)" is not a birthday. Write it like 05-24 or "may 24", or with the year, like \
            1956-05-24.
            """
        case .inFuture(let day):
            "\(day) has not come yet. What happens is written down once it did, with the day it was."
        case .inPast(let day):
            """
            \(day) has passed. A one-to-one is arranged for a day to come; "fieldbook met" logs one \
            that was held.
            """
        case .notATime(let text):
            "\"\(text.cut)\" is not a time. Write it like 18:30 or 6:30pm."
        case .notACadence(let text):
            """
            "\(text.cut)" is not a cadence. Write the days after which a contact is due and overdue, \
            like 7/14.
            """
        case .notArranged(let name):
            """
            No one-to-one with \(name) is arranged. Nothing was changed. To arrange one: \
            fieldbook schedule "\(name)" --on tomorrow
            """
        case .nameTooLong(let letters, let most):
            """
            A name has at most \(most) letters, and this one would have \(letters). Nothing was saved. \
            Shorten it; what else there is to say can be a note.
            """
        case .empty(let what):
            "The \(what) is empty. Say what it is."
        case .noSuchRecord(let text):
            """
            Nothing here has the id "\(text.cut)". Use the id that a list shows, or its last six \
            characters or more.
            """
        case .noSuchField(let kind, let field, let nearest?):
            "No \(kind) has a field \"\(field.cut)\". Did you mean \"\(nearest)\"?"
        case .noSuchField(let kind, let field, nil):
            """
            No \(kind) has a field "\(field.cut)". "fieldbook record kinds" lists what each kind has.
            """
        case .noSuchKind(let name):
            "There is no kind of record called \"\(name.cut)\". \"fieldbook record kinds\" lists them."
        case .notAnAssignment(let words):
            "\"\(words.cut)\" is not like field=value. Example: due=friday"
        case .notScores(let words):
            """
            "\(words.cut)" does not score the test. Give six numbers from 0 to 5 in its order, like \
            5,4,3,4,5,5, or name some of its points: passion=5,winnable=4
            """
        case .notASet(let field):
            "\"\(field)\" holds one value. Write \(field)=value, or \(field)= to clear it."
        case .outOfRange(let number, let field, let range):
            "\(number.cut) is no \(field) here. It is \(range.lowerBound) to \(range.upperBound)."
        case .namesNoField(let line, let nearest?, _):
            "Line \(line) names no field of this record. Did you mean \"\(nearest):\"?"
        case .namesNoField(let line, nil, let fields):
            """
            Line \(line) names no field of this record. Its fields are \(fields.listed("and")). Lines that \
            belong to the field above begin with two spaces.
            """
        case .unreadable(let line):
            """
            Line \(line) is not like "field: value", or its field is there twice. Lines that belong to \
            the field above begin with two spaces.
            """
        case .lastIsImport(let id):
            """
            What you did last was an import. Nothing was changed. To take it back as a whole: \
            fieldbook import undo \(id)
            """
        case .nothingToUndo:
            "There is nothing to take back: this laptop has written nothing more in your name."
        case .beyondScale(let score, let scale):
            "The scale is \(scale.cut), and \(score) lies outside it. Correct the scores."
        case .notAScore(let word):
            """
            "\(word.cut)" is no score. Write a number for each item, with spaces between: 4 5 3, and - for \
            one without an answer.
            """
        case .anonymous(let survey):
            """
            "\(survey.cut)" is anonymous: an answer to it names nobody. Nothing was saved. Leave the person \
            out.
            """
        case .answersNamePeople(let count):
            """
            \(counted(count, "answer names a person", "answers name a person")), so the survey is not \
            anonymous. Nothing was saved. To see them: fieldbook record list surveyResponse
            """
        case .hasItsOwnVerb(let verb):
            "That is written with another command: \(verb)."
        case .leftAlready(let name, let team, let day):
            "\(name) left \(team) on \(day) already. Nothing was changed."
        case .endsBeforeStart(let start, let end, let startDay, let endDay):
            """
            The \(end), \(endDay), is before the \(start), \(startDay). Nothing was saved. Correct one \
            of them.
            """
        case .heldAhead(let day):
            """
            \(day) has not come yet, so nothing can have been held on it. Nothing was saved. To arrange \
            a one-to-one: fieldbook schedule
            """
        case .longAgo(let day):
            "\(day) is more than a hundred years ago. Nothing was saved. Is the year right?"
        case .notInTeam(let name, let team):
            """
            \(name) is not in \(team). Nothing was changed. Who is: fieldbook team show "\(team)"
            """
        case .notAnswered(let id):
            """
            That demand has no answer yet, so nothing can have been kept. First the answer: \
            fieldbook demand answer \(id.shortened) yes
            """
        case .noConflict(let field):
            """
            There is nothing to settle in "\(field)": it has one value. "fieldbook conflicts" \
            lists what is open.
            """
        case .notInConflict(let field, let open):
            "There is nothing to settle in \"\(field)\". In conflict here: \(open.listed("and"))."
        case .notAChoice(let text, let field, let choices):
            "\"\(text)\" is no \(field) here. It can be \(choices.map(FieldWords.choice).listed("or"))."
        case .noSuchChoice(let choice, let count):
            "There is no value number \(choice); choose from 1 to \(count)."
        case .alreadySettled(let status):
            "This commitment is already \(Phrase(word: status)). Nothing was changed."
        case .noNextStep(let title):
            """
            The \(title) has no next step, so nothing was changed. "fieldbook due" lists what is open.
            """
        case .alreadyDone(let title, let day):
            "The next step of the \(title) was done on \(day) already. Nothing was changed."
        case .otherKind(let id, let title, let wanted, let advice):
            "\(id.shortened) is \(title), not \(wanted). Nothing was changed. \(advice)"
        case .notANumber(let text):
            "\"\(text)\" is not a whole number."
        case .notAFigure(let text):
            """
            "\(text.cut)" is not a figure. Write a number, like 12.5 or 47%; its unit stands with the \
            indicator.
            """
        case .sameEntry:
            """
            Both are the same entry. Nothing was changed. Name two entries by their ids; "fieldbook \
            person duplicates" lists those that may be one person.
            """
        case .alreadyOne:
            "They are one person already. Nothing was changed."
        case .notLinked:
            "They are not linked as one person. Nothing was changed."
        case .alreadyDifferent:
            "They are called two people already. Nothing was changed."
        case .calledDifferent(let two):
            """
            This would make one person of \(Self.named(two).listed("and")), and somebody said that they are \
            two. Nothing was changed. If they are one after all:
              fieldbook person merge \(two.map(\.id.shortened).joined(separator: " "))
            """
        case .oneThrough(let chain):
            """
            They are one person through other entries: \(Self.named(chain).joined(separator: " = ")). Nothing was \
            changed. Take back the link that is wrong, for example:
              fieldbook person unmerge \(chain.prefix(2).map(\.id.shortened).joined(separator: " "))
            """
        case .organizersLink:
            """
            Who is the same person, only organizers say. Nothing was changed. Tell an organizer, who \
            can link the two.
            """
        case .organizersWrite(let kinds):
            """
            This notebook is a leader's, and only organizers write down \(kinds). Nothing was saved. \
            Tell an organizer.
            """
        case .organizersMove:
            """
            This notebook is a leader's, and only organizers put people into turfs. Nothing was \
            changed. Tell an organizer.
            """
        }
    }
}

extension NotebookError {
    private static func named(_ candidates: [Candidate]) -> [String] {
        candidates.map { "\($0.name.cut) (\($0.id.shortened))" }
    }

    private static func gone(_ name: String, _ candidates: [Candidate]) -> Phrase {
        guard candidates.count > 1 else { return "\(candidates.first?.name ?? name) was deleted" }
        return "\(candidates.count) people called \"\(name)\" were deleted, and no other is here"
    }
}

extension RecordID {
    /// The last eight hexadecimal digits: short enough to type, long enough to tell records apart.
    package var shortened: String { String(description.suffix(8)) }
}
