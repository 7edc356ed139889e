import Hummingbird
import NIOPosix

/// The threads on which requests wait for the disk and for locks. Swift's own are as few as the
/// machine has cores: one busy lock would stop everything.
final class DiskThreads: TaskExecutor {
    static let shared = DiskThreads(count: 16)

    private let pool: NIOThreadPool

    private init(count: Int) {
        pool = NIOThreadPool(numberOfThreads: count)
        pool.start()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        pool.submit { _ in job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// Has everything but the question whether the hub is alive answered on `DiskThreads`.
struct OnDiskThreads<Context: RequestContext>: RouterMiddleware {
    /// The addresses that never wait.
    let others: [String]

    func handle(
        _ request: Request, context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard !others.contains(request.uri.path) else { return try await next(request, context) }
        return try await withTaskExecutorPreference(DiskThreads.shared) {
            try await next(request, context)
        }
    }
}
