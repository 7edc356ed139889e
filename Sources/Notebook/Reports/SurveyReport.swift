import GRDB
import Replication
import Store
import Wording

extension Report {
    static let survey = Report(
        "survey", "How partners judge the coalition, wave by wave.", .days(1095),
        formula: """
            For each wave of a survey that ended in these days, or runs on the last of them, or else \
            began in them, and each scale: mean of \
            the answers, n = who answered one of its items, rate = who answered anything / invited, \
            change = against the wave before. Scales are the lines of the instrument's scoring that \
            read like "trust: 1 2 3", with the numbers of its items; without such lines each item is \
            its own. Items stand each on a line, or on one line with commas between. An answer that is \
            no number, or lies outside the instrument's scale, like 1-5, is left out. One person counts \
            once in a wave, by their last answer. Nothing is shown of fewer than \(SmallCells.least) \
            answers, or than the instrument's own minimum where that is more. With --shared, a rate or \
            an n that would tell of 1 to 4 who did not answer is left out.
            """
    ) { scope in
        var table = ReportTable(
            [
                .init("survey", "Survey", .name), .init("wave", "Wave", .name), .id("waveID"),
                .init("on", "Day"), .init("scale", "Scale", .name), .init("mean", "Mean"),
                .init("n", "n"), .init("rate", "Rate"), .init("change", "Change"),
            ], nothing: "No wave of a survey has a day among these.")
        for instrument in try Instruments(scope).all {
            var before: [String: Double] = [:]
            for wave in instrument.waves {
                let scored = instrument.scores(of: wave)
                let means = scored.compactMapValues(instrument.mean(of:))
                if scope.days.contains(wave.day) {
                    for scale in instrument.scales {
                        let mean = means[scale.name]
                        let change = mean.flatMap { mean in before[scale.name].map { mean - $0 } }
                        table.row(
                            .text(instrument.name), .text(wave.name), .id(wave.id),
                            .day(wave.day), .text(scale.name), ReportValue(number: mean),
                            instrument.count(of: scored[scale.name] ?? [], in: wave, scope),
                            instrument.rate(of: wave, scope), ReportValue(number: change))
                    }
                }
                if !means.isEmpty { before = means }
            }
        }
        return table
    }
}

/// The surveys with what was answered.
private struct Instruments {
    struct Wave {
        let id: RecordID
        let name: String
        let day: Day
        let invited: Int?
        /// One list of scores for each who answered; nil for what is no number.
        var answers: [[Double?]] = []
    }

    struct Scale {
        let name: String
        /// Places of its items, from 0.
        let items: [Int]
    }

    struct Instrument {
        let name: String
        let least: Int
        /// What an answer can be; nil where the instrument does not say.
        let range: ClosedRange<Double>?
        let scales: [Scale]
        /// The earliest first.
        let waves: [Wave]

        /// How many answered a scale, where that may be shown.
        func count(of scores: [Double], in wave: Wave, _ scope: ReportScope) -> ReportValue {
            let count = scores.count
            if count > 0, count < least { return SmallCells.isSmall(count) ? .few : .none }
            let silent = wave.answers.count - count
            return scope.question.isShared && SmallCells.isSmall(silent) ? .none : .count(count)
        }

        func rate(of wave: Wave, _ scope: ReportScope) -> ReportValue {
            guard wave.answers.count >= least, let invited = wave.invited else { return .none }
            return scope.share(wave.answers.count, of: invited)
        }

        /// The mean of as many answers as may be shown.
        func mean(of scores: [Double]) -> Double? {
            scores.count < least ? nil : scores.reduce(0, +) / Double(scores.count)
        }

        /// What each who answered a scale gave it.
        func scores(of wave: Wave) -> [String: [Double]] {
            let scores = scales.map { scale in
                (
                    scale.name,
                    wave.answers.compactMap { answer -> Double? in
                        let own = scale.items.compactMap { place in
                            answer.indices.contains(place) ? answer[place] : nil
                        }.filter { range?.contains($0) ?? true }
                        return own.isEmpty ? nil : own.reduce(0, +) / Double(own.count)
                    }
                )
            }
            return Dictionary(scores, uniquingKeysWith: { _, last in last })
        }
    }

