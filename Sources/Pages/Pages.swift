package import Hummingbird

/// The web pages: a leader's turf list on a phone, an invitation, an organizer's report, and one's own
/// notebook. Plain HTML, written here and read anywhere, without a script.
package enum Pages {
    /// Adds every page to a router, with what holds for all of them: the security headers, the
    /// page for an error, and a page for every address that nothing answers.
    ///
    /// What lies under `others` is left alone, routed or not, whichever is added first: the
    /// exchange answers errors in its own form.
    package static func addRoutes(
        to router: Router<some RequestContext>, host: some PageHost,
        leaving others: [String] = ["/v1", "/healthz"]
    ) {
        let routes = routes(host)
        router.add(middleware: Frame(others: others))
        for route in routes {
            router.on(route.path, method: route.method) { request, context in
                try await route.answer(request, context.parameters)
            }
            guard route.method == .get else { continue }
            router.on(route.path, method: .head) { request, context in
                try await route.answer(request, context.parameters).createHeadResponse()
            }
        }
        router.add(middleware: Unrouted(routes: routes, others: others))
    }

    /// Every way in. What is not in this table has no answer but 404 or 405.
    static func routes(_ host: any PageHost) -> [Route] {
        let signOut = SignOut(host: host)
        return shared(host) + (host.isNotebook ? own(host) : hubs(host))
            + [Route(.post, "/sign-out") { try await signOut.end($0, $1) }]
    }

    private static func shared(_ host: any PageHost) -> [Route] {
        let welcome = WelcomePage(host: host)
        let invitations = InvitationPage(host: host)
        let turfs = TurfPage(host: host)
        let ticks = Ticks(host: host)
        return [
            Route(.get, "/") { try await welcome.show($0, $1) },
            Route(.get, StyleSheet.path) { _, _ in StyleSheet.response },
            Route(.get, "/join/:code") { try await invitations.show($0, $1) },
            Route(.post, "/join/:code") { try await invitations.accept($0, $1) },
            Route(.get, "/turf") { try await turfs.show($0, $1) },
            Route(.post, "/turf/done") { try await ticks.finishFollowUp($0, $1) },
            Route(.post, "/turf/kept") { try await ticks.keepPromise($0, $1) },
        ]
    }

    private static func hubs(_ host: any PageHost) -> [Route] {
        let report = ReportPage(host: host)
        return [Route(.get, "/report") { try await report.show($0, $1) }]
    }

    private static func own(_ host: any PageHost) -> [Route] {
        let due = DuePage(host: host)
        let people = PersonPage(host: host)
        let finds = FindPage(host: host)
        return [
            Route(.get, "/due") { try await due.show($0, $1) },
            Route(.get, "/find") { try await finds.show($0, $1) },
            Route(.get, "/person/:id") { try await people.show($0, $1) },
            Route(.post, "/person/:id/met") { try await people.log($0, $1) },
        ]
    }
}

/// One way in: an address, a method, and who answers.
struct Route: Sendable {
    typealias Answer = @Sendable (Request, Parameters) async throws -> Response

    let method: HTTPRequest.Method
    let path: RouterPath
    let answer: Answer

    init(_ method: HTTPRequest.Method, _ path: RouterPath, _ answer: @escaping Answer) {
        self.method = method
        self.path = path
        self.answer = answer
    }
}
