import Histories
import Replication

/// Cases about one field, or several beside each other.
enum MergeCasesOfFields {
    private static let a1 = Dot(.a, 1)
    private static let b1 = Dot(.b, 1)
    private static let ana = Commit.by(.a, 1, at: 1_000, .text(16, "Ana"))
    private static let anna = Commit.by(.b, 1, at: 2_000, .text(16, "Anna"))

    static let all = named + conflicts + shown + immutable

    private static let named: [MergeCase] = [
        MergeCase(
            "The overwriter arrives before what it overwrites",
            why: "A dot is dead once it was named, also when its write comes later.",
            [.by(.b, 1, at: 2_000, .text(16, "Anna", over: a1)), ana],
            cells: [CellReading(16, live: "b1", dead: "a1", winner: "b1", conflict: "")],
            wrong: [
                .init(
                    "forgets a dead dot whose target has not arrived",
                    CellReading(16, live: "a1 b1", conflict: "b1 a1")),
                .init(
                    "drops a write that names what has not arrived",
                    CellReading(16, live: "a1", winner: "a1")),
            ]),
        MergeCase(
            "The overwriter's clock is behind",
            why: "Naming decides what is kept; a stamp only orders what is shown.",
            [
                .by(.a, 1, at: 9_000, .text(16, "Ana")),
                .by(.b, 1, at: 1_000, .text(16, "Anna", over: a1)),
            ],
            cells: [CellReading(16, live: "b1", dead: "a1", winner: "b1", conflict: "")],
            wrong: [
                .init("takes the stamp for causality", CellReading(16, live: "a1", winner: "a1"))
            ]),
        MergeCase(
            "Seen the second, not the first",
            why: "Only named dots die: whoever saw a2 need not have seen a1.",
            [
                ana, .by(.a, 2, at: 1_100, .text(16, "Anne")),
                .by(.b, 1, at: 2_000, .text(16, "Anna", over: Dot(.a, 2))),
            ],
            cells: [CellReading(16, live: "a1 b1", dead: "a2", winner: "b1", conflict: "b1 a1")],
            wrong: [
                .init(
                    "keeps a version vector per cell",
                    CellReading(16, live: "b1", dead: "a1 a2", conflict: ""))
            ]),
        MergeCase(
            "A dot that never was",
            why: "Naming a dot that does not exist harms nobody else's write.",
            [ana, .by(.b, 1, at: 2_000, .text(16, "Anna", over: Dot(.a, 99)))],
            cells: [CellReading(16, live: "a1 b1", dead: "a99", winner: "b1", conflict: "b1 a1")],
            wrong: [
                .init("keeps a version vector per cell", CellReading(16, live: "b1", conflict: ""))
            ]),
        MergeCase(
            "A commit that names itself",
            why: "The law has no exception: the write is dead on arrival.",
            [.by(.a, 1, .text(16, "Ana", over: a1))],
            cells: [CellReading(16, live: "", dead: "a1", conflict: "")],
            wrong: [.init("spares the write's own dot", CellReading(16, live: "a1", dead: ""))]),
        MergeCase(
            "One commit, two fields, one of them overwritten",
            why: "A dot dies in the cell whose write named it, not in the whole record.",
            [
                .by(.a, 1, at: 1_000, .text(16, "Ana"), .text(17, "nurse")),
                .by(.b, 1, at: 2_000, .text(16, "Anna", over: a1)),
            ],
            cells: [
                CellReading(16, live: "b1", dead: "a1", winner: "b1", conflict: ""),
                CellReading(17, live: "a1", dead: "", winner: "a1", conflict: ""),
            ],
            wrong: [.init("keeps dead dots per record", CellReading(17, live: ""))]),
    ]

