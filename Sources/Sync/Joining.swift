package import Notebook
package import Replication
import Store

/// What a notebook learns when it joins a hub.
package struct Joined: Sendable {
    package let congregation: String
    package let roles: [String]
    /// The spaces it may read, as people name them: `commons`, `organizers`, turf ids, or `all`.
    package let spaces: [String]
}

extension Notebook {
    /// Enrols this notebook's device with the hub that the invitation names. Everything already
    /// written stays and goes up at the first exchange.
    ///
    /// Throws `SyncError.unreachable` when the hub does not answer; the invitation is not used up.
    package func join(_ invitation: Invitation) async throws -> Joined {
        // The same hub may ask back a laptop whose access had ended.
        if let membership = try Membership(of: store), membership.hubKey != invitation.hubKey {
            throw SyncError.alreadyJoined(congregation: membership.congregationName)
        }
        let transport = HTTPTransport(
            url: invitation.url, hubKey: invitation.hubKey, key: store.environment.key)
        let request = try enrolment(
            code: invitation.code, keys: NotebookFile(path: store.file.path ?? ":memory:"))
        let (answer, nonce) = try await transport.closing { try await $0.enrol(request) }
        try enter(answer, of: invitation, nonce: nonce)
        return Joined(
            congregation: answer.congregationName, roles: answer.roles,
            spaces: answer.scope.ids.map(Space.name(of:)))
    }

    /// A request that an invitation be used. A notebook that has had other keys before names them:
    /// the hub may know its member by one of them, and a copy may still use one.
    package func enrolment(code: [UInt8], keys: any KeyRing) throws -> EnrolRequest {
        let key = store.environment.key
        var request = EnrolRequest(code: code, publicKey: key.publicKey, member: me.member)
        if let congregation = try Membership(of: store)?.congregation {
            request.predecessors = try keys.consents(to: key, in: congregation)
            // Put back from before it was enrolled under this key, it would not know that it was.
            request.isUsed = true
        }
        return request
    }

    /// Keeps what a hub answered to the enrolment. Throws `SyncError.wrongHubKey` when it is not
    /// the hub that invited, and `.alreadyJoined` when the notebook is another congregation's: what
    /// was written in it is signed for that one.
    package func enter(
        _ answer: EnrolAnswer, of invitation: Invitation, nonce: String
    ) throws {
        guard answer.hub == invitation.hubKey.device else {
            throw SyncError.wrongHubKey(url: invitation.url)
        }
        let known = try Membership(of: store)
        if let known, known.congregation != answer.congregation {
            throw SyncError.alreadyJoined(congregation: known.congregationName)
        }
        try store.write { transaction in
            if known == nil { try rehome(to: answer.scope, transaction) }
            try Membership.begin(invitation, answer, nonce: nonce, transaction)
            guard let person = answer.person else { return }
            let me = Me(member: me.member, person: person, name: me.name)
            try NotebookFile.keep(me, transaction)
            try transaction.commit([Member.introduction(me)], by: me.member)
        }
    }

    /// What a leader wrote before joining would belong to the organizers, and be refused: it goes
    /// into the turf that the leader may write in.
    private func rehome(to scope: Scope, _ transaction: Transaction) throws {
        guard let turf = Self.homeOfNewPeople(readingOnly: scope) else { return }
        try transaction.rehome(
            Kinds.writtenByLeaders, from: Space.organizers, to: turf)
    }

    /// One exchange with the notebook's hub, to the end. Throws `SyncError`.
    ///
    /// Afterwards the notebook may be another device's: see `SyncReport.reissued`. Who goes on with
    /// it opens it anew.
    package func sync(
        progress: @escaping @Sendable (SyncReport) -> Void = { _ in }
    ) async throws -> SyncReport {
        guard let membership = try Membership(of: store) else { throw SyncError.notJoined }
        guard membership.ended == nil else { throw SyncError.revoked }
        let meeting = Meeting(
            notebook: self, congregation: membership.congregation,
            keys: NotebookFile(path: store.file.path ?? ":memory:"),
            connect: {
                HTTPTransport(url: membership.url, hubKey: membership.hubKey, key: $0)
            }, progress: progress)
        return try await meeting.run(nonce: membership.nonce).report
    }
}
