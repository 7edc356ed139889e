import Replication
import Sync
import Testing
import Wording

@Suite("An invitation's link")
struct InvitationTests {
    private static let code = "AAECAwQFBgcICQoLDA0ODw"
    private static let key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"

    @Test(arguments: [
        "http://127.0.0.1:8787", "https://hub.example.org", "https://example.org/join/us",
        "http://[::1]:8787", "http://localhost", "https://[2001:db8::1]:443",
        "https://hub.example.org:65535",
    ])
    func isReadAsItWasWritten(url: String) throws {
        let link = "\(url)/join/\(Self.code)#\(Self.key)"
        let invitation = try Invitation(link)
        #expect(invitation.url == url)
        #expect(invitation.code == Array(0..<16))
        #expect(invitation.hubKey.bytes == Array(0..<32))
        #expect(invitation.link == link)
    }

    @Test func mayHaveSpaceAroundItFromAMessage() throws {
        let link = "https://hub.example.org/join/\(Self.code)#\(Self.key)"
        #expect(try Invitation("  \(link)\n").link == link)
    }

    @Test(arguments: [
        "", " ", "#", "/join/", "hello", "https://hub.example.org",
        "https://hub.example.org/join/\(code)", "https://hub.example.org/join/#\(key)",
        "https://hub.example.org/join/\(code)#", "https://hub.example.org/\(code)#\(key)",
        "https://hub.example.org/join/\(code)#\(key)#\(key)",
        "https://hub.example.org/join/\(code)#\(key)=",
        "https://hub.example.org/join/\(code)A#\(key)",
        "https://hub.example.org/join/\(code)#\(key.dropLast(2))",
        "https://hub.example.org/join/\(code)==#\(key)",
        "https://hub.example.org/join/AAECAwQFBgcICQoLDA0OD+#\(key)",
        "https://hub.example.org/join/\(code)?x=1#\(key)",
        "hub.example.org/join/\(code)#\(key)", "ftp://hub.example.org/join/\(code)#\(key)",
        "file:///join/\(code)#\(key)", "javascript:alert(1)/join/\(code)#\(key)",
        "http:///join/\(code)#\(key)", "https://hub example.org/join/\(code)#\(key)",
        "https://hub.example.org\r\nHost: evil/join/\(code)#\(key)",
        "https://ana:secret@hub.example.org/join/\(code)#\(key)",
        "https://hub.example.org:65536/join/\(code)#\(key)",
        "https://hub.example.org:0/join/\(code)#\(key)",
        "https://hub.example.org:/join/\(code)#\(key)",
        "https://hub.example.org:-1/join/\(code)#\(key)",
        "https://hub.example.org:99999999999999999999999/join/\(code)#\(key)",
        "http://127.0.0.1:65536/join/\(code)#\(key)",
        "https://[::1/join/\(code)#\(key)", "https://[hub]/join/\(code)#\(key)",
        "https://hub%2Eexample.org/join/\(code)#\(key)",
    ])
    func isNotMadeOfRubbish(text: String) {
        #expect(throws: SyncError.notAnInvitation) { try Invitation(text) }
    }
}

@Suite("An address that does not encrypt")
struct PlainAddressTests {
    private static let code = "AAECAwQFBgcICQoLDA0ODw"
    private static let key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"

    /// Some only look as if they were of one's own machine.
    @Test(arguments: [
        "http://hub.example.org", "http://192.168.1.5:8787", "http://127.0.0.1.example.org",
        "http://localhost.example.org", "http://0.0.0.0:8787", "http://[2001:db8::1]",
        "http://[::ffff:127.0.0.1]", "http://127.1",
    ])
    func isRefusedInAnInvitation(url: String) throws {
        let refusal = #expect(throws: SyncError.notEncrypted(url: url)) {
            try Invitation("\(url)/join/\(Self.code)#\(Self.key)")
        }
        let words = try #require(refusal).description
        #expect(words.contains("\(url) does not encrypt"))
        #expect(!words.contains(Self.code))
    }

    /// Also for a notebook that joined when any address was taken.
    @Test func isSentNothing() async throws {
        let key = DeviceKey()
        let transport = HTTPTransport(
            url: "http://192.0.2.1", hubKey: key.publicKey, key: key)
        await #expect(throws: SyncError.notEncrypted(url: "http://192.0.2.1")) {
            try await transport.enrol(
                EnrolRequest(
                    code: Array(0..<16), publicKey: key.publicKey,
                    member: RecordID(milliseconds: 1, random: 2)))
        }
        await transport.close()
    }
}

@Suite("Base64 for addresses")
struct Base64URLTests {
    @Test func writesWhatItReads() {
        for count in 0..<70 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + count) }
            let text = Base64URL.encode(bytes)
            #expect(Base64URL.decode(text) == bytes)
            #expect(
                text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) })
        }
        #expect(Base64URL.encode([251, 255]) == "-_8")
    }

    @Test(arguments: ["A", "AA==", "AB", "-_9", "+/8", "A A", "é", "AA\n", "A\u{0}"])
    func readsNothingElse(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }
}