    private(set) var all: [Instrument] = []

    init(_ scope: ReportScope) throws {
        let waves = try Self.waves(scope)
        for row in try Row.fetchAll(
            scope.db,
            sql: """
                SELECT id, name, scoring, minimumCell, scale FROM surveyInstrument
                ORDER BY name COLLATE NOCASE, id
                """)
        {
            guard let id = row.id("id"), let own = waves[id] else { continue }
            let items = try Records.text(
                of: SurveyInstrument.key(id), SurveyInstrument.items, scope.db)
            let least = (row.shown("minimumCell") as Int64?)
                .map(SurveyInstrument.minimumCell.nearest)
            all.append(
                Instrument(
                    name: row.shown("name") ?? said("(no name)"),
                    least: max(SmallCells.least, least ?? 1),
                    range: SurveyInstrument.range(of: row.shown("scale")),
                    scales: Self.scales(
                        row.shown("scoring"), items: items ?? "",
                        count: own.flatMap(\.answers).map(\.count).max() ?? 0),
                    waves: own))
        }
    }

    private static func waves(_ scope: ReportScope) throws -> [RecordID: [Wave]] {
        var answers = try Self.answers(scope)
        var waves: [RecordID: [Wave]] = [:]
        var row = try FastStatement(
            scope.db,
            """
            SELECT instrument, id, name,
                CASE WHEN start <= ?1 THEN min(coalesce("end", start), ?1)
                    ELSE coalesce("end", start) END AS day,
                invited
            FROM surveyWave WHERE instrument IS NOT NULL AND day <= ?1 ORDER BY day, id
            """)
        row.bind(scope.to.number)
        while try row.step() {
            guard let day = row.day(3) else { continue }
            let id = try row.id(1)
            waves[try row.id(0), default: []].append(
                Wave(
                    id: id, name: row.optionalText(2) ?? said("(no name)"), day: day,
                    invited: row.people(4), answers: answers.removeValue(forKey: id) ?? []))
        }
        return waves
    }

    /// Of each wave the last answer of each person, and every answer of nobody in particular.
    private static func answers(_ scope: ReportScope) throws -> [RecordID: [[Double?]]] {
        var named: [RecordID: [RecordID: [Double?]]] = [:]
        var all: [RecordID: [[Double?]]] = [:]
        var row = try FastStatement(
            scope.db,
            """
            SELECT wave, person, scores FROM surveyResponse
            WHERE wave IS NOT NULL AND scores IS NOT NULL AND coalesce("on" <= ?, true)
            ORDER BY "on", id
            """)
        row.bind(scope.to.number)
        while try row.step() {
            let wave = try row.id(0)
            let scores = SurveyResponse.numbers(row.text(2))
            guard scores.contains(where: { $0 != nil }) else { continue }
            if let person = try row.optionalID(1) {
                named[wave, default: [:]][scope.people.canonical(of: person)] = scores
            } else {
                all[wave, default: []].append(scores)
            }
        }
        for (wave, answers) in named { all[wave, default: []] += answers.values }
        return all
    }

    private static func scales(_ scoring: String?, items: String, count: Int) -> [Scale] {
        let scored = (scoring ?? "").split(whereSeparator: \.isNewline).compactMap { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            let places =
                parts.count < 2 ? [] : parts[1].split { !$0.isNumber }.compactMap { Int($0) }
            return places.isEmpty
                ? nil
                : Scale(
                    name: Self.trimmed(parts[0]),
                    items: places.filter { (1...1000).contains($0) }.map { $0 - 1 })
        }
        guard scored.isEmpty else { return scored }
        let lines = items.split(whereSeparator: \.isNewline)
        let names = (lines.count == 1 && count > 1 ? lines[0].split(separator: ",") : lines)
            .map(Self.trimmed)
        return (0..<min(max(names.count, count), 1000)).map { place in
            Scale(
                name: names.indices.contains(place) ? names[place] : said("item \(place + 1)"),
                items: [place])
        }
    }

    private static func trimmed(_ words: Substring) -> String {
        words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
