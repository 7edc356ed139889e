import Foundation
package import Wording

/// Why two records may be of one person, in words: what speaks for it, the strongest first, then what
/// speaks against it.
struct LinkageReasons {
    let one: LinkagePerson
    let other: LinkagePerson
    let levels: Levels
    let weights: Weights

    var words: [Phrase] {
        let weighed = Comparison.allCases.compactMap { comparison -> (Double, Phrase)? in
            guard let level = levels[comparison], let reason = reason(comparison, level) else {
                return nil
            }
            return (weights.bits(comparison, level), reason)
        }
        return weighed.sorted { $0.0 > $1.0 }.map(\.1)
    }

    private func reason(_ comparison: Comparison, _ level: Int) -> Phrase? {
        let contact = ContactLevel(rawValue: UInt8(level)) ?? .different
        return switch comparison {
        case .given: given(GivenLevel(rawValue: UInt8(level)) ?? .different)
        case .family: family(FamilyLevel(rawValue: UInt8(level)) ?? .different)
        case .phone:
            switch contact {
            case .same: "same phone"
            case .alike: "phone differs by one digit"
            case .different: "against: other phone"
            }
        case .email:
            switch contact {
            case .same: "same e-mail"
            case .alike: "e-mail nearly the same"
            case .different: "against: other e-mail"
            }
        case .address:
            switch contact {
            case .same: "same address"
            case .alike: "address differs by one digit"
            case .different: "against: other address"
            }
        case .institution: level == 0 ? "same institution" : "against: other institution"
        case .neighbourhood:
            switch contact {
            case .same: "same neighborhood"
            case .alike: "neighborhood nearly the same"
            case .different: "against: other neighborhood"
            }
        case .birthday: birthday(BirthdayLevel(rawValue: UInt8(level)) ?? .different)
        }
    }

    private func birthday(_ level: BirthdayLevel) -> Phrase {
        switch level {
        case .same: "same birthday"
        case .sameDay: "same day of birth, without the year"
        case .alike: "birthday nearly the same"
        case .different: "against: other birthday"
        }
    }

    /// Both names whole are one reason, told with the family name.
    private var isSameName: Bool {
        levels[.given] == Int(GivenLevel.same.rawValue)
            && [FamilyLevel.same, .neither].map { Int($0.rawValue) }.contains(levels[.family])
    }

    private func given(_ level: GivenLevel) -> Phrase? {
        let names = (NameWords(one).given ?? "", NameWords(other).given ?? "")
        let (a, b) = (written(names.0, in: one), written(names.1, in: other))
        return switch level {
        case .same: isSameName ? nil : "same first name"
        case .nickname: nickname(names, a, b)
        case .slip: "\(a) and \(b) sound or look alike"
        case .moved: "same names in another order"
        case .initial: "same initial"
        case .similar: "\(a) and \(b) are spelled alike"
        case .generation: "against: one is called the younger or the elder"
        case .different: "against: other first name"
        }
    }

    private func nickname(_ names: (String, String), _ a: String, _ b: String) -> Phrase {
        if Nicknames.isShort(names.0, for: names.1) { return "\(a) is a nickname of \(b)" }
        if Nicknames.isShort(names.1, for: names.0) { return "\(b) is a nickname of \(a)" }
        return "\(a) and \(b) are nicknames of one name"
    }

    private func family(_ level: FamilyLevel) -> Phrase? {
        switch level {
        case .same: isSameName ? "same name" : "same family name"
        case .included: "a family name in common"
        case .alike: "family name sounds or looks alike"
        case .neither: isSameName ? "same name" : nil
        case .initial: "initial of the family name"
        case .partly: "one name in common, one not"
        case .different: "against: other family name"
        }
    }

    /// The word as the record has it: "jose" in "José Núñez" → "José"
    private func written(_ word: String, in person: LinkagePerson) -> String {
        let parts = "\(person.name) \(person.given ?? "")".split(whereSeparator: \.isWhitespace)
        let part = parts.first { Latin.words(String($0)) == [word] }
        return part.map(String.init) ?? word.capitalized
    }
}

extension Linkage {
    /// Why two of the people may be one, in words.
    package func reasons(for pair: Pair, among people: [LinkagePerson]) -> [Phrase] {
        LinkageReasons(
            one: people[pair.a], other: people[pair.b], levels: pair.levels, weights: weights
        ).words
    }
}
