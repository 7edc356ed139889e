import Histories
import Replication

/// Cases about sets, and about a record as a whole: life, space, erasure.
enum MergeCasesOfRecords {
    private static let a1 = Dot(.a, 1)
    private static let b1 = Dot(.b, 1)
    private static let made = Commit.by(
        .a, 1, at: 1_000, .moves(to: Space.commons), .text(16, "Ana"))
    private static let space = CellReading(2, live: "a1", dead: "", winner: "a1", conflict: "")
    private static let name = CellReading(16, live: "a1", dead: "", winner: "a1", conflict: "")

    static let all = sets + lives + spaces

    private static let sets: [MergeCase] = [
        MergeCase(
            "Added and removed apart",
            why: "An addition that the removal did not see keeps the element in.",
            [
                .by(.a, 1, at: 1_000, .adds(19, "choir")),
                .by(.b, 1, at: 3_000, .removes(19, "choir", over: a1)),
                .by(.c, 1, at: 2_000, .adds(19, "choir", over: a1)),
            ],
            cells: [
                CellReading(
                    19, element: "choir", live: "b1 c1", dead: "a1", winner: "b1", conflict: "",
                    present: true)
            ],
            wrong: [
                .init("lets the winner decide", CellReading(19, present: false)),
                .init("lets a removal win", CellReading(19, live: "b1", present: false)),
                .init("shows a conflict", CellReading(19, conflict: "b1 c1")),
            ]),
        MergeCase(
            "Removed by somebody who saw it", why: "The removal named the one addition.",
            [
                .by(.b, 1, at: 500, .removes(19, "choir", over: a1)),
                .by(.a, 1, at: 1_000, .adds(19, "choir")),
            ],
            cells: [
                CellReading(
                    19, element: "choir", live: "b1", dead: "a1", winner: "b1", conflict: "",
                    present: false)
            ],
            wrong: [
                .init("lets every addition win", CellReading(19, live: "a1 b1", present: true))
            ]),
        MergeCase(
            "Two elements", why: "Each element is a cell of its own, so they do not conflict.",
            [.by(.a, 1, at: 1_000, .adds(19, "choir")), .by(.b, 1, at: 2_000, .adds(19, "youth"))],
            cells: [
                CellReading(
                    19, element: "choir", live: "a1", dead: "", winner: "a1", conflict: "",
                    present: true),
                CellReading(
                    19, element: "youth", live: "b1", dead: "", winner: "b1", conflict: "",
                    present: true),
            ],
            wrong: [
                .init(
                    "keeps one cell for the field",
                    CellReading(19, live: "a1 b1", winner: "b1", conflict: "b1 a1"))
            ]),
    ]

