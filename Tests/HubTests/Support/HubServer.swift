import Logging
import ServiceLifecycle

@testable import Hub

/// A hub's server that a test can stop, and start again on the same port.
actor HubServer {
    private(set) var port = 0
    private var group: ServiceGroup?
    private var running: Task<Void, any Error>?

    /// Before it was started, one that nobody listens on.
    var url: String { "http://127.0.0.1:\(port == 0 ? 1 : port)" }

    func start(_ hub: Hub, patience: Patience = Patience()) async throws {
        let (ready, continuation) = AsyncThrowingStream<String, any Error>.makeStream()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        var listening = try Listening("127.0.0.1:\(port)")
        listening.patience = patience
        let application = try hub.application(
            listening, logger: logger, onReady: { url in continuation.yield(url) })
        let group = ServiceGroup(services: [application], logger: logger)
        self.group = group
        running = Task {
            do {
                try await group.run()
                continuation.finish()
            } catch {
                continuation.finish(throwing: error)
                throw error
            }
        }
        for try await url in ready {
            port = url.split(separator: ":").last.flatMap { Int($0) } ?? port
            return
        }
        throw HubError.noAddress
    }

    func stop() async {
        await group?.triggerGracefulShutdown()
        _ = try? await running?.value
        group = nil
        running = nil
    }
}
