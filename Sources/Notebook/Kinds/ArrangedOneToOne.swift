import GRDB
package import Replication
import Store
import Wording

/// A one-to-one that is arranged, and has neither been held nor come to nothing.
package struct ArrangedOneToOne: Sendable, Hashable {
    package let id: RecordID
    package let person: RecordID?
    package let on: Day?
    /// "18:30"
    package let at: String?
    package let place: String?

    fileprivate init?(_ row: Row) {
        guard let id = row.id("id") else { return nil }
        self.id = id
        person = row.id("person")
        on = row.day("on")
        at = row.shown("at")
        place = row.shown("place")
    }

    /// "Fri 20 Nov, 18:30, Rosa's kitchen"
    package func words(today: Day) -> String {
        [on?.short(today: today), at, place].compactMap { $0 }.joined(separator: ", ")
    }
}

/// What is agreed on when a one-to-one is arranged; nil leaves what was agreed before.
package struct OneToOnePlan: Sendable {
    package let on: Day
    package let at: String?
    package let place: String?
    package let sort: String?

    package init(on: Day, at: String? = nil, place: String? = nil, sort: String? = nil) {
        self.on = on
        self.at = at
        self.place = place
        self.sort = sort
    }
}

/// What an arranged one-to-one comes to that is not held.
package enum OneToOneEnd: String, Sendable {
    case noShow, cancelledByUs, cancelledByThem
}

extension Notebook {
    /// Arranges a one-to-one with somebody. Another time or place for the same day changes what was
    /// arranged; so does another day where `instead` says what that is to be. Throws
    /// `NotebookError.inPast`, and `.otherKind` where that is not arranged any more.
    @discardableResult
    package func schedule(
        _ plan: OneToOnePlan, with person: RecordID, instead: RecordID? = nil
    ) throws -> RecordID {
        let changes = try changes(plan)
        if let instead { try checkIsArranged(instead) }
        let same = try arranged(with: person, onlyMine: true).first { $0.on == plan.on }?.id
        guard let known = instead ?? same else {
            let edit = try addition(
                of: OneToOne.kind, [.set(OneToOne.person, .id(person))] + changes)
            try commit([edit])
            return edit.key.id
        }
        try commit([Edit(OneToOne.key(known), changes)])
        return known
    }

    /// Arranges a one-to-one with somebody new, in one act.
    package func schedule(
        _ plan: OneToOnePlan, withNew details: PersonDetails
    ) throws -> (id: RecordID, person: RecordID) {
        let changes = try changes(plan)
        let person = try addition(details)
        let organizer = Change.set(OneToOne.organizer, .id(me.asOrganizer))
        let meeting = Edit(
            OneToOne.key(newID()), home: person.home,
            [.set(OneToOne.person, .id(person.key.id)), organizer] + changes)
        try commit([person, meeting])
        return (meeting.key.id, person.key.id)
    }

    private func changes(_ plan: OneToOnePlan) throws -> [Change] {
        guard plan.on >= today else { throw NotebookError.inPast(plan.on) }
        let texts = [
            (OneToOne.at, plan.at), (OneToOne.place, plan.place), (OneToOne.sort, plan.sort),
        ]
        return [
            .set(OneToOne.on, .day(plan.on.number)), .set(OneToOne.status, .text("scheduled")),
        ]
            + (try texts.compactMap { field, text in
                try text.map {
                    .set(field, try value(of: $0, for: field, of: OneToOne.kind.number))
                }
            })
    }

