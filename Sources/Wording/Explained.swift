/// An error that tells a person what happened, to what, and what to do next.
package protocol Explained: Error, CustomStringConvertible {
    var explanation: Phrase { get }
}

extension Explained {
    package var description: String { explanation.text }
}
