package import Replication
package import Store

/// How far a person came on the way to an event: invited, pledged, confirmed, there. Each step is a
/// new value of `status`, so that history has each with its time and by whom. People whom nobody
/// named are a count, with the organizers.
package enum Attendance {
    package static let person = FieldSchema(16, "person", .id, names: ["person"])
    package static let event = FieldSchema(
        17, "event", .id, names: ["action", "houseMeeting", "training", "researchAction"])
    package static let status = FieldSchema(
        18, "status", .text,
        choices: [
            "invited", "pledged", "confirmed", "doubleConfirmed", "attended", "noShow", "cancelled",
            "walkIn",
        ], isWay: true)
    package static let on = FieldSchema(19, "on", .day)
    package static let broughtBy = FieldSchema(20, "broughtBy", .id, names: ["person"])
    package static let role = FieldSchema(21, "role", .text)
    package static let count = FieldSchema(22, "count", .int, range: 1...FieldRules.most)
    package static let kind = KindSchema(
        18, "attendance", indexed: [["person"], ["event"]],
        fields: [person, event, status, on, broughtBy, role, count])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}

/// What is written down of people on their way to an action.
package struct AttendanceNote: Sendable {
    package enum Step: String, Sendable {
        case invited, pledged, confirmed, doubleConfirmed
        /// They were there: who had said so came, anybody else walked in.
        case came = "attended"
        case noShow

        package var hasHappened: Bool { self == .came || self == .noShow }
    }

    package let step: Step
    package let people: [RecordID]
    /// Names of people who are new here.
    package var newcomers: [String] = []
    /// People whom nobody named.
    package var unnamed: Int64?
    package var broughtBy: RecordID?
    package var role: String?

    package init(_ step: Step, _ people: [RecordID]) {
        self.step = step
        self.people = people
    }
}

/// What was written down of one person, or of people whom nobody named.
package struct NotedAttendance: Sendable {
    package let id: RecordID
    package let person: RecordID?
    package let status: String
    package let count: Int
    /// Of people whom nobody named, the number that was given before.
    package var before: Int?
    /// Whether it was written down before that they were there.
    package let wasThere: Bool
    /// Whether they, or the leader who brings them, had said that they would come.
    package let wasExpected: Bool
    /// Whether it was so already.
    package let wasSo: Bool
}

extension Notebook {
    /// Takes people to a step on their way to an action, in one act. Who was there stays so when
    /// somebody confirms late. Throws `NotebookError.inFuture` for what cannot have happened yet.
    package func note(
        _ note: AttendanceNote, at action: RecordID
    ) throws -> [NotedAttendance] {
        let ways = try Ways(to: action, self)
        if note.step.hasHappened, let day = ways.day, day > today {
            throw NotebookError.inFuture(day)
        }
        let newcomers = try note.newcomers.map { try addition(PersonDetails(name: $0)) }
        let entries = try (note.people + newcomers.map(\.key.id)).map { person in
            try ways.entry(
                note.step, of: person, broughtBy: note.broughtBy, role: note.role, self)
        }
        let unnamed = try note.unnamed.map { try ways.unnamed($0, broughtBy: note.broughtBy, self) }
        let all = entries + (unnamed.map { [$0] } ?? [])
        try commit(newcomers + all.flatMap(\.edits))
        return all.map(\.noted)
    }
}

/// Things to which people come.
extension Notebook {
    /// Writes an action, a house meeting, a training or a research action down, with who came to it,
    /// in one act: people who are here, and new ones by their names. Returns the new ones too. Throws
    /// `NotebookError.inFuture` where somebody came to what is yet to come.
    package func addOccasion(
        _ name: String, _ assignments: [Assignment], attendedBy people: [RecordID],
        and newNames: [String] = []
    ) throws -> (occasion: RecordKey, newcomers: [RecordID]) {
        let day = try day(assignments, of: name) ?? today
        guard day <= today || (people.isEmpty && newNames.isEmpty) else {
            throw NotebookError.inFuture(day)
        }
        let newcomers = try newNames.map { try addition(PersonDetails(name: $0)) }
        let ids = newcomers.map(\.key.id)
        let occasion = try addRecord(name, assignments) { occasion in
            try newcomers
                + (people + ids).map { person in
                    try addition(
                        of: Attendance.kind,
                        [
                            .set(Attendance.person, .id(person)),
                            .set(Attendance.event, .id(occasion.id)),
                            .set(Attendance.status, .text("attended")),
                            .set(Attendance.on, .day(day.number)),
                        ])
                }
        }
        return (occasion, ids)
    }

    /// The day on which something that is about to be written down took place.
    private func day(_ assignments: [Assignment], of name: String) throws -> Day? {
        let kind = try Self.known(name).schema
        return try kind.day.flatMap { try changes(assignments, of: kind).day(of: $0) }
    }
}
