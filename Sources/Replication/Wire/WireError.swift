/// Why bytes were not accepted as a message. No case holds anything that was in them.
package enum WireError: Error, Equatable {
    /// The bytes end in the middle.
    case truncated
    /// A value has one encoding, and this is not it.
    case notCanonical(String)
    /// A published limit was passed.
    case overLimit(String)
    /// Made for a version of the protocol that this program does not know.
    case version(UInt64)
    /// Not a frame of this kind at all.
    case malformed
    /// A frame's field is missing, or is not of the form that it must have.
    case field(String)
}

extension WireError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .truncated: "The message ends too early."
        case .notCanonical(let what): "The message is not in canonical form: \(what)."
        case .overLimit(let what): "The message goes over the limit for \(what)."
        case .version(let version):
            "The message is of version \(version) of the protocol; this program knows version 1."
        case .malformed: "The message is not one of Fieldbook's."
        case .field(let name):
            "The field \(name) of the message is missing, or is not as the protocol has it."
        }
    }
}
