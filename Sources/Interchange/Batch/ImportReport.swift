package import Notebook
package import Replication
package import Wording

/// What an import did, or would do.
package struct ImportReport: Sendable {
    /// Nil when nothing was changed, and so nothing is to be remembered.
    package internal(set) var batch: RecordID?
    package internal(set) var created = 0
    package internal(set) var updated = 0
    package internal(set) var skipped = 0
    package internal(set) var rejected = 0
    /// How many of each kind were made, by the kind's name.
    package internal(set) var kinds: [String: Int] = [:]
    /// What a person should know of single lines: the first thousand.
    package internal(set) var remarks: [Remark] = []
    package internal(set) var remarkCount = 0
    /// The file that the rejected rows went to.
    package internal(set) var rejectedFile: String?
    /// How the columns of a list were read.
    package internal(set) var mapping: ColumnMapping?
    package internal(set) var isDryRun = false
    /// New people who look like somebody who is here: the first of them.
    package internal(set) var alike: [Lookalike] = []
    /// How many of the new people were compared with those who are here: the first of them.
    package internal(set) var compared = 0
    /// New people of a list, by the lines on which they stand: the first of them.
    private var newcomers: [(id: RecordID, line: Int, person: LinkagePerson)] = []

    /// Somebody new, and who is here and may be the same person.
    package struct Lookalike: Sendable {
        /// The new entry; nil after a dry run, which leaves none.
        package let id: RecordID?
        package let line: Int
        package let name: String
        package let known: Acquaintance
    }

    /// New people who are compared with those who are here: each comparison takes some milliseconds.
    private static let mostNewcomers = 2000
    /// After an import nobody waits longer for this; a trial is there for it.
    private static let mostSeconds = 3

    package struct Remark: Sendable {
        package let line: Int
        package let outcome: Outcome
        /// A sentence with what to do.
        package let reason: Phrase
    }

    package enum Outcome: String, Sendable {
        case created
        case updated
        case skipped
        case rejected
    }

    private static let mostRemarks = 1000

    mutating func count(_ outcome: Outcome) {
        switch outcome {
        case .created: created += 1
        case .updated: updated += 1
        case .skipped: skipped += 1
        case .rejected: rejected += 1
        }
    }

    mutating func remark(_ line: Int, _ outcome: Outcome, _ reason: Phrase) {
        remarkCount += 1
        guard remarks.count < Self.mostRemarks else { return }
        remarks.append(Remark(line: line, outcome: outcome, reason: reason))
    }

    mutating func reject(_ line: Int, _ reason: Phrase) {
        count(.rejected)
        remark(line, .rejected, reason)
    }

    mutating func add(newcomer id: RecordID, _ person: LinkagePerson, on line: Int) {
        guard newcomers.count < Self.mostNewcomers else { return }
        newcomers.append((id, line, person))
    }

    /// Finds out which of the new people look like somebody who is here.
    mutating func recognize(_ notebook: Notebook) throws {
        let end = ContinuousClock.now + .seconds(Self.mostSeconds)
        for (id, line, person) in newcomers {
            guard isDryRun || ContinuousClock.now < end else { return }
            compared += 1
            let own = isDryRun ? nil : id
            let known = try notebook.acquaintances(like: person, besides: own, most: 1).first
            guard let known else { continue }
            alike.append(Lookalike(id: own, line: line, name: person.name, known: known))
        }
    }
}
