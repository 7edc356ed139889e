import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What a button sent, after the checks that every change has to pass.
///
/// Four of them, so that a browser too old for one is held by the others: the cookie is not sent
/// with another site's request, the browser says where the request is from, the form brings the
/// session's token, and its type is one that no other site can choose without asking first.
struct Form: Sendable {
    /// Of a button.
    static let maxBytes = 16 * 1024
    /// Of notes: every letter of a text may be written as nine.
    static let notesBytes = 1024 * 1024

    private let fields: [String: String]

    /// Reads a request's form. Throws `Refusal`.
    init(of request: Request, upTo maxBytes: Int = maxBytes) async throws {
        guard request.isFromHere else { throw Refusal.otherSite }
        guard request.isForm else { throw Refusal.notAForm }
        fields = try Self.fields(try await Self.text(of: request, upTo: maxBytes))
    }

    subscript(_ name: String) -> String { fields[name] ?? "" }

    /// Throws unless the form brings the token that its page was given.
    func check(_ token: String) throws {
        guard Self.isEqual(self["token"], token), !token.isEmpty else { throw Refusal.wrongToken }
    }

    private static func text(
        of request: Request, upTo maxBytes: Int
    ) async throws -> String {
        do {
            return String(buffer: try await request.body.collect(upTo: maxBytes))
        } catch is NIOTooManyBytesError {
            throw Refusal.tooLarge
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw Refusal.badForm
        }
    }

    /// Decodes a form, once. A field that comes twice has no meaning, and is refused.
    static func fields(_ text: String) throws -> [String: String] {
        var fields: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let decoded = parts.map {
                $0.replacingOccurrences(of: "+", with: " ").removingPercentEncoding
            }
            guard let name = decoded[0], let value = decoded.count == 2 ? decoded[1] : "",
                fields.updateValue(value, forKey: name) == nil
            else { throw Refusal.badForm }
        }
        return fields
    }

    /// Compares in the same time, wherever the difference is.
    static func isEqual(_ a: String, _ b: String) -> Bool {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        guard a.count == b.count else { return false }
        return zip(a, b).reduce(UInt8(0)) { $0 | $1.0 ^ $1.1 } == 0
    }
}

extension Request {
    fileprivate var isForm: Bool {
        let type = headers[.contentType]?.split(separator: ";").first ?? ""
        return type.trimmingCharacters(in: .whitespaces).lowercased()
            == "application/x-www-form-urlencoded"
    }

    /// Whether the browser says that this site's own page sent the request, or says nothing.
    ///
    /// Under our own `Referrer-Policy: no-referrer` a browser's form says `Origin: null` (Fetch
    /// standard, "append a request Origin header"). That names no site, so `Sec-Fetch-Site` has to.
    fileprivate var isFromHere: Bool {
        let site = HTTPField.Name("Sec-Fetch-Site").flatMap { headers[$0] }
        guard site == nil || site == "same-origin" || site == "none" else { return false }
        guard let origin = headers[.origin], origin != "null" else { return true }
        let parts = origin.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "https:" || parts[0] == "http:", parts[1].isEmpty,
            let here = head.authority
        else { return false }
        return parts[2].lowercased() == here.lowercased()
    }
}
