import Crypto
import Foundation
package import Replication

/// The part of HTTP Message Signatures (RFC 9421) with Ed25519 that the exchange uses, with
/// Content-Digest (RFC 9530). Both ends make and check signatures here.
package enum HTTPSignature {
    /// The label of our signature in `Signature` and `Signature-Input`.
    package static let label = "fb"

    /// What a device signs: method, path, body and the nonce that the hub gave last.
    package struct Request: Sendable {
        package let method: String
        package let path: String
        package let contentDigest: String
        /// Empty where there is none yet: an enrolment, whose code serves once.
        package let nonce: String
        package let device: DeviceID

        package init(
            method: String, path: String, contentDigest: String, nonce: String, device: DeviceID
        ) {
            self.method = method
            self.path = path
            self.contentDigest = contentDigest
            self.nonce = nonce
            self.device = device
        }

        /// The value of `Signature-Input` after the label.
        package var parameters: String {
            #"("@method" "@path" "content-digest");nonce="\#(nonce)";keyid="\#(device)";tag="fbq1""#
        }

        /// The signature base (RFC 9421, section 2.5).
        package var base: [UInt8] {
            Array(
                """
                "@method": \(method)
                "@path": \(path)
                "content-digest": \(contentDigest)
                "@signature-params": \(parameters)
                """.utf8)
        }
    }

    /// What a hub signs: status, body, the next nonce, and the signature of the request that it
    /// answers, so that no answer can stand for another.
    package struct Answer: Sendable {
        package let status: Int
        package let contentDigest: String
        package let nextNonce: String
        /// The request's signature as it stood in its header, `:…:`.
        package let requestSignature: String

        package init(
            status: Int, contentDigest: String, nextNonce: String, requestSignature: String
        ) {
            self.status = status
            self.contentDigest = contentDigest
            self.nextNonce = nextNonce
            self.requestSignature = requestSignature
        }

        package var parameters: String {
            #"("@status" "content-digest" "nonce" "signature";req;key="fb");tag="fba1""#
        }

        package var base: [UInt8] {
            Array(
                """
                "@status": \(status)
                "content-digest": \(contentDigest)
                "nonce": \(nextNonce)
                "signature";req;key="fb": \(requestSignature)
                "@signature-params": \(parameters)
                """.utf8)
        }
    }

    /// The value of `Content-Digest` for a body as it travels.
    package static func contentDigest(_ body: [UInt8]) -> String {
        "sha-256=:\(Data(SHA256.hash(data: body)).base64EncodedString()):"
    }

    /// A signature as a structured field's byte sequence, `:…:`.
    package static func byteSequence(_ bytes: [UInt8]) -> String {
        ":\(Data(bytes).base64EncodedString()):"
    }

    /// The byte sequence under our label; nil for any other form.
    package static func labelled(_ header: String) -> String? {
        let prefix = "\(label)="
        return header.hasPrefix(prefix) ? String(header.dropFirst(prefix.count)) : nil
    }

    package static func bytes(_ sequence: String) -> [UInt8]? {
        guard sequence.count > 2, sequence.hasPrefix(":"), sequence.hasSuffix(":") else {
            return nil
        }
        return Data(base64Encoded: String(sequence.dropFirst().dropLast())).map(Array.init)
    }

    /// The value of a quoted parameter, where it is made of letters, digits, `-` and `_`: all that is
    /// ever given in one, and nothing in which another could hide.
    package static func parameter(_ name: String, in parameters: String) -> String? {
        guard let start = parameters.range(of: ";\(name)=\"") else { return nil }
        let rest = parameters[start.upperBound...]
        guard let end = rest.firstIndex(of: "\"") else { return nil }
        let value = rest[..<end]
        let isPlain = value.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
            default: false
            }
        }
        return isPlain ? String(value) : nil
    }
}

/// The names of the header fields that the exchange uses.
package enum ExchangeHeader {
    package static let contentDigest = "Content-Digest"
    package static let signature = "Signature"
    package static let signatureInput = "Signature-Input"
    package static let nonce = "Nonce"
    package static let contentType = "application/vnd.fieldbook.v1"
}