    private static let conflicts: [MergeCase] = [
        MergeCase(
            "Two edit one field apart", why: "Both are kept, and both are shown.", [ana, anna],
            cells: [CellReading(16, live: "a1 b1", dead: "", winner: "b1", conflict: "b1 a1")],
            wrong: [.init("last writer wins", CellReading(16, live: "b1", conflict: ""))]),
        MergeCase(
            "Two edit different fields apart", why: "Fields do not conflict with each other.",
            [ana, .by(.b, 1, at: 2_000, .text(17, "nurse"))],
            cells: [
                CellReading(16, live: "a1", dead: "", winner: "a1", conflict: ""),
                CellReading(17, live: "b1", dead: "", winner: "b1", conflict: ""),
            ],
            wrong: [.init("the last writer wins the record", CellReading(16, live: ""))]),
        MergeCase(
            "Two write the same", why: "Equal values are one for the reader; both writes are kept.",
            [ana, .by(.b, 1, at: 500, .text(16, "Ana"))],
            cells: [CellReading(16, live: "a1 b1", dead: "", winner: "a1", conflict: "")],
            wrong: [
                .init("counts writes, not values", CellReading(16, conflict: "a1 b1")),
                .init("drops an equal write", CellReading(16, live: "a1")),
            ]),
        MergeCase(
            "Three, and two of them the same",
            why: "Each different value is shown once, by the greatest write that says it.",
            [
                ana, .by(.b, 1, at: 2_000, .text(16, "Ana")),
                .by(.c, 1, at: 3_000, .text(16, "Ann")),
            ],
            cells: [CellReading(16, live: "a1 b1 c1", dead: "", winner: "c1", conflict: "c1 b1")],
            wrong: [
                .init("counts writes, not values", CellReading(16, conflict: "c1 b1 a1")),
                .init("shows the least of equal ones", CellReading(16, conflict: "c1 a1")),
            ]),
        MergeCase(
            "Composed and decomposed", why: "Values are compared as bytes and never normalised.",
            [
                .by(.a, 1, at: 1_000, .text(16, "Jos\u{E9}")),
                .by(.b, 1, at: 2_000, .text(16, "Jose\u{301}")),
            ],
            cells: [CellReading(16, live: "a1 b1", dead: "", winner: "b1", conflict: "b1 a1")],
            wrong: [.init("compares text as text", CellReading(16, conflict: ""))]),
        MergeCase(
            "A person settles", why: "The settling write names them all.",
            [ana, anna, .by(.c, 1, at: 1_500, .text(16, "Ann", over: a1, b1))],
            cells: [CellReading(16, live: "c1", dead: "a1 b1", winner: "c1", conflict: "")],
            wrong: [
                .init("takes the stamp for causality", CellReading(16, live: "b1", winner: "b1"))
            ]),
        MergeCase(
            "A settle that saw only one",
            why: "What the person did not see stays, however many replicas have merged.",
            [ana, anna, .by(.c, 1, at: 3_000, .text(16, "Ann", over: a1))],
            cells: [CellReading(16, live: "b1 c1", dead: "a1", winner: "c1", conflict: "c1 b1")],
            wrong: [.init("a settle ends the conflict", CellReading(16, live: "c1", conflict: ""))]
        ),
        MergeCase(
            "Two settle apart", why: "Their two answers are a new conflict.",
            [
                ana, anna, .by(.c, 1, at: 3_000, .text(16, "Ann", over: a1, b1)),
                .by(.a, 2, at: 4_000, .text(16, "Annie", over: a1, b1)),
            ],
            cells: [CellReading(16, live: "a2 c1", dead: "a1 b1", winner: "a2", conflict: "a2 c1")],
            wrong: [.init("last writer wins", CellReading(16, live: "a2", conflict: ""))]),
    ]

    private static func latest(_ value: Int64, over dots: Dot...) -> FieldWrite {
        FieldWrite(field: 18, rule: .latest, value: .int(value), overwrites: dots)
    }

    private static func once(_ text: String) -> FieldWrite {
        FieldWrite(field: 20, rule: .once, value: .text(text))
    }

