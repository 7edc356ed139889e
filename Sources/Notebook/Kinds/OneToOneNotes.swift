package import Replication
import Store

/// What an organizer writes down after a one-to-one.
package struct OneToOneNotes: Sendable {
    package var on: Day
    package var minutes: Int64?
    package var place: String?
    package var summary: String?
    package var heard: [String]
    package var next: String?
    package var due: Day?
    /// What was asked of them.
    package var ask: String?
    /// The listening campaign in which it was held.
    package var campaign: RecordID?
    /// What they promised us, and what we promised them.
    package var promises: [Promise] = []
    /// Whom they named as somebody to talk to.
    package var referrals: [Referral] = []

    /// What somebody promised at a meeting.
    package struct Promise: Sendable {
        package let what: String
        package let isTheirs: Bool
        package let due: Day?

        package init(_ what: String, isTheirs: Bool, due: Day?) {
            self.what = what
            self.isTheirs = isTheirs
            self.due = due
        }
    }

    /// Somebody whom the notebook knows, or a name.
    package enum Referral: Sendable {
        case known(RecordID)
        case new(name: String)

        /// Nil for somebody new.
        package var known: RecordID? { if case .known(let id) = self { id } else { nil } }
    }

    package init(
        on: Day, minutes: Int64? = nil, place: String? = nil, summary: String? = nil,
        heard: [String] = [], next: String? = nil, due: Day? = nil
    ) {
        self.on = on
        self.minutes = minutes
        self.place = place
        self.summary = summary
        self.heard = heard
        self.next = next
        self.due = due
    }

    fileprivate var changes: [Change] {
        var changes: [Change] = [
            .set(OneToOne.on, .day(on.number)), .set(OneToOne.status, .text(OneToOne.held)),
        ]
        if let minutes { changes.append(.set(OneToOne.minutes, .int(minutes))) }
        if let due { changes.append(.set(OneToOne.due, .day(due.number))) }
        let texts = [
            (OneToOne.place, place), (OneToOne.summary, summary), (OneToOne.next, next),
            (OneToOne.ask, ask),
        ]
        for case (let field, let text?) in texts where !text.isEmpty {
            changes.append(.set(field, .text(text)))
        }
        if let campaign { changes.append(.set(OneToOne.campaign, .id(campaign))) }
        for concern in heard where !concern.isEmpty {
            changes.append(.insert(OneToOne.heard, .text(concern)))
        }
        return changes
    }
}

extension Notebook {
    /// Logs a one-to-one that was held, with what was promised and who was named, in one act. One that
    /// the member had arranged with the person for that day is this one. It lives where the person
    /// lives.
    @discardableResult
    package func log(_ notes: OneToOneNotes, with person: RecordID) throws -> RecordID {
        try check(notes)
        let arranged = try arranged(with: person, onlyMine: true).first { $0.on == notes.on }
        let home = try space(of: Person.key(person)) ?? Space.organizers
        let edits = try edits(notes, with: person, home: home, arranged: arranged?.id)
        try commit(edits)
        return edits[0].key.id
    }

    /// Logs a one-to-one with somebody new, in one act.
    package func log(
        _ notes: OneToOneNotes, withNew details: PersonDetails
    ) throws -> (id: RecordID, person: RecordID) {
        try check(notes)
        let person = try addition(details)
        let edits = try edits(notes, with: person.key.id, home: person.home)
        try commit([person] + edits)
        return (edits[0].key.id, person.key.id)
    }

    private func check(_ notes: OneToOneNotes) throws {
        guard notes.on <= today else { throw NotebookError.inFuture(notes.on) }
        for promise in notes.promises {
            try FieldRules.checkNeeded(
                .text(promise.what), Commitment.what.number, of: Commitment.kind.number)
        }
    }

    /// The meeting first.
    private func edits(
        _ notes: OneToOneNotes, with person: RecordID, home: SpaceID, arranged: RecordID? = nil
    ) throws -> [Edit] {
        let names: [Change] = [
            .set(OneToOne.person, .id(person)), .set(OneToOne.organizer, .id(me.asOrganizer)),
        ]
        let meeting = Edit(
            OneToOne.key(arranged ?? newID()), home: home,
            (arranged == nil ? names : []) + notes.changes)
        let promises = notes.promises.map { promise in
            self.promise(
                promise.what, by: person, due: promise.due, theirs: promise.isTheirs, home: home,
                at: meeting.key.id)
        }
        return try [meeting] + promises
            + notes.referrals.flatMap { try edits($0, by: person, at: meeting.key.id) }
    }

    /// Somebody who was named becomes a person whom one can meet, and who named them is remembered.
    private func edits(
        _ referral: OneToOneNotes.Referral, by person: RecordID, at meeting: RecordID
    ) throws -> [Edit] {
        var edits: [Edit] = []
        let named: RecordID
        switch referral {
        case .known(let id): named = id
        case .new(let name):
            edits.append(try addition(PersonDetails(name: name)))
            named = edits[0].key.id
        }
        // Who named whom, organizers alone keep.
        if try isOfTurfsAlone { return edits }
        return edits + [
            Edit(
                Relationship.key(newID()), home: Space.organizers,
                [
                    .set(Relationship.from, .id(person)), .set(Relationship.to, .id(named)),
                    .set(Relationship.sort, .text("refers")),
                    .set(Relationship.oneToOne, .id(meeting)),
                ])
        ]
    }
}
