import Foundation
import Glibc
import Notebook
import Replication
import Store
import Sync
import Testing
import Wording

@testable import Hub

@Suite("A hub that serves")
struct ServeTests {
    @Test func servesOnceAndLetsTheOtherCommandsTakeTurns() async throws {
        try await KeepersHub.open { hub in
            let serving = try await Serving.start(hub.data)
            let second = try await hub.run("serve", "--listen", "127.0.0.1:0")
            #expect(second.status == 1)
            #expect(second.errors.contains("Another \"fieldbook-hub serve\" is running"))
            for command in ["devices", "verify", "nightly"] {
                #expect(try await hub.run(command).status == 0, "\(command)")
            }
            #expect(try await serving.end(SIGTERM) == 0)
            // And after it stopped, another may.
            let third = try await Serving.start(hub.data)
            #expect(third.line.contains("listens on http://127.0.0.1:"))
            #expect(try await third.end(SIGINT) == 0)
        }
    }

    /// A hub that was put back learns it from its peers before laptops come; one of them that says
    /// nothing keeps nobody waiting for long.
    @Test func asksItsPeersBeforeItServes() async throws {
        try await KeepersHub.open { hub in
            let (socket, port) = try TCP.listen()
            defer { close(socket) }
            let link = PeerLink(
                url: "http://127.0.0.1:\(port)", hubKey: DeviceKey().publicKey)
            let added = try await Program.run(
                ["peer", "add", link.link, "--data", hub.data, "--name", "St. Anne"])
            try #require(added.status == 0)
            let serving = try await Serving.start(hub.data)
            let asked = accept(socket, nil, nil)
            defer { close(asked) }
            let words = String(decoding: TCP.receiveAll(from: asked), as: UTF8.self)
            #expect(words.hasPrefix("POST /v1/peer"))
            #expect(try await serving.end(SIGTERM) == 0)
        }
    }

    @Test func invitationsNameTheAddressThatTheKeeperGives() async throws {
        try await KeepersHub.open { hub in
            let url = "https://hub.example.org"
            let serving = try await Serving.start(hub.data, ["--behind-proxy", "--url", url + "/"])
            #expect(try await serving.end(SIGTERM) == 0)
            #expect(!serving.errors.contains("Invitations need the address"))
            // From then on, also once it is served otherwise.
            let again = try await Serving.start(hub.data)
            let link = try await hub.run("invite", "--name", "A", "--role", "organizer", "--json")
            #expect(try Invitation(link.text("invitation")).url == url)
            #expect(link.errors == "")
            #expect(try await again.end(SIGTERM) == 0)
        }
    }

    @Test func saysThatAHubBehindAProxyNeedsItsAddress() async throws {
        try await KeepersHub.open { hub in
            let serving = try await Serving.start(hub.data, ["--behind-proxy"])
            #expect(try await serving.end(SIGTERM) == 0)
            #expect(serving.errors.contains("Invitations need the address under which laptops"))
            #expect(serving.errors.contains("--url"))
        }
    }

    /// It was served behind a proxy, on all addresses, and nobody said which one laptops use.
    @Test func invitesNobodyToAnAddressThatDoesNotEncrypt() async throws {
        try await KeepersHub.open { hub in
            let serving = try await Serving.start(
                hub.data, ["--behind-proxy", "--listen", "0.0.0.0:0"])
            for more in [[], ["--page"]] {
                let outcome = try await Program.run(
                    ["invite", "--data", hub.data, "--name", "A", "--role", "organizer"] + more)
                #expect(outcome.status == 1)
                #expect(outcome.errors.contains("No laptop would take an invitation to http://0"))
                #expect(outcome.errors.contains("--url"))
                #expect(outcome.output == "")
            }
            #expect(try await serving.end(SIGTERM) == 0)
        }
    }

