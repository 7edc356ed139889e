package import Replication
import Store
package import Wording

/// A one-to-one that is written down already, of the day of one that somebody is about to log.
package struct Twin: Sendable {
    package let id: RecordID
    /// Whether it says the same.
    package let isSame: Bool
    /// "You already logged a one-to-one with Rosa, today (3f2a91c0)."
    package let fact: Phrase

    /// Whether to log the other all the same.
    package var question: Phrase {
        isSame ? "\(fact) Log it once more?" : "\(fact) Log another?"
    }
}

extension Notebook {
    /// What is there already of these notes: in the same words, or else of the same day.
    package func anyTwin(of notes: OneToOneNotes, with person: RecordID) throws -> Twin? {
        try twin(of: notes, with: person) ?? earlier(on: notes.on, with: person)
    }

    /// What was written down already of these notes, in the same words; nil for most.
    package func twin(of notes: OneToOneNotes, with person: RecordID) throws -> Twin? {
        guard notes.hasWords,
            let before = try oneToOnes(with: person, on: notes.on)
                .first(where: notes.isSame(as:))
        else { return nil }
        let (name, day) = (try title(of: person) ?? said("somebody"), notes.on.short(today: today))
        return Twin(
            id: before.id, isSame: true,
            fact: """
                This one-to-one with \(name), \(day), is written down already (\(before.id.shortened)).
                """)
    }

    /// What the member has logged already of a day with somebody, in whatever words; nil for most.
    package func earlier(on day: Day, with person: RecordID) throws -> Twin? {
        let same = try samePeople()
        let mine = Set(me.ids.flatMap(same.all))
        let before = try oneToOnes(with: person, on: day).first { meeting in
            meeting.status == nil && meeting.organizer.map(mine.contains) ?? false
        }
        guard let before else { return nil }
        let name = try title(of: person) ?? said("somebody")
        let when: Phrase = day == today ? "today" : .verbatim(day.short(today: today))
        return Twin(
            id: before.id, isSame: false,
            fact: "You already logged a one-to-one with \(name), \(when) (\(before.id.shortened)).")
    }
}

extension OneToOneNotes {
    fileprivate var hasWords: Bool { summary != nil || !heard.isEmpty || next != nil }

    /// Whether a meeting that was held that day has the same words.
    fileprivate func isSame(as meeting: OneToOne) -> Bool {
        meeting.status == nil && meeting.on == on && meeting.summary == summary
            && Set(meeting.heard) == Set(heard) && meeting.next == next
    }
}
