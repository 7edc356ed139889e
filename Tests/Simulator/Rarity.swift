import ArgumentParser
import Histories

/// What is rare in a schedule, unless the schedule favours it: each is the first of its numbers among
/// a hundred.
enum RareStep: Int, CaseIterable {
    case federate = 74
    case feed = 81
    case snapshot = 84
    case late = 86
    case clock = 89
    case administer = 92
    case version = 93
    case copy = 94
    case restoreHub = 96
    case time = 98
}

extension RareStep {
    /// The rare step that has a number; nil where it is one of the common ones.
    init?(of number: Int) {
        guard let step = RareStep.allCases.last(where: { $0.rawValue <= number }) else {
            return nil
        }
        self = step
    }
}

/// The same of what members write.
enum RareAct: Int, CaseIterable {
    case new = 13
    case promise = 50
    case tag = 56
    case assign = 62
    case delete = 70
    case settle = 75
    case unknown = 87
    case judge = 90
    case overstep = 93
    case erase = 96
    case much = 98
}

/// Of what a schedule has many: what goes wrong takes several of a kind, and another beside it.
/// (Groce et al., "Swarm testing", 2012.)
struct Favoured: ExpressibleByArgument, Equatable, CustomStringConvertible {
    var steps: [RareStep]
    var acts: [RareAct]

    /// Two steps and two acts.
    static func some(_ random: inout SplitMix64) -> Favoured {
        Favoured(
            steps: [random.pick(RareStep.allCases), random.pick(RareStep.allCases)],
            acts: [random.pick(RareAct.allCases), random.pick(RareAct.allCases)])
    }

    /// "snapshot,erase"; nil when a word is neither a step nor an act.
    init?(argument: String) {
        let words = argument.split(separator: ",")
        steps = RareStep.allCases.filter { words.contains("\($0)"[...]) }
        acts = RareAct.allCases.filter { words.contains("\($0)"[...]) }
        guard steps.count + acts.count == Set(words).count, !words.isEmpty else { return nil }
    }

    private init(steps: [RareStep], acts: [RareAct]) {
        self.steps = steps
        self.acts = acts
    }

    var description: String {
        (steps.map { "\($0)" } + acts.map { "\($0)" }).joined(separator: ",")
    }

    static var names: String {
        Favoured(steps: RareStep.allCases, acts: RareAct.allCases).description
    }
}