    @Test func namesAPortThatIsTaken() async throws {
        try await KeepersHub.open { hub in
            let (socket, port) = try TCP.listen()
            defer { close(socket) }
            let outcome = try await hub.run("serve", "--listen", "127.0.0.1:\(port)")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("127.0.0.1:\(port)"))
            #expect(outcome.errors.contains("--listen"))
        }
    }

    /// Also with a laptop whose connection is open, and one that says nothing.
    @Test func stopsWithinSeconds() async throws {
        try await KeepersHub.open { hub in
            let serving = try await Serving.start(hub.data)
            let idle = try TCP.connect(to: serving.port)
            let half = try TCP.connect(to: serving.port)
            TCP.send(Array("POST /v1/sync HTTP/1.1\r\nHost: h\r\nContent-Le".utf8), to: half)
            let kept = try TCP.connect(to: serving.port)
            TCP.send(Array("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n".utf8), to: kept)
            #expect(try await Blocking.run { TCP.receive(from: kept).count } > 0)
            let start = ContinuousClock.now
            #expect(try await serving.end(SIGTERM) == 0)
            #expect(ContinuousClock.now - start < .seconds(10))
            for socket in [idle, half, kept] { close(socket) }
        }
    }

    @Test func withACertificateEncrypts() async throws {
        try await KeepersHub.open { hub in
            let (key, certificate) = (hub.data + "/tls.key", hub.data + "/tls.pem")
            let made = try await Program.run(
                [
                    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                    "-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout", key, "-out",
                    certificate,
                ], tool: "/usr/bin/openssl")
            #expect(made.status == 0)
            let serving = try await Serving.start(
                hub.data, ["--tls-certificate", certificate, "--tls-key", key])
            #expect(serving.line.contains("https://127.0.0.1:"))
            let url = "https://127.0.0.1:\(serving.port)"
            for (version, status) in [("1.3", Int32(0)), ("1.2", 0)] {
                let answer = try await Program.run(
                    ["-sk", "--tlsv\(version)", "--tls-max", version, "\(url)/healthz"],
                    tool: "/usr/bin/curl")
                #expect(answer.status == status)
                #expect(answer.output == "ok\n")
            }
            let plain = try await Program.run(
                ["-s", "http://127.0.0.1:\(serving.port)/healthz"], tool: "/usr/bin/curl")
            #expect(plain.status != 0)
            let link = try await hub.run("invite", "--name", "A", "--role", "organizer", "--json")
            let folder = hub.data + "/laptop"
            let ana = try NotebookFile(path: folder + "/notebook.sqlite").create(
                name: "Ana", zoneName: "UTC", zone: .utc)
            let start = ContinuousClock.now
            await #expect(
                throws: SyncError.unreachable(
                    url: url, reason: "its TLS certificate is not trusted on this machine")
            ) {
                try await ana.join(Invitation(link.text("invitation")))
            }
            #expect(ContinuousClock.now - start < .seconds(15))
            #expect(try await serving.end(SIGTERM) == 0)
        }
    }

    /// Versions of TLS before 1.2 are broken; a hub that is not ours may offer them.
    @Test func aLaptopOffersNoOldEncryption() async throws {
        let (listener, port) = try TCP.listen()
        defer { close(listener) }
        async let hello = Blocking.run {
            let socket = accept(listener, nil, nil)
            defer { close(socket) }
            return TCP.receive(from: socket)
        }
        let key = DeviceKey()
        let transport = HTTPTransport(
            url: "https://127.0.0.1:\(port)", hubKey: key.publicKey, key: key)
        let request = EnrolRequest(
            code: Array(0..<16), publicKey: key.publicKey,
            member: RecordID(milliseconds: 1, random: 2))
        _ = try? await transport.enrol(request)
        await transport.close()
        let offered = try Self.versions(in: await hello)
        #expect(offered.contains([3, 4]))
        #expect(offered.contains([3, 3]))
        #expect(!offered.contains([3, 2]) && !offered.contains([3, 1]))
    }

    /// What a TLS client says it speaks: the extension `supported_versions` (RFC 8446, 4.2.1).
    private static func versions(in hello: [UInt8]) throws -> [[UInt8]] {
        let mark = try #require(Data(hello).range(of: Data([0, 43, 0])))
        let count = Int(hello[mark.upperBound + 1])
        let list = hello[(mark.upperBound + 2)...].prefix(count)
        return stride(from: list.startIndex, to: list.endIndex, by: 2).map {
            Array(list[$0..<($0 + 2)])
        }
    }

    /// Names, codes and tokens are in no log, also when things go wrong.
    @Test func logsNoSecretAndNoName() async throws {
        try await KeepersHub.open { hub in
            let serving = try await Serving.start(hub.data)
            let link = try await hub.run(
                "invite", "--name", "Zebulon Canary", "--role", "organizer", "--json")
            let invitation = try Invitation(link.text("invitation"))
            let folder = hub.data + "/laptop"
            let ana = try NotebookFile(path: folder + "/notebook.sqlite").create(
                name: "Zebulon Canary", zoneName: "UTC", zone: .utc)
            _ = try await ana.join(invitation)
            try ana.add(PersonDetails(name: "Quetzal Canary"))
            _ = try await ana.sync()
            // The hub's file is taken from under it.
            rename(hub.data + "/hub.sqlite", hub.data + "/moved.sqlite")
            try Data("not a database".utf8).write(to: URL(filePath: hub.data + "/hub.sqlite-wal"))
            try ana.add(PersonDetails(name: "Second Canary"))
            _ = try? await ana.sync()
            _ = try await serving.end(SIGTERM)
            let code = Base64URL.encode(invitation.code)
            for secret in ["Canary", code, "note", "INSERT", "SELECT"] {
                #expect(!serving.errors.contains(secret), "\(serving.errors)")
            }
        }
    }
}
