import GRDB
import Notebook
import Pages
import Replication
import Store
import Sync

/// What the pages need of the hub.
struct HubPages: PageHost {
    let hub: Hub

    var congregation: String { hub.settings.congregationName }

    func invitation(_ code: String) async throws -> InvitationView? {
        guard let bytes = Base64URL.decode(code), let invitation = try open(bytes) else {
            return nil
        }
        if invitation.isPage { return .page(name: invitation.name) }
        let link = Invitation(
            url: try hub.address(), code: bytes, hubKey: hub.identity.publicKey
        ).link
        return .laptop(name: invitation.name, link: link)
    }

    /// An invitation that can still be used.
    private func open(_ code: [UInt8]) throws -> HubInvitation? {
        let now = hub.milliseconds
        let invitation = try hub.read { try HubInvitation.find(code: code, $0) }
        return invitation.flatMap { $0.usedBy == nil && now < $0.expires ? $0 : nil }
    }

    func signIn(_ code: String) async throws -> String? {
        guard let bytes = Base64URL.decode(code), try open(bytes) != nil else { return nil }
        let token = hub.randomBytes(32)
        guard let member = try use(bytes, token: token) else { return nil }
        try introduce(member)
        try await publish()
        return Base64URL.encode(token)
    }

    /// In one transaction, so that of two who press the button at once one gets in.
    private func use(_ code: [UInt8], token: [UInt8]) throws -> HubMember? {
        let now = hub.milliseconds
        return try hub.write { db in
            guard let invitation = try HubInvitation.find(code: code, db), invitation.isPage,
                invitation.usedBy == nil, now < invitation.expires
            else { return nil }
            let member = HubMember(
                id: hub.own.store.environment.newID(), name: invitation.name,
                person: invitation.person)
            try invitation.use(code: code, by: member.id.bytes, as: member, at: now, db)
            try WebSession.begin(
                token: token, formToken: Base64URL.encode(hub.randomBytes(16)), for: member.id,
                at: now, db)
            return member
        }
    }

    /// The member's name, so that others see who ticked what.
    private func introduce(_ member: HubMember) throws {
        let me = Me(member: member.id, person: member.person, name: member.name)
        _ = try hub.own.store.write { try $0.commit([Member.introduction(me)], by: member.id) }
    }

    func visitor(_ token: String) async throws -> Visitor? {
        guard let bytes = Base64URL.decode(token) else { return nil }
        let now = hub.milliseconds
        let (found, isNews) = try hub.read { db -> (Visitor?, Bool) in
            guard let session = try WebSession.find(token: bytes, at: now, db),
                let member = try HubMember.find(session.member, db)
            else { return (nil, false) }
            let grants = try Grants.load(of: member.id, db)
            let visitor = Visitor(
                member: member.id, person: member.person, name: member.name,
                turfs: grants.turfs.sorted(), isOrganizer: grants.isOrganizer,
                formToken: session.formToken)
            return (visitor, session.isNews)
        }
        // Who only looks waits for nobody who writes, and not for a disk that is full.
        if isNews { try? hub.write { try WebSession.used(token: bytes, at: now, $0) } }
        return found
    }

    func signOut(_ token: String) async throws {
        guard let bytes = Base64URL.decode(token) else { return }
        try hub.write { try WebSession.end(token: bytes, $0) }
    }

    func notebook() async throws -> Notebook {
        do {
            try await hub.catchUp()
        } catch let error as StoreError where error.isOfDisk {
            // What is there can be read all the same.
        }
        return hub.own
    }

    func publish() async throws {
        try await hub.catchUp()
    }

    func nightlyReport() async throws -> String? {
        try ReportShelf(path: hub.folder.reports).latestHTML()
    }
}
