import GRDB
import Notebook
package import Replication
import Store

/// Enrols a device that shows a one-time invitation.
package struct Enrolment {
    private let hub: Hub
    /// How many keys of one laptop may be in use: a copy or an old backup takes one more, and one
    /// that is used no longer lapses.
    static let mostKeys = 8

    package init(hub: Hub) {
        self.hub = hub
    }

    /// Makes the member and the device. The same device asking again gets the same answer: its
    /// first one may have been lost. Throws a `Problem`.
    package func enrol(_ request: EnrolRequest) throws -> EnrolAnswer {
        let now = hub.milliseconds
        if request.code.isEmpty { return try hub.write { try succeed(request, at: now, $0) } }
        do {
            return try hub.write { db in
                let invitation = try usable(request, at: now, db)
                if invitation.usedBy == nil { try use(invitation, request, at: now, db) }
                return try answer(
                    name: invitation.name, person: invitation.person, invitation.grants, db)
            }
        } catch let problem as Problem {
            // Who has the right code is let in however many others guess.
            guard problem == .invitationUnknown else { throw problem }
            try hub.guesses.noteWrong(at: now)
            throw problem
        }
    }

    /// A device comes in the place of another of its member's, with that one's consent: what that
    /// one may do, it may do. The same device asking again gets the same answer.
    private func succeed(
        _ request: EnrolRequest, at now: UInt64, _ db: Database
    ) throws -> EnrolAnswer {
        guard !request.publicKey.isWeak, let line = try line(of: request, at: now, db) else {
            throw Problem.signature
        }
        let isOwn = line.known.isOwn(of: hub)
        if !isOwn { try line.known.checkAccess(at: now) }
        if let known = try HubDevice.find(request.publicKey.device, db) {
            guard known.member == request.member else { throw Problem.memberKnown }
            guard known.revoked == nil else { throw Problem.revoked }
            try HubDevice.seen(known.id, at: now, db)
        } else {
            let count = try HubDevice.activeCount(inLineOf: line.known.id, at: now, db)
            guard isOwn || count < Self.mostKeys else { throw Problem.tooManyKeys }
            let hasRoom = isOwn || count + line.forgotten.count < Self.mostKeys
            try add(request, after: line, seen: hasRoom ? now : 0, at: now, db)
        }
        let name = try HubMember.find(request.member, db)
        let grants = try Grants.load(of: request.member, db)
        return try answer(name: name?.name ?? "", person: name?.person, grants, db)
    }

    /// A predecessor of a device that is known here, and those after it that are not: a hub that was
    /// put back from a backup has forgotten them.
    private struct Line {
        let known: HubDevice
        /// In the order in which they came.
        let forgotten: [PublicKey]
    }

    /// From the last known predecessor that has access, or else from the last known one: each has
    /// consented to the next, and an invitation brings but one of them back. Nil when no predecessor of
    /// the same member is known, or one has not consented.
    private func line(of request: EnrolRequest, at now: UInt64, _ db: Database) throws -> Line? {
        guard request.isConsented(in: hub.settings.congregation) else { return nil }
        var lines: [Line] = []
        var forgotten: [PublicKey] = []
        for predecessor in request.predecessors.map(\.publicKey) {
            if let known = try HubDevice.find(predecessor.device, db) {
                guard known.member == request.member else { return nil }
                lines.append(Line(known: known, forgotten: forgotten.reversed()))
            } else {
                forgotten.append(predecessor)
            }
        }
        return lines.first { $0.known.hasAccess(at: now) } ?? lines.first
    }

    /// Adds the device after its line. `seen` is when the forgotten ones were last heard of.
    private func add(
        _ request: EnrolRequest, after line: Line, seen: UInt64 = 0, at now: UInt64, _ db: Database
    ) throws {
        let last = try addForgotten(
            line.forgotten, after: line.known, of: request, seen: seen, at: now, db)
        try add(request, inPlaceOf: last, at: now, db)
    }

    /// One that may have been used, and that this hub may have forgotten, has to take a new key before it
    /// writes: it, or a copy, could give names that others know to other commits.
    private func add(
        _ request: EnrolRequest, inPlaceOf last: HubDevice?, at now: UInt64, _ db: Database
    ) throws {
        let mayBeForgotten = try request.isUsed && Epochs.wasPutBack(db)
        try HubDevice.add(
            request.publicKey, of: request.member, inPlaceOf: last, isFrozen: mayBeForgotten,
            at: now, db)
    }

    /// Remembers whose the earlier keys of a laptop are, since a copy of it may still write with one.
    /// Returns the last. One that was not seen needs an invitation to be used.
    private func addForgotten(
        _ keys: [PublicKey], after known: HubDevice? = nil, of request: EnrolRequest,
        seen: UInt64 = 0, at now: UInt64, _ db: Database
    ) throws -> HubDevice? {
        var last = known
        for key in keys where key != request.publicKey && !key.isWeak {
            guard try HubDevice.find(key.device, db) == nil else { continue }
            try HubDevice.add(
                key, of: request.member, inPlaceOf: last, isFrozen: true, seen: seen, at: now, db)
            last = try HubDevice.find(key.device, db)
        }
        return last
    }

    private func usable(
        _ request: EnrolRequest, at now: UInt64, _ db: Database
    ) throws -> HubInvitation {
        guard let invitation = try HubInvitation.find(code: request.code, db) else {
            throw Problem.invitationUnknown
        }
        guard !invitation.isPage else { throw Problem.invitationForPage }
        if let user = invitation.usedBy {
            guard user == request.publicKey.device.bytes else { throw Problem.invitationUsed }
            let device = try HubDevice.find(request.publicKey.device, db)
            guard device?.member == request.member else { throw Problem.memberKnown }
            return invitation
        }
        guard now < invitation.expires else { throw Problem.invitationExpired }
        return invitation
    }

    private func use(
        _ invitation: HubInvitation, _ request: EnrolRequest, at now: UInt64, _ db: Database
    ) throws {
        guard !request.publicKey.isWeak else { throw Problem.signature }
        let device = try HubDevice.find(request.publicKey.device, db)
        if let device, device.member == request.member, !device.isOwn(of: hub) {
            // The same laptop, whose access had ended.
            try Grants.removeAll(of: device.member, db)
            try invitation.spend(
                code: request.code, by: device.id.bytes, at: now, for: device.member, db)
            return try HubDevice.readmit(device.id, at: now, db)
        }
        let isKnown = try HubMember.find(request.member, db) != nil
        if device == nil, isKnown, let line = try line(of: request, at: now, db) {
            // The member's laptop, under a key that a hub put back from a backup has forgotten.
            guard !line.known.isOwn(of: hub) else { throw Problem.memberKnown }
            try Grants.removeAll(of: request.member, db)
            try invitation.spend(
                code: request.code, by: request.publicKey.device.bytes, at: now,
                for: request.member, db)
            return try add(request, after: line, at: now, db)
        }
        guard device == nil, !isKnown,
            !Space.isReserved(request.member), try !Places.isTaken(Member.key(request.member), db)
        else {
            throw Problem.memberKnown
        }
        let member = HubMember(
            id: request.member, name: invitation.name, person: invitation.person)
        try invitation.use(
            code: request.code, by: request.publicKey.device.bytes, as: member, at: now, db)
        let isConsented = request.isConsented(in: hub.settings.congregation)
        let earlier = isConsented ? request.predecessors.map(\.publicKey).reversed() : []
        let last = try addForgotten(earlier, of: request, at: now, db)
        try add(request, inPlaceOf: last, at: now, db)
    }

    private func answer(
        name: String, person: RecordID?, _ grants: Grants, _ db: Database
    ) throws -> EnrolAnswer {
        EnrolAnswer(
            hub: hub.identity.device, epoch: try Epochs.current(db),
            congregation: hub.settings.congregation,
            congregationName: hub.settings.congregationName, name: name, person: person,
            roles: grants.roleNames, scope: grants.scope)
    }
}
