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
        let request = EnrolRequest(
            code: invitation.code, publicKey: store.environment.key.publicKey, member: me.member)
        let (answer, nonce) = try await transport.closing { try await $0.enrol(request) }
        try enter(answer, of: invitation, nonce: nonce)
        return Joined(
            congregation: answer.congregationName, roles: answer.roles,
            spaces: answer.scope.ids.map(Space.name(of:)))
    }

    /// Keeps what a hub answered to the enrolment. Throws `SyncError.wrongHubKey` when it is not
    /// the hub that invited.
    package func enter(
        _ answer: EnrolAnswer, of invitation: Invitation, nonce: String
    ) throws {
        guard answer.hub == invitation.hubKey.device else {
            throw SyncError.wrongHubKey(url: invitation.url)
        }
        let isFirst = try Membership(of: store) == nil
        try store.write { transaction in
            if isFirst { try rehome(to: answer.scope, transaction) }
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
        return try await sync(
            membership, keys: NotebookFile(path: store.file.path ?? ":memory:"),
            connect: {
                HTTPTransport(url: membership.url, hubKey: membership.hubKey, key: $0)
            }, progress: progress
        ).report
    }

    /// The same through any network. Returns the notebook to go on with, too.
    package func sync(
        _ membership: Membership, keys: any KeyRing,
        connect: @escaping @Sendable (DeviceKey) -> any Transport,
        progress: @escaping @Sendable (SyncReport) -> Void = { _ in }
    ) async throws -> (report: SyncReport, notebook: Notebook) {
        var notebook = self
        var nonce = membership.nonce
        var reissued: Int?
        // Two copies may even share the next key: then the second takes one more.
        for _ in 0..<3 {
            do {
                var report = try await notebook.exchange(
                    membership, nonce: nonce, connect, progress)
                report.reissued = reissued
                return (report, notebook)
            } catch  where SyncError.isFork(error) {
                let succession = Succession(
                    notebook: notebook, congregation: membership.congregation, keys: keys,
                    connect: connect)
                let next = try await succession.run(nonce: nonce)
                (notebook, nonce) = (next.notebook, next.nonce)
                reissued = (reissued ?? 0) + next.reissued
            }
        }
        throw SyncError.stuck
    }

    private func exchange(
        _ membership: Membership, nonce: String, _ connect: @Sendable (DeviceKey) -> any Transport,
        _ progress: @escaping @Sendable (SyncReport) -> Void
    ) async throws -> SyncReport {
        try await connect(store.environment.key).closing { transport in
            try await Session(
                notebook: self, congregation: membership.congregation, transport: transport,
                progress: progress
            ).run(nonce: nonce)
        }
    }
}
