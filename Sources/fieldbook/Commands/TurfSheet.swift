import Notebook
import Replication
import Terminal
import Wording

/// A turf's people on paper: whom to call or visit, what to remember, and lines to write on.
struct TurfSheet {
    private struct Line {
        let number: Int
        /// The end of the person's id, by which `met` takes them.
        let code: String
        let name: String
        let phone: String
        let facts: [Phrase]
    }

    /// Digits that `met` takes at least.
    private static let leastDigits = 6
    private static let blankLines = 2

    private let title: String
    private let head: Phrase
    private let lines: [Line]

    init(_ name: String, _ rows: [TurfListRow], _ notebook: Notebook) throws {
        let today = notebook.today
        title = name
        head = "\(counted(rows.count, "person", "people")), printed \(today.short(today: today))"
        let ends = Dictionary(
            try notebook.people().map { (Self.digits(of: $0.id, Self.leastDigits), 1) },
            uniquingKeysWith: +)
        lines = rows.enumerated().map { index, row in
            let short = Self.digits(of: row.id, Self.leastDigits)
            return Line(
                number: index + 1, code: ends[short] == 1 ? short : row.id.shortened,
                name: row.name, phone: row.phones.listed("or").text,
                facts: Self.facts(row, today))
        }
    }

    private static func digits(of id: RecordID, _ count: Int) -> String {
        String(id.description.suffix(count))
    }

    private static func facts(_ row: TurfListRow, _ today: Day) -> [Phrase] {
        let met: Phrase = row.lastMet.map { "Last met \($0.short(today: today))." } ?? "Never met."
        let next = row.followUp.map { step -> Phrase in
            step.due.map { "Next: \(step.what) (\($0.short(today: today)))" }
                ?? "Next: \(step.what)"
        }
        return [met] + (next.map { [$0] } ?? [])
            + row.owed.map { promise -> Phrase in
                let day = promise.due.map { " (\($0.short(today: today)))" } ?? ""
                return promise.direction == "we"
                    ? "We owe: \(promise.what)\(day)" : "Owes: \(promise.what)\(day)"
            }
    }

    /// How to bring back what was written on it.
    private static func entering(_ code: String) -> Phrase {
        """
        Back at the notebook: fieldbook met \(code) --on DATE --summary - takes down a one-to-one with \
        the person whose code that is. Who finds this sheet can read it: bring it back, or tear it up.
        """
    }

    func fill(_ page: inout Page) {
        page.line(title, .bold)
        page.line(head)
        for line in lines {
            page.line()
            var table = Table([.number(""), .name(""), .text(""), .fixed("")])
            table.row(
                .init("\(line.number)"), .init(line.name, .bold), .init(line.phone),
                .init("code \(line.code)"))
            page.table(table)
            for fact in line.facts { page.paragraph(Plain.oneLine(fact.text), indent: 4) }
            for _ in 0..<Self.blankLines {
                page.line("    " + String(repeating: "_", count: Self.blankColumns))
            }
        }
        guard let first = lines.first else { return }
        page.line()
        page.paragraph(Self.entering(first.code))
    }

    private static let blankColumns = 72
}

extension TurfSheet {
    /// One page for a printer, with nothing in it that it would have to fetch.
    var html: String {
        let people = lines.map(Self.html).joined(separator: "\n")
        let entering = lines.first.map { Self.entering($0.code) } ?? Phrase("")
        return """
            <!DOCTYPE html>
            <html lang="\(Language.current.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(HTML.escaped(title))</title>
            <style>\(Self.style)</style>
            </head>
            <body>
            <h1>\(HTML.escaped(title))</h1>
            <p>\(HTML.escaped(head.text))</p>
            <ol>
            \(people)
            </ol>
            <p class="small">\(HTML.escaped(entering.text))</p>
            </body>
            </html>

            """
    }

    private static func html(_ line: Line) -> String {
        let facts = line.facts.map { "<p>\(HTML.escaped($0.text))</p>" }.joined()
        let blanks = String(repeating: "<p class=\"blank\"></p>", count: blankLines)
        return """
            <li><h2>\(HTML.escaped(line.name)) <span>\(HTML.escaped(line.phone))</span> \
            <code>\(line.code)</code></h2>\(facts)\(blanks)</li>
            """
    }

    private static let style = """
        body{font:12pt/1.35 serif;margin:1.5cm;color:#000;background:#fff}h1{font-size:16pt;margin:0}\
        li{break-inside:avoid;margin:0 0 .6cm}h2{font-size:12pt;margin:.3cm 0 0;display:flex;gap:1em}\
        code{margin-left:auto;font-weight:normal}p{margin:0}.blank{border-bottom:1px solid #888;\
        height:.8cm}.small{font-size:9pt;margin-top:.5cm}@page{margin:1.5cm}\
        @media print{body{margin:0}}
        """
}
