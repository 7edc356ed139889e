import Histories
import Replication

/// A case of comparing.json: what two have of a record, and what the one says once more because the
/// other has lost it, written by hand.
struct ComparingCase: Sendable {
    let name: String
    let why: String
    let mine: [Commit]
    /// Those of mine that were refused, and not for something lost.
    let refused: [Dot]
    let theirs: [Commit]
    /// Nothing: then theirs takes the place of mine.
    let gives: [FieldWrite]

    init(
        _ name: String, why: String, mine: [Commit], refused: [Dot] = [], theirs: [Commit],
        gives: [FieldWrite]
    ) {
        self.name = name
        self.why = why
        self.mine = mine
        self.refused = refused
        self.theirs = theirs
        self.gives = gives
    }

    static let all = values + sets + records + refusals

    private static let a1 = Dot(.a, 1)
    private static let b1 = Dot(.b, 1)
    private static let c1 = Dot(.c, 1)
    private static let made = Commit.by(.a, 1, .moves(to: Space.commons), .text(16, "Ana"))

    private static let values = [
        ComparingCase(
            "Nothing is lost", why: "What both have is nothing that the other lacks.",
            mine: [made], theirs: [made], gives: []),
        ComparingCase(
            "A value that nobody else has", why: "It is said once more.",
            mine: [made, .by(.b, 1, .text(19, "555"))], theirs: [made],
            gives: [.text(19, "555")]),
        ComparingCase(
            "A value that somebody has said since",
            why: "Equal values are one for who reads: it need not be said twice.",
            mine: [made, .by(.b, 1, .text(19, "555"))],
            theirs: [made, .by(.c, 1, .text(19, "555"))], gives: []),
        ComparingCase(
            "The same value, overwritten here",
            why: "What says it there will not be said here: its dot is dead.",
            mine: [
                .by(.c, 1, .text(19, "555")), .by(.b, 1, .text(19, "556", over: c1)),
                .by(.b, 2, .text(19, "555", over: b1)), made,
            ],
            theirs: [made, .by(.c, 1, .text(19, "555"))],
            gives: [.text(19, "555", over: b1, c1)]),
        ComparingCase(
            "What was overwritten here and is unknown there",
            why: "Who brings Anna yet, brings what is overwritten.",
            mine: [
                made, .by(.b, 1, .text(16, "Anna", over: a1)),
                .by(.c, 1, .text(16, "Ann", over: b1)),
            ],
            theirs: [made], gives: [.text(16, "Ann", over: a1, b1)]),
        ComparingCase(
            "What was overwritten in between",
            why: "The lost write named Ana. She is not to come up again beside Ann.",
            mine: [
                made, .by(.b, 1, .text(16, "Anna", over: a1)),
                .by(.c, 1, .text(16, "Ann", over: b1)),
            ],
            theirs: [made, .by(.c, 1, .text(16, "Ann", over: b1))],
            gives: [.text(16, "Ann", over: a1)]),
        ComparingCase(
            "Two values that wait for somebody",
            why: "A cell takes one write in a commit, so these are two commits.",
            mine: [
                made, .by(.b, 1, .text(16, "Anna", over: a1)),
                .by(.c, 1, .text(16, "Annie", over: a1)),
            ],
            theirs: [made],
            gives: [.text(16, "Anna", over: a1), .text(16, "Annie", over: a1)]),
        ComparingCase(
            "Dead in another cell",
            why: "A deletion covered the value and was taken back. The cell itself has lost it.",
            mine: [
                made, .by(.b, 1, .text(17, "nurse")), .by(.c, 1, .deletes(a1, b1)),
                .by(.c, 2, .restores(c1)),
            ],
            theirs: [made, .by(.c, 1, .deletes(a1, b1)), .by(.c, 2, .restores(c1))],
            gives: [.text(17, "nurse")]),
        ComparingCase(
            "Dead in the same cell", why: "They know of the write, and what took its place.",
            mine: [made],
            theirs: [made, .by(.b, 1, .text(16, "Anna", over: a1))], gives: []),
        ComparingCase(
            "A value that stays", why: "What is written once overwrites nothing.",
            mine: [made, .by(.b, 1, once("4"))], theirs: [made, .by(.c, 1, once("5"))],
            gives: [once("4")]),
    ]

    private static let sets = [
        ComparingCase(
            "Removed here and in there",
            why: "A removal says another thing than an addition of the same element.",
            mine: [
                made, .by(.b, 1, .adds(38, "es")), .by(.b, 2, .removes(38, "es", over: b1)),
            ],
            theirs: [made, .by(.b, 1, .adds(38, "es"))],
            gives: [.removes(38, "es", over: b1)]),
        ComparingCase(
            "Two elements", why: "Each is a cell of its own, in order.",
            mine: [made, .by(.b, 1, .adds(38, "vi"), .adds(38, "es"))], theirs: [made],
            gives: [.adds(38, "es"), .adds(38, "vi")]),
    ]

