package import Replication
package import Store
import Wording

/// A member's notebook: what organizing writes down, in the organizers' words.
///
/// Verbs and queries stand with their nouns: `Person.swift`, `OneToOne.swift`, …
package struct Notebook: Sendable {
    package let store: Store
    package let zone: Zone
    /// The member in whose name this notebook writes.
    package let me: Me

    package init(store: Store, zone: Zone, me: Me) {
        self.store = store
        self.zone = zone
        self.me = me
    }

    /// The same notebook, in another member's name: a hub's page writes for the leader who is
    /// signed in.
    package func acting(as member: MemberID, person: RecordID?) -> Notebook {
        Notebook(store: store, zone: zone, me: Me(member: member, person: person, name: me.name))
    }

    /// What day it is for the notebook's people.
    package var today: Day { zone.day(at: store.environment.milliseconds()) }

    /// Reads a day as people say it.
    package func day(_ text: String, looking direction: DateWords.Direction) throws -> Day {
        try DateWords.day(text, today: today, looking: direction)
    }

    /// Whether somebody means themselves: "me", in their language too.
    package func isMe(_ text: String) -> Bool {
        ["me", said("me")].map(Folding.name).contains(Folding.name(text))
    }

    /// Commits one act in the notebook's member's name.
    @discardableResult
    func commit(_ edits: [Edit]) throws -> [Dot] {
        try store.write { transaction in
            try Self.check(edits, reading: transaction.meta.cursor?.scope)
            return try transaction.commit(edits, by: me.member)
        }
    }

    /// On a leader's laptop, throws `NotebookError.organizersWrite` and `.organizersMove` for what the hub
    /// would refuse.
    private static func check(_ edits: [Edit], reading scope: Scope?) throws {
        guard case .spaces? = scope else { return }
        for edit in edits where !edit.erases {
            let writers = Kinds.policy(of: edit.key.kind)?.writers ?? .organizersOnly
            guard writers != .organizersOnly else {
                throw NotebookError.organizersWrite(kinds: FieldWords.kinds(edit.key.kind))
            }
            guard !edit.moves else { throw NotebookError.organizersMove }
        }
    }

    /// Whether the notebook holds some turfs and the commons alone, as a leader's does.
    package var isOfTurfsAlone: Bool {
        get throws { if case .spaces? = try store.meta().cursor?.scope { true } else { false } }
    }

    /// Where a record lives; nil when the notebook does not hold it.
    package func space(of key: RecordKey) throws -> SpaceID? {
        try store.read { try Records.state(of: key, $0)?.space }
    }

    func newID() -> RecordID { store.environment.newID() }
}

extension Edit {
    fileprivate var erases: Bool {
        changes.contains { if case .set(CommonField.erased, _, _) = $0 { true } else { false } }
    }

    fileprivate var moves: Bool {
        changes.contains { if case .move = $0 { true } else { false } }
    }
}

/// The member to whom a notebook belongs.
package struct Me: Sendable, Hashable {
    package let member: MemberID
    /// The person record that is the member, when an invitation named one.
    package let person: RecordID?
    package let name: String
    /// Who they were in notebooks of theirs that were brought into this one.
    package let former: [MemberID]

    package init(member: MemberID, person: RecordID?, name: String, former: [MemberID] = []) {
        self.member = member
        self.person = person
        self.name = name
        self.former = former
    }

    /// What records name as their organizer.
    package var asOrganizer: RecordID { person ?? member }

    /// Every id by which records may name this member.
    package var ids: [RecordID] { [member] + (person.map { [$0] } ?? []) + former }
}
