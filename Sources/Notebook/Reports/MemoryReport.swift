import Replication
import Wording

extension Report {
    static let memory = Report(
        "memory", "What to remember before meeting somebody.", .moment, namesPeople: true,
        isAboutOne: true,
        formula: """
            About one person, on the day --to (else today): cautions first, such as how they want to \
            be reached, or not at all, their language and what they need; story, self-interest and \
            pressures as they were last written down; the last \(Brief.recalled) held one-to-ones with their \
            summaries, concerns and next steps; open promises both ways; who else has met them, and \
            whom both they and I have met. It shows what this notebook may read, and is not for a \
            screen that others see.
            """
    ) { scope in
        guard let who = scope.question.who else {
            throw ReportError.needsPerson(report: "memory")
        }
        let sheet = try MemorySheet(who, scope)
        var table = ReportTable(
            [.init("part", ""), .init("day", "Day"), .init("text", "", .text), .id("id")],
            nothing: "Nothing is written down about this person yet.")
        for caution in try sheet.cautions() {
            table.row(.said("caution"), .none, .said(caution), .none)
        }
        for line in try sheet.reflections() {
            table.row(
                .said(Phrase(word: line.part)), ReportValue(line.day), .text(line.text),
                .id(line.id))
        }
        for meeting in sheet.held.prefix(Brief.recalled) {
            table.row(
                .said("met"), ReportValue(meeting.on),
                .said(MemorySheet.words(meeting, today: scope.today)), .id(meeting.id))
        }
        for promise in sheet.open {
            let part: Phrase = promise.direction == "we" ? "we owe" : "they owe"
            table.row(.said(part), ReportValue(promise.due), .text(promise.what), .id(promise.id))
        }
        for (part, id, name) in try sheet.others() {
            table.row(.said(Phrase(word: part)), .none, .text(name), .id(id))
        }
        table.figure("name", "About", .text(try sheet.name()))
        table.figure("meetings", "Held one-to-ones", .count(sheet.held.count))
        return table
    }
}
