import Notebook
import Replication
import Store
import Testing

@Suite("Reports for partners and funders")
struct OutsideReportTests {
    let ana: Desk
    let instrument: RecordID

    init() throws {
        ana = try Desk.open()
        instrument = try ana.write(
            SurveyInstrument.kind,
            [
                .set(SurveyInstrument.name, .text("Partners")),
                .set(
                    SurveyInstrument.items,
                    .text("We trust each other\nWe share the work\nIt leads")),
                .set(SurveyInstrument.scoring, .text("trust: 1 2\nleadership: 3")),
            ])
    }

    private func wave(
        _ name: String, on day: Day, invited: Int64, _ scores: [String]
    ) throws -> RecordID {
        let wave = try ana.write(
            SurveyWave.kind,
            [
                .set(SurveyWave.name, .text(name)), .set(SurveyWave.invited, .int(invited)),
                .set(SurveyWave.instrument, .id(instrument)),
                .set(SurveyWave.end, .day(day.number)),
            ])
        for score in scores { try answer(wave, score) }
        return wave
    }

    private func answer(_ wave: RecordID, _ scores: String, by person: RecordID? = nil) throws {
        var changes: [Change] = [
            .set(SurveyResponse.wave, .id(wave)), .set(SurveyResponse.scores, .text(scores)),
        ]
        if let person { changes.append(.set(SurveyResponse.person, .id(person))) }
        try ana.write(SurveyResponse.kind, changes)
    }

    @Test("Items on one line are told apart by commas, each with its own answers on the scale")
    func items() throws {
        try ana.change(
            SurveyInstrument.key(instrument), .set(SurveyInstrument.scoring, .null),
            .set(SurveyInstrument.items, .text("trust, shared work")),
            .set(SurveyInstrument.scale, .text("1-5")))
        _ = try wave(
            "Spring", on: March.third, invited: 9,
            Array(repeating: "2 4", count: 6) + ["3", "5 99"])
        let table = try ana.report("survey")
        #expect(table.column("scale") == [.text("trust"), .text("shared work")])
        #expect(table.column("n") == [.count(8), .count(6)])
        #expect(table.column("mean") == [.number(2.5), .number(4)])
        let shared = try ana.report("survey", ReportQuestion(isShared: true))
        #expect(shared.column("n") == [.count(8), .none])
    }

