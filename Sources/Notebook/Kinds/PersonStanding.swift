package import Wording

extension Person {
    /// What has become of somebody, the gravest last.
    package enum Status: String, CaseIterable, Comparable, Sendable {
        case active, moved, inactive, deceased, requestedRemoval

        package static func < (a: Self, b: Self) -> Bool { allCases.isBefore(a, b) }

        /// Whether nobody should be in contact with them any more.
        package var isGone: Bool { self == .deceased || self == .requestedRemoval }

        /// A sentence for whoever means to be in contact with them; nil when there is nothing to say.
        package var caution: Phrase? {
            switch self {
            case .active: nil
            case .moved: "They have moved away."
            case .inactive: "They are not active any more."
            case .deceased: "They have died."
            case .requestedRemoval: "They have asked to be removed: fieldbook person erase"
            }
        }
    }

    /// How somebody wants to be reached; not at all is the last.
    package enum Contact: String, CaseIterable, Comparable, Sendable {
        case any, call, text, email, visit, doNotContact

        package static func < (a: Self, b: Self) -> Bool { allCases.isBefore(a, b) }

        package var caution: Phrase? {
            switch self {
            case .any: nil
            case .doNotContact: "They do not want to be contacted."
            case .call: "They want to be called."
            case .text: "They want to be texted."
            case .email: "They want to be reached by email."
            case .visit: "They want to be visited."
            }
        }
    }

    /// What to mind before one is in contact with them, the gravest first.
    package var cautions: [Phrase] { [status?.caution, contact?.caution].compactMap { $0 } }
}

extension Array where Element: Equatable {
    fileprivate func isBefore(_ a: Element, _ b: Element) -> Bool {
        (firstIndex(of: a) ?? 0) < (firstIndex(of: b) ?? 0)
    }
}
