import Notebook
import Replication
import Store
import Terminal
import Wording

/// What there was between us and a person: one-to-ones and other contacts.
struct Memories {
    let meetings: [OneToOne]
    let touches: [Touch]

    init(of person: RecordID, _ notebook: Notebook) throws {
        meetings = try notebook.oneToOnes(with: person)
        touches = try notebook.touches(with: person)
    }

    private init(_ meetings: [OneToOne], _ touches: [Touch]) {
        self.meetings = meetings
        self.touches = touches
    }

    /// The last few that were held, for whoever meets them next.
    func latest(_ count: Int, today: Day) -> Memories {
        let held = meetings.filter { $0.status == nil && $0.on.map { $0 <= today } ?? true }
        return Memories(Array(held.prefix(count)), Array(touches.prefix(count)))
    }

    /// All in one order, the latest first; of a day, the one-to-ones first.
    var entries: [Entry] {
        let all = meetings.map { Entry.meeting($0) } + touches.map { .touch($0) }
        return all.enumerated().sorted { a, b in
            let (one, other) = (a.element.on?.number ?? .min, b.element.on?.number ?? .min)
            return one == other ? a.offset < b.offset : one > other
        }.map(\.element)
    }

    enum Entry {
        case meeting(OneToOne)
        case touch(Touch)

        var on: Day? {
            switch self {
            case .meeting(let meeting): meeting.on
            case .touch(let touch): touch.on
            }
        }

        /// "Talked about the clinic. Heard: asthma."; "Contact (call): they come on Sunday."
        func words(today: Day) -> Phrase {
            switch self {
            case .meeting(let meeting): meeting.words(today: today)
            case .touch(let touch): touch.note.map { "\(touch.title): \($0)" } ?? touch.title
            }
        }
    }
}

extension Touch {
    /// "Contact (call)"
    var title: Phrase {
        sort.map {
            "Contact (\(FieldWords.value(.text($0), in: "kind", of: Self.kind.number) ?? .verbatim($0)))"
        }
            ?? "Contact"
    }
}

extension OneToOne {
    /// "Asked: host a house meeting (maybe)"
    var request: Phrase? {
        ask.map { ask in
            let answer = answer.flatMap {
                FieldWords.value(.text($0), in: Self.answer.name, of: Self.kind.number)
            }
            return answer.map { "Asked: \(ask) (\($0))" } ?? "Asked: \(ask)"
        }
    }

    /// "Next: call her, due Fri 4 Dec"
    func nextStep(today: Day) -> Phrase? {
        next.map { next in
            let due: Phrase = due.map { ", due \($0.short(today: today))" } ?? ""
            let done: Phrase? = done.map { ", done \($0.short(today: today))" }
            return "Next: \(next)\(done ?? due)"
        }
    }

    /// All that is written of it, in a paragraph.
    func words(today: Day) -> Phrase {
        let heard: Phrase? =
            heard.isEmpty ? nil : "Heard: \(heard.joined(separator: ", "))"
        let notes = [heard, request, nextStep(today: today)].compactMap { $0 }.map {
            "\($0)." as Phrase
        }
        let all = [summary.map { .verbatim($0) }].compactMap { $0 } + notes
        return all.isEmpty ? "(no notes)" : all.joined(" ")
    }
}