    private static let shown: [MergeCase] = [
        MergeCase(
            "Latest", why: "It merges like keep; only the winner is ever shown.",
            [.by(.a, 1, at: 2_000, latest(7)), .by(.b, 1, at: 1_000, latest(8))],
            cells: [CellReading(18, live: "a1 b1", dead: "", winner: "a1", conflict: "")],
            wrong: [
                .init("shows a conflict", CellReading(18, conflict: "a1 b1")),
                .init("keeps the winner alone", CellReading(18, live: "a1")),
            ]),
        MergeCase(
            "A clock in the future, lowered by its hub",
            why: "Of two effective stamps of one commit the smaller holds, whichever came first.",
            [
                .by(.a, 1, at: 9_000, .text(16, "Ana")),
                .by(.a, 1, at: 9_000, effective: 1_500, .text(16, "Ana")), anna,
            ],
            cells: [CellReading(16, live: "a1 b1", dead: "", winner: "b1", conflict: "b1 a1")],
            wrong: [
                .init("orders by the signed stamp", CellReading(16, winner: "a1")),
                .init(
                    "takes the effective stamp that came last", CellReading(16, winner: "a1")),
            ]),
        MergeCase(
            "Equal stamps", why: "The greater dot wins; devices are unsigned numbers.",
            [
                .by(.a, 1, at: 1_000, .text(16, "Ana")),
                .by(DeviceID(rawValue: 1), 7, at: 1_000, .text(16, "Anna")),
            ],
            cells: [CellReading(16, live: "d7 a1", dead: "", winner: "a1", conflict: "a1 d7")],
            wrong: [
                .init("compares devices as signed numbers", CellReading(16, winner: "d7")),
                .init("compares seqs before devices", CellReading(16, winner: "d7")),
            ]),
        MergeCase(
            "Unknown kind, field, type and rule",
            why: "A hub merges what a newer app wrote: an unknown rule merges like keep.",
            [
                .by(.a, 1, at: 1_000, on: newer, unknown([1, 2, 3])),
                .by(.b, 1, at: 2_000, on: newer, unknown([0x80, 0])),
                .by(.c, 1, at: 1_500, on: newer, unknown([9], over: a1)),
            ],
            cells: [
                CellReading(
                    1_000_000, live: "b1 c1", dead: "a1", winner: "b1", conflict: "b1 c1")
            ],
            wrong: [
                .init("skips what it does not know", CellReading(1_000_000, live: "", dead: "")),
                .init(
                    "lets the last writer win", CellReading(1_000_000, live: "b1", conflict: "")),
            ]),
    ]

    private static let immutable: [MergeCase] = [
        MergeCase(
            "Once", why: "An immutable value is never dead, and the earliest is shown for good.",
            [
                .by(.a, 1, at: 2_000, once("late")), .by(.b, 1, at: 1_000, once("early")),
                .by(.c, 1, at: 3_000, .text(20, "no", over: a1, b1)),
            ],
            cells: [
                CellReading(20, live: "a1 b1 c1", dead: "a1 b1", winner: "b1", conflict: "")
            ],
            wrong: [
                .init("lets it be overwritten", CellReading(20, live: "c1", winner: "c1")),
                .init("shows the greatest stamp", CellReading(20, winner: "c1")),
                .init("shows what cannot be settled", CellReading(20, conflict: "b1 c1 a1")),
            ]),
        MergeCase(
            "Once, after a value that is not",
            why: "Beside an immutable value the earliest write is shown, whatever its own rule.",
            [.by(.a, 1, at: 2_000, once("late")), .by(.b, 1, at: 1_000, .text(20, "early"))],
            cells: [CellReading(20, live: "a1 b1", dead: "", winner: "b1", conflict: "")],
            wrong: [
                .init("shows the least of the immutable ones", CellReading(20, winner: "a1")),
                .init("shows what cannot be settled", CellReading(20, conflict: "b1 a1")),
            ]),
    ]

    private static let newer = RecordKey(4_000, RecordKey.sample.id)

    private static func unknown(_ bytes: [UInt8], over dots: Dot...) -> FieldWrite {
        FieldWrite(
            field: 1_000_000, rule: MergeRule(rawValue: 9),
            value: Value(type: ValueType(rawValue: 77), bytes: bytes), overwrites: dots)
    }
}