    @Test("Means of each scale, the response rate, and the change since the wave before")
    func survey() throws {
        _ = try wave(
            "Spring", on: March.third + -300, invited: 10, Array(repeating: "2 4 5", count: 5))
        let autumn = try wave(
            "Autumn", on: March.third + -20, invited: 8, Array(repeating: "4 4 3", count: 4))
        let (rosa, other) = (try ana.add("Rosa Alvarez"), try ana.add("R. Alvarez"))
        try answer(autumn, "1 1 1", by: rosa)
        try answer(autumn, "5, 3, -", by: other)
        try answer(autumn, "what?")
        try ana.notebook.link(rosa, other)
        let table = try ana.report("survey")
        #expect(
            table.column("scale")
                == ["trust", "leadership", "trust", "leadership"].map { .text($0) })
        #expect(table.column("n") == [.count(5), .count(5), .count(5), .few])
        #expect(table.column("rate") == [.ratio(0.5), .ratio(0.5), .ratio(0.625), .ratio(0.625)])
        // Four answers have no third score but one: too few to be shown.
        #expect(table.column("mean") == [.number(3), .number(5), .number(4), .none])
        #expect(table.column("change") == [.none, .none, .number(1), .none])
    }

    @Test("A wave of few answers is not shown, nor one below the instrument's own minimum")
    func few() throws {
        _ = try wave("Spring", on: March.third + -30, invited: 9, ["1 1 1", "2 2 2"])
        var table = try ana.report("survey")
        #expect(table.column("mean") == [.none, .none] && table.column("n") == [.few, .few])
        _ = try wave("Autumn", on: March.third, invited: 9, Array(repeating: "3 3 3", count: 6))
        try ana.change(
            SurveyInstrument.key(instrument), .set(SurveyInstrument.minimumCell, .int(7)))
        table = try ana.report("survey")
        #expect(table.column("mean") == [.none, .none, .none, .none])
        #expect(table.column("rate") == [.none, .none, .none, .none])
    }

    @Test(
        "A funder sees no part of a name, also of somebody who was deleted, and nothing to reach them",
        arguments: [
            "Rosa", "by Álvarez, R.", "for rosa@example.org", "call 612-555-0100", "Rosa's hours",
            "Bo Ng's rides", "王芳的孩子入學", "Visits with 小明", "張小明的訪問",
        ])
    func parts(_ text: String) throws {
        for name in ["Bo Ng", "王芳", "張小明"] { _ = try ana.add(name) }
        let rosa = try ana.add("Rosa Alvarez")
        try ana.notebook.deletePerson(rosa)
        let indicator = try ana.write(
            Indicator.kind,
            [.set(Indicator.name, .text("Hours given")), .set(Indicator.target, .text("80"))])
        let small = ["3", "3.0", "4 people", "2 of 3", "1,0", "٣"]
        let groups = small.indices.map { "young people \($0)" }
        for (value, group) in [("12", text), ("3%", "in the choir")] + zip(small, groups) {
            try ana.write(
                Measurement.kind,
                [
                    .set(Measurement.indicator, .id(indicator)),
                    .set(Measurement.group, .text(group)),
                    .set(Measurement.value, .text(value)),
                    .set(Measurement.on, .day(March.third.number)),
                ])
        }
        let rows = try ana.report("funder").rows.filter { $0[1] == .text("Hours given") }
        #expect(rows.count == 8)
        #expect(!rows.contains { $0[2] == .text(text) })
        #expect(rows.contains { $0[2] == .text("in the choir") && $0[3] == .text("3%") })
        for group in groups {
            #expect(rows.contains { $0[2] == .text(group) && $0[3] == .few }, "\(group)")
        }
    }

    @Test("A funder sees indicators and counts, and nobody's name")
    func funder() throws {
        var names: [String] = []
        for number in 0..<7 {
            let name = "Zelda Quist\(number)"
            names.append(name)
            let person = try ana.add(name)
            try ana.change(
                Person.key(person), .set(Person.tier, .text(number < 6 ? "primary" : "secondary")))
            try ana.meet(person, on: March.third + -3)
        }
        names.append("Z Quist")
        let other = try ana.add("Z. Quist")
        try ana.change(Person.key(other), .set(Person.tier, .text("primary")))
        try ana.notebook.link(other, ana.notebook.findPerson("Zelda Quist5"))
        let kinds = ["High-school graduation", "Hours that Zelda Quist3 gave"]
        for name in kinds {
            let indicator = try ana.write(
                Indicator.kind,
                [
                    .set(Indicator.name, .text(name)), .set(Indicator.target, .text("80")),
                    .set(Indicator.unit, .text("%")),
                ])
            for (value, group, days) in [
                ("61", nil, -90), ("64", nil, -9), ("40", "zelda quist1", -9),
                ("41", "by Z Quist", -8),
            ]
                as [(String, String?, Int64)]
            {
                var changes: [Change] = [
                    .set(Measurement.indicator, .id(indicator)),
                    .set(Measurement.value, .text(value)),
                    .set(Measurement.on, .day((March.third + days).number)),
                ]
                if let group { changes.append(.set(Measurement.group, .text(group))) }
                try ana.write(Measurement.kind, changes)
            }
        }
        let vigil = try ana.action("Vigil for Zelda Quist0", on: March.third + -1)
        try ana.attend(nil, vigil, "attended", count: 3)
        for shared in [true, false] {
            let table = try ana.report("funder", ReportQuestion(isShared: shared))
            let value = { table.row("measure", .text($0))?["value"] }
            #expect(value("High-school graduation") == .text("64"))
            #expect(value("People met") == .count(7) && value("Actions") == .count(1))
            #expect(value("Primary leaders") == .few && value("Secondary leaders") == .few)
            #expect(value("Turnout at actions") == .few && value("Trainings") == .count(0))
            let printed = "\(table.rows) \(table.figures) \(table.notes)".lowercased()
            for name in names { #expect(!printed.contains(name.lowercased()), "\(name)") }
            #expect(!printed.contains("organizer 1"))
            #expect(table.rows.joined().allSatisfy { if case .id = $0 { false } else { true } })
        }
    }

    @Test("Concerns are counted in each neighborhood, however its name is written")
    func neighborhoods() throws {
        let people = try (0..<9).map { try ana.add("Person \($0)") }
        for (number, person) in people.enumerated() where number < 8 {
            let place = number < 6 ? ["Phillips", "PHILLIPS "][number % 2] : "Seward"
            try ana.change(Person.key(person), .set(Person.neighbourhood, .text(place)))
        }
        for person in people { try ana.meet(person, heard: ["rent"]) }
        try ana.meet(people[0], heard: ["air"])
        let table = try ana.report("issues-by-neighbourhood")
        #expect(
            table.column("neighbourhood") == [
                .text("(no neighborhood)"), .text("Phillips"), .text("Phillips"), .text("Seward"),
            ])
        #expect(table.column("people") == [.count(1), .count(6), .count(1), .count(2)])
        #expect(table[1, "share"] == .ratio(1))
        let shared = try ana.report("issues-by-neighbourhood", ReportQuestion(isShared: true))
        // From six of nine the two others together would be known.
        #expect(shared.column("people") == [.few, .few, .few])

        // What is written down of the concern comes before what is of the person.
        try ana.concern(
            "rent", of: people[0], .set(Concern.neighbourhood, .text("seward")))
        let after = try ana.report("issues-by-neighbourhood")
        #expect(after.column("people") == [.count(1), .count(6), .count(1), .count(3)])
        #expect(after[3, "share"] == .ratio(1))
    }
}
