import Sync
import Testing
import Wording

@Suite("What a hub refuses")
struct RefusalWordsTests {
    @Test("The laptop says it in the reader's language, and what it does not know as the hub did")
    func words() {
        let used = SyncError.refused(
            rule: "invitation-used",
            detail: "This invitation has been used. Each serves once; ask for a new one.")
        #expect(used.explanation.text(in: .spanish).contains("Esta invitación ya se usó."))
        #expect(used.explanation.text(in: .english).contains("This invitation has been used."))
        let newer = SyncError.refused(rule: "of-a-newer-hub", detail: "It is Sunday.")
        #expect(newer.explanation.text(in: .spanish).contains("It is Sunday."))
        let away = SyncError.unreachable(url: "https://hub", reason: "no connection")
        #expect(away.explanation.text(in: .spanish).contains("(no hay conexión)"))
    }
}