    private static let lives: [MergeCase] = [
        MergeCase(
            "Deleted by somebody who saw everything",
            why: "A delete names the values it saw; they stay where they are, covered.",
            [.by(.b, 1, at: 2_000, .deletes(a1)), made],
            cells: [
                CellReading(1, live: "b1", dead: "a1", winner: "b1", conflict: ""), space, name,
            ],
            life: .deleted,
            wrong: [
                .init("kills the values", CellReading(16, live: "", dead: "a1")),
                .init("forgets what was named before it came", life: .deletedWhileEdited),
            ]),
        MergeCase(
            "Deleted while edited",
            why: "A live value that no delete has named keeps the record; nobody loses anything.",
            [
                made, .by(.b, 1, at: 3_000, .deletes(a1)),
                .by(.c, 1, at: 2_000, .text(16, "Anna", over: a1)),
            ],
            cells: [
                CellReading(1, live: "b1", dead: "a1", winner: "b1", conflict: ""), space,
                CellReading(16, live: "c1", dead: "a1", winner: "c1", conflict: ""),
            ],
            life: .deletedWhileEdited,
            wrong: [
                .init("lets the delete win", life: .deleted),
                .init("lets the edit win in silence", life: .alive),
            ]),
        MergeCase(
            "Deleted while a new field was written",
            why: "What counts is the value's dot, in whichever field it stands.",
            [
                made, .by(.b, 1, at: 3_000, .deletes(a1)),
                .by(.c, 1, at: 2_000, .text(17, "nurse")),
            ],
            cells: [
                CellReading(1, live: "b1", dead: "a1", winner: "b1", conflict: ""), space, name,
                CellReading(17, live: "c1", dead: "", winner: "c1", conflict: ""),
            ],
            life: .deletedWhileEdited,
            wrong: [.init("looks at the fields that the delete knew", life: .deleted)]),
        MergeCase(
            "Restored", why: "A restore names the deletes; every value is back.",
            [
                made, .by(.b, 1, at: 3_000, .deletes(a1)),
                .by(.c, 1, at: 2_000, .restores(b1)),
            ],
            cells: [
                CellReading(1, live: "c1", dead: "a1 b1", winner: "c1", conflict: ""), space, name,
            ],
            wrong: [.init("takes the stamp for causality", life: .deleted)]),
        MergeCase(
            "Restored while deleted again",
            why: "The restore did not see the second delete; a live restore keeps the record.",
            [
                made, .by(.b, 1, at: 3_000, .deletes(a1)), .by(.c, 1, at: 4_000, .restores(b1)),
                .by(.b, 2, at: 5_000, .deletes(a1, b1)),
            ],
            cells: [
                CellReading(1, live: "b2 c1", dead: "a1 b1", winner: "b2", conflict: "b2 c1"),
                space, name,
            ],
            wrong: [.init("lets the winner decide", life: .deleted)]),
        MergeCase(
            "Life without a value",
            why: "Only int 0 deletes: whatever else is live in field 1 keeps the record.",
            [
                made, .by(.b, 1, at: 3_000, .deletes(a1)),
                .by(.c, 1, at: 2_000, FieldWrite(field: 1, value: .null)),
            ],
            cells: [
                CellReading(1, live: "b1 c1", dead: "a1", winner: "b1", conflict: "b1 c1"),
                space, name,
            ],
            wrong: [
                .init("takes a restore alone for one", life: .deleted),
                .init("lets the winner decide", life: .deletedWhileEdited),
            ]),
        MergeCase(
            "Erased by a commit with other writes",
            why: "Of a commit that erases nothing else is applied, before field 3 or after it.",
            [
                made,
                .by(.b, 1, at: 2_000, .deletes(a1), .erases, .text(16, "Anna", over: a1)),
            ],
            cells: [CellReading(3, live: "b1", dead: "", winner: "b1", conflict: "")],
            life: .erased,
            wrong: [
                .init("applies what comes before", CellReading(1, live: "b1", dead: "a1")),
                .init("applies what comes after", CellReading(16, live: "b1", dead: "a1")),
            ]),
        MergeCase(
            "Erased, and a late commit",
            why: "An erasure always wins: of an erased record nothing but the erasure is kept.",
            [
                made, .by(.b, 1, at: 500, .erases),
                .by(.c, 1, at: 9_000, .text(16, "Anna", over: a1)),
            ],
            cells: [CellReading(3, live: "b1", dead: "", winner: "b1", conflict: "")],
            life: .erased,
            wrong: [
                .init("erases what has arrived only", CellReading(16, live: "c1", dead: "a1")),
                .init("lets a later edit revive it", life: .alive),
            ]),
    ]

    private static let spaces: [MergeCase] = [
        MergeCase(
            "Moved apart",
            why: """
                Of moves the greatest signed stamp wins: it is the same at every hub. A person is \
                asked to settle it.
                """,
            [
                made,
                .by(.b, 1, at: 9_000, effective: 1_500, .moves(to: Frames.turf, over: a1)),
                .by(.c, 1, at: 2_000, .moves(to: Space.organizers, over: a1)),
            ],
            cells: [
                CellReading(2, live: "b1 c1", dead: "a1", winner: "b1", conflict: "b1 c1"),
                name,
            ],
            wrong: [
                .init("orders by the effective stamp", CellReading(2, winner: "c1")),
                .init("loses one of them in silence", CellReading(2, conflict: "")),
            ]),
        MergeCase(
            "Moved on", why: "A move names the move it saw.",
            [
                .by(.c, 1, at: 1_500, .moves(to: Space.organizers, over: b1)), made,
                .by(.b, 1, at: 9_000, .moves(to: Frames.turf, over: a1)),
            ],
            cells: [CellReading(2, live: "c1", dead: "a1 b1", winner: "c1", conflict: ""), name],
            wrong: [
                .init("takes the stamp for causality", CellReading(2, live: "b1", winner: "b1"))
            ]),
    ]
}
