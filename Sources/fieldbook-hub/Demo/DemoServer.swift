import Hub
import Logging
import ServiceLifecycle

/// The demo's hub as a server that can be switched off and on again, on the same port.
actor DemoServer {
    private let hub: Hub
    private var port: Int
    private var group: ServiceGroup?
    private var running: Task<Void, any Error>?

    init(hub: Hub, port: Int) {
        self.hub = hub
        self.port = port
    }

    /// Starts listening. Returns the address.
    func start() async throws -> String {
        let (ready, continuation) = AsyncThrowingStream<String, any Error>.makeStream()
        let logger = Logger(label: "demo") { _ in SwiftLogNoOpLogHandler() }
        let application = try hub.application(
            Listening("127.0.0.1:\(port)"), logger: logger,
            onReady: { url in continuation.yield(url) })
        let group = ServiceGroup(services: [application], logger: logger)
        self.group = group
        running = Task {
            do {
                try await group.run()
            } catch {
                continuation.finish(throwing: error)
                throw error
            }
        }
        for try await url in ready {
            port = url.split(separator: ":").last.flatMap { Int($0) } ?? port
            return url
        }
        throw HubError.noAddress
    }

    func stop() async {
        await group?.triggerGracefulShutdown()
        _ = try? await running?.value
        group = nil
    }

    /// Serves until the process is interrupted.
    func wait() async throws {
        try await running?.value
    }
}