    private static let records = [
        ComparingCase(
            "A record that nobody else has", why: "All of it is said, and first where it lives.",
            mine: [made], theirs: [], gives: [.moves(to: Space.commons), .text(16, "Ana")]),
        ComparingCase(
            "A record of which nobody knows where it was made",
            why: "Such a one is the organizers', and a record needs a place to be taken.",
            mine: [.by(.b, 1, .text(17, "nurse"))], theirs: [],
            gives: [.moves(to: Space.organizers), .text(17, "nurse")]),
        ComparingCase(
            "Deleted here",
            why: "What was written goes up too, so that who restores it finds all. The deletion"
                + " is last, and names the dots of what goes before it besides these.",
            mine: [made, .by(.b, 1, .text(17, "nurse")), .by(.c, 1, .deletes(a1, b1))],
            theirs: [made], gives: [.text(17, "nurse"), .deletes(a1, b1)]),
        ComparingCase(
            "Deleted in both", why: "Nobody sees it, here or there.",
            mine: [made, .by(.b, 1, .text(17, "nurse")), .by(.c, 1, .deletes(a1, b1))],
            theirs: [made, .by(.c, 2, .deletes(a1))], gives: []),
        ComparingCase(
            "Erased here", why: "The hub has it still. An admin erases it again.",
            mine: [made, .by(.b, 1, .erases)], theirs: [made], gives: [.erases]),
        ComparingCase(
            "Erased here and unknown there",
            why: "Somebody else may still bring it. An erasure needs no place.",
            mine: [made, .by(.b, 1, .erases)], theirs: [], gives: [.erases]),
        ComparingCase(
            "Erased there", why: "Erasing wins.",
            mine: [made, .by(.b, 1, .text(17, "nurse"))], theirs: [made, .by(.c, 1, .erases)],
            gives: []),
    ]

    private static let refusals = [
        ComparingCase(
            "Refused", why: "Nobody else will ever have it, and what it overwrote stands there.",
            mine: [made, .by(.b, 1, .text(16, "Anna", over: a1))], refused: [b1],
            theirs: [made], gives: []),
        ComparingCase(
            "Refused, where something else is lost", why: "What is lost is not lost with it.",
            mine: [
                made, .by(.c, 1, .text(19, "555")), .by(.b, 1, .text(16, "Anna", over: a1)),
            ], refused: [b1],
            theirs: [made], gives: [.text(19, "555")]),
        ComparingCase(
            "Refused, with what took the place of something lost",
            why: "Ann is what it would be without it, if it is still known what was overwritten.",
            mine: [
                made, .by(.c, 1, .text(16, "Ann", over: a1)),
                .by(.b, 1, .text(16, "Anna", over: c1)),
            ], refused: [b1],
            theirs: [made], gives: [.text(16, "Ann", over: a1)]),
        ComparingCase(
            "Two refused, one upon the other", why: "Neither was.",
            mine: [
                made, .by(.b, 1, .text(16, "Anna", over: a1)),
                .by(.b, 2, .text(16, "Ann", over: b1)),
            ], refused: [b1, Dot(.b, 2)],
            theirs: [made], gives: []),
        ComparingCase(
            "Refused, of what somebody else overwrote too",
            why: "What the other write overwrote stays so.",
            mine: [
                made, .by(.b, 1, .text(16, "Anna", over: a1)),
                .by(.c, 1, .text(16, "Ann", over: a1)),
            ], refused: [b1],
            theirs: [made, .by(.c, 1, .text(16, "Ann", over: a1))], gives: []),
        ComparingCase(
            "Refused, and overwritten since", why: "Its dot is dead here as it is there.",
            mine: [
                made, .by(.b, 1, .text(16, "Anna", over: a1)),
                .by(.b, 2, .text(16, "Ann", over: b1)),
            ], refused: [b1],
            theirs: [made, .by(.b, 2, .text(16, "Ann", over: b1))], gives: []),
        ComparingCase(
            "Made, and refused", why: "Nothing is left of it.",
            mine: [made, .by(.a, 2, .text(19, "555"))], refused: [a1, Dot(.a, 2)],
            theirs: [], gives: []),
        ComparingCase(
            "Erased here, and refused", why: "Who may not erase has erased nothing.",
            mine: [made, .by(.b, 1, .erases)], refused: [b1], theirs: [made], gives: []),
    ]

    private static func once(_ text: String) -> FieldWrite {
        FieldWrite(field: 30, rule: .once, value: .text(text))
    }
}