    /// What is arranged with a person, the earliest first: by the member, or by anybody.
    package func arranged(with person: RecordID, onlyMine: Bool = false) throws
        -> [ArrangedOneToOne]
    {
        try store.read { db in
            let same = try SamePeople(db)
            let people = same.all(of: person)
            let mine = me.ids.flatMap(same.all)
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT id, person, "on", at, place FROM oneToOne
                    WHERE person IN (\(people.marks)) AND status IN ('scheduled', 'proposed')
                        \(onlyMine ? "AND organizer IN (\(mine.marks))" : "")
                    ORDER BY "on" IS NULL, "on", at IS NULL, at, id
                    """,
                arguments: StatementArguments((people + (onlyMine ? mine : [])).map(\.data))
            ).compactMap(ArrangedOneToOne.init)
        }
    }

    /// What the member had arranged for days that have passed, and of which nobody says whether it was
    /// held, the earliest first.
    package func unsettled() throws -> [ArrangedOneToOne] {
        try store.read { db in
            let mine = try me.ids.flatMap(SamePeople(db).all)
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT id, person, "on", at, place FROM oneToOne
                    WHERE organizer IN (\(mine.marks)) AND person IN (SELECT id FROM person)
                        AND status IN ('scheduled', 'proposed') AND "on" < \(today.number)
                    ORDER BY "on", id
                    """, arguments: StatementArguments(mine.map(\.data))
            ).compactMap(ArrangedOneToOne.init)
        }
    }

    /// The arranged one-to-one that somebody means by a person or by its id: on a day, or else the only
    /// one; the member's own where there is one. Throws `NotebookError.notArranged`, and `.ambiguous`
    /// with the days.
    package func findArranged(_ text: String, on day: Day? = nil) throws -> RecordID {
        try findArranged(text) { day == nil || $0.on == day }
    }

    /// The same among those that can have been missed: up to today, or on a day. Throws
    /// `NotebookError.inFuture` with the next day where all that is arranged lies ahead.
    package func findMissed(_ text: String, on day: Day?) throws -> RecordID {
        do {
            return try findArranged(text) { meeting in
                meeting.on.map { day == nil ? $0 <= today : $0 == day } ?? (day == nil)
            }
        } catch NotebookError.notArranged(let name) where day == nil {
            let days = try arranged(with: findPerson(text), onlyMine: false).compactMap(\.on)
            throw days.min().map(NotebookError.inFuture) ?? .notArranged(name: name)
        }
    }

    private func findArranged(
        _ text: String, where fits: (ArrangedOneToOne) -> Bool
    ) throws -> RecordID {
        if let key = try? findRecord(text), key.kind == OneToOne.kind.number { return key.id }
        let person = try findPerson(text)
        func fitting(onlyMine: Bool) throws -> [ArrangedOneToOne] {
            try arranged(with: person, onlyMine: onlyMine).filter(fits)
        }
        let mine = try fitting(onlyMine: true)
        let found = mine.isEmpty ? try fitting(onlyMine: false) : mine
        let name = try title(of: person) ?? text
        guard let first = found.first else { throw NotebookError.notArranged(name: name) }
        guard found.count == 1 else {
            let candidates = found.map {
                NotebookError.Candidate(id: $0.id, name: name, detail: $0.words(today: today))
            }
            throw NotebookError.ambiguous(what: "one-to-one", name: text, candidates: candidates)
        }
        return first.id
    }

    /// Says of an arranged one-to-one that it came to nothing. Throws `NotebookError.otherKind` for
    /// one that is not arranged any more, and `.inFuture` for one that nobody can have missed yet.
    package func end(_ id: RecordID, as end: OneToOneEnd, because reason: String? = nil) throws {
        let record = try checkIsArranged(id)
        let day = record.state.value(of: OneToOne.on.number)?.day.map(Day.init(number:))
        if end == .noShow, let day, day > today { throw NotebookError.inFuture(day) }
        let why: [Change] = reason.map { [.set(OneToOne.reason, .text($0))] } ?? []
        try commit([Edit(record.key, [.set(OneToOne.status, .text(end.rawValue))] + why)])
    }

    /// Throws `NotebookError.otherKind` for a one-to-one that is not arranged any more.
    @discardableResult
    private func checkIsArranged(_ id: RecordID) throws -> KnownRecord {
        let key = OneToOne.key(id)
        let title = try title(of: key) ?? id.shortened
        guard let record = try readRecord(key) else {
            throw NotebookError.noSuchRecord(id.shortened)
        }
        let status = record.state.value(of: OneToOne.status.number)?.text ?? OneToOne.held
        guard ["scheduled", "proposed"].contains(status) else {
            throw NotebookError.otherKind(
                id: id, title: "the \(title)", wanted: "one that is arranged",
                advice:
                    "It is \(Phrase(word: status)). To change it: fieldbook edit \(id.shortened)")
        }
        return record
    }
}
