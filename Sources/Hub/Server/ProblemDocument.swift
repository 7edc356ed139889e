import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Store

/// A problem document (RFC 9457): the rule and where, never a value.
struct ProblemDocument: Encodable {
    let type: String
    let title: String
    let status: Int
    let detail: String
    let rule: String
    let index: Int?
    private let retrySeconds: Int?

    private enum CodingKeys: CodingKey { case type, title, status, detail, rule, index }

    private static let titles = [
        400: "Not understood", 401: "Not signed in", 403: "Not allowed", 404: "Not found",
        405: "Not done this way", 409: "Not in step", 413: "Too large", 415: "Of another kind",
        416: "Nothing there",
        429: "Too many", 500: "Failed", 503: "Busy", 507: "Disk full",
    ]

    init(_ problem: Problem) {
        type = "urn:fieldbook:problem:\(problem.rule)"
        title = Self.titles[problem.status] ?? "Refused"
        status = problem.status
        detail = problem.detail
        rule = problem.rule
        index = problem.index
        retrySeconds = problem.retrySeconds
    }

    var headers: HTTPFields {
        var headers: HTTPFields = [
            .contentType: "application/problem+json; charset=utf-8", .cacheControl: "no-store",
        ]
        headers[.retryAfter] = retrySeconds.map { String($0) }
        return headers
    }

    var body: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map(Array.init) ?? []
    }

    var response: Response {
        Response(
            status: .init(code: status), headers: headers,
            body: .init(byteBuffer: ByteBuffer(bytes: body)))
    }
}

extension Problem {
    /// Whether an error says only that others come first: that is nothing for the keeper to see to.
    static func putsOff(_ error: any Error) -> Bool {
        if case StoreError.busy = error { return true }
        return error as? Problem == .busy
    }

    /// The problem that an error is for the one who asked. What is not foreseen gets an opaque
    /// number that the log has too, and nothing else.
    init(_ error: any Error, reference: String) {
        switch error {
        case let problem as Problem: self = problem
        case StoreError.busy: self = .busy
        case StoreError.diskFull, StoreError.notWritable: self = .full
        case StoreError.disk, StoreError.tooManyOpen: self = .busy
        default:
            self.init(
                500, "internal",
                "Something went wrong. Tell the hub's keeper this number: \(reference).")
        }
    }
}
