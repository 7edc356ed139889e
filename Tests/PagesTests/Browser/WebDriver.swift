import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

/// A real Chromium without a window, spoken to by the WebDriver protocol (W3C), which needs no
/// package.
final class Chromium {
    private let driver: Process
    private let client: TestClient
    private let session: String

    /// Why there is none on this machine; nil when there is.
    static let whyMissing: String? = ["/usr/bin/chromium", "/usr/bin/chromedriver"]
        .first { !FileManager.default.isExecutableFile(atPath: $0) }
        .map { "\($0) is not installed (Debian: apt-get install chromium chromium-driver)" }

    /// Starts a phone of 360 by 740 points; or a laptop.
    init(isPhone: Bool = true) async throws {
        let port: Int
        (driver, port) = try Self.start()
        client = TestClient(
            host: "127.0.0.1", port: port,
            configuration: .init(timeout: .seconds(60)))
        client.connect()
        var options: [String: Any] = [
            "args": [
                "--no-sandbox", "--headless=new", "--disable-dev-shm-usage", "--hide-scrollbars",
                "--window-size=1280,900",
            ]
        ]
        if isPhone {
            options["mobileEmulation"] = [
                "deviceMetrics": ["width": 360, "height": 740, "pixelRatio": 2.0, "touch": true]
            ]
        }
        let wanted: [String: Any] = [
            "browserName": "chrome", "goog:chromeOptions": options,
            "goog:loggingPrefs": ["browser": "ALL"],
        ]
        do {
            let answer = try await Self.call(
                client, .post, "/session", ["capabilities": ["alwaysMatch": wanted]])
            let id = try #require((answer as? [String: Any])?["sessionId"] as? String)
            session = "/session/\(id)"
        } catch {
            Self.end(driver)
            throw error
        }
    }

    /// Starts the driver on a free port. One start in some dozens ended without a word on a busy
    /// machine, so it is tried three times.
    private static func start() throws -> (driver: Process, port: Int) {
        for _ in 0..<3 {
            let driver = Process()
            driver.executableURL = URL(filePath: "/usr/bin/chromedriver")
            driver.arguments = ["--port=0"]
            let output = Pipe()
            driver.standardOutput = output
            driver.standardError = FileHandle.nullDevice
            try driver.run()
            if let port = port(output) { return (driver, port) }
            end(driver)
        }
        throw NotStarted()
    }

    private struct NotStarted: Error {}

    /// Reads on which port the driver listens; nil when it ended instead.
    private static func port(_ output: Pipe) -> Int? {
        var text = ""
        while true {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { return nil }
            text += String(decoding: data, as: UTF8.self)
            guard let place = text.range(of: "started successfully on port ") else { continue }
            let digits = text[place.upperBound...].prefix { $0.isNumber }
            if let port = Int(digits), text[place.upperBound...].contains(".") { return port }
        }
    }

    /// Foundation starts processes with most signals blocked, so a polite one is not heard.
    private static func end(_ driver: Process) {
        kill(driver.processIdentifier, SIGKILL)
        driver.waitUntilExit()
    }

    /// Closes the browser and the driver.
    func quit() async {
        _ = try? await Self.call(client, .delete, session, nil)
        try? await client.shutdown()
        Self.end(driver)
    }

    @discardableResult
    func command(_ path: String, _ body: [String: Any] = [:]) async throws -> Any {
        try await Self.call(client, .post, "\(session)/\(path)", body)
    }

    private static func call(
        _ client: TestClient, _ method: HTTPRequest.Method, _ path: String, _ body: [String: Any]?
    ) async throws -> Any {
        let json = try body.map { try JSONSerialization.data(withJSONObject: $0) }
        let response = try await client.execute(
            TestClient.Request(
                path, method: method, authority: "127.0.0.1",
                headers: [.contentType: "application/json"],
                body: json.map { ByteBuffer(bytes: $0) }))
        let text = response.body.map { String(buffer: $0) } ?? ""
        try #require(response.status == .ok, "\(text.prefix(600))")
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        return object?["value"] ?? NSNull()
    }
}

extension Chromium {
    func open(_ address: String) async throws {
        try await command("url", ["url": address])
    }

    /// Presses the first element that a CSS selector names, and waits for the page that follows.
    func press(_ selector: String) async throws {
        try await command(
            "execute/sync", ["script": "window.isOld = true", "args": [] as [Any]])
        let found = try await command("element", ["using": "css selector", "value": selector])
        let id = try #require((found as? [String: String])?.values.first)
        try await command("element/\(id)/click")
        for _ in 0..<100 {
            let isNew = "!window.isOld && document.readyState === 'complete'"
            if (try? await value(isNew)) == true { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("Nothing followed \(selector).")
    }

    /// What an expression of JavaScript is in the page; the pages themselves have none.
    func value<T>(_ expression: String, as type: T.Type = T.self) async throws -> T {
        let value = try await command(
            "execute/sync", ["script": "return \(expression)", "args": [] as [Any]])
        return try #require(value as? T, "\(expression) is \(value)")
    }

    func text() async throws -> String { try await value("document.body.innerText") }

    /// What the browser complained of since it was last asked. What it merely tells, such as that
    /// signing out has emptied its cache, is no complaint.
    func complaints() async throws -> [String] {
        let log = try await command("se/log", ["type": "browser"]) as? [[String: Any]]
        return (log ?? []).filter { ["WARNING", "SEVERE"].contains($0["level"] as? String) }
            .map { "\($0["message"] ?? "")" }
    }

    func setDark(_ isDark: Bool) async throws {
        let feature = ["name": "prefers-color-scheme", "value": isDark ? "dark" : "light"]
        try await command(
            "goog/cdp/execute",
            ["cmd": "Emulation.setEmulatedMedia", "params": ["features": [feature]]])
    }

    /// Takes a picture of the whole page.
    func picture(_ path: String) async throws {
        let answer = try await command(
            "goog/cdp/execute",
            [
                "cmd": "Page.captureScreenshot",
                "params": ["format": "png", "captureBeyondViewport": true] as [String: Any],
            ])
        try keep((answer as? [String: String])?["data"], path)
    }

    /// Prints the page to a PDF.
    func printed(_ path: String) async throws {
        let answer = try await command(
            "goog/cdp/execute", ["cmd": "Page.printToPDF", "params": [:] as [String: Any]])
        try keep((answer as? [String: Any])?["data"] as? String, path)
    }

    private func keep(_ base64: String?, _ path: String) throws {
        let data = try #require(base64.flatMap { Data(base64Encoded: $0) })
        try data.write(to: URL(filePath: path))
    }
}
