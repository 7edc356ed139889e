import Notebook
import Wording

/// The same of what was done together, of partners, and of the whole web.
extension Bounds {
    mutating func research(_ table: ReportTable) {
        let parts = ["roles", "firstTimers", "residents"]
        for row in table.rows.indices {
            people("people \(row)", table[row, "people"])
            for part in parts {
                people("\(part) \(row)", table[row, part])
                split("people \(row)", "\(part) \(row)", rest: "no \(part) \(row)")
            }
        }
        for part in parts + ["people"] {
            people(part, part == "roles" ? table.figure(part) : nil)
            sum(part, table.rows.indices.map { "\(part) \($0)" })
        }
        split("people", "firstTimers", rest: "no firstTimers")
        share("firstTimers", of: "people", table.figure("firstTimers"))
    }

    mutating func turnoutLadder(_ table: ReportTable) {
        let steps = ["invited", "pledged", "confirmed", "came", "walkIns", "noShow", "cancelled"]
        for row in table.rows.indices {
            for step in steps { people("\(step) \(row)", table[row, step]) }
            sum("there \(row)", ["came \(row)", "walkIns \(row)"])
            people("there \(row)")
            know("goal \(row)", table[row, "goal"])
            share("there \(row)", of: "goal \(row)", table[row, "done"])
        }
    }

    mutating func turnoutBoard(_ table: ReportTable) {
        for row in table.rows.indices {
            people("people \(row)", table[row, "people"])
            people("unmet \(row)", table[row, "unmet"])
            split("people \(row)", "unmet \(row)", rest: "met \(row)")
            know("contacts \(row)", table[row, "contacts"])
            share("contacts \(row)", of: "people \(row)", table[row, "each"])
            share("contacts \(row)", of: "contacts", table[row, "share"])
            atMost("met \(row)", "contacts \(row)")
            if self["contacts \(row)"].lowerBound > 0 { know("met \(row)", 1...1_000_000) }
        }
        sum("contacts", table.rows.indices.map { "contacts \($0)" })
        people("outside", table.figure("outside"))
        know("contacts outside", table.figure("outsideContacts"))
        people("met outside")
        atMost("met outside", "contacts outside")
        if self["contacts outside"].lowerBound > 0 { know("met outside", 1...1_000_000) }
        split("outside", "met outside", rest: "unmet outside")
    }

    mutating func chain(_ table: ReportTable) {
        for row in table.rows.indices where table[row, "link"] == .text("concerns") {
            people("people \(row)")
            know("mentions \(row)", table[row, "count"])
            atMost("people \(row)", "mentions \(row)")
            guard case .said(let detail)? = table[row, "detail"] else { continue }
            let words = detail.text(in: .english)
            if let count = words.split(separator: " ").last.flatMap({ Int($0) }) {
                know("people \(row)", count...count)
            }
        }
    }

    mutating func survey(_ table: ReportTable) {
        for row in table.rows.indices {
            people("answered \(row)", table[row, "n"])
            people("invited \(row)")
            split("invited \(row)", "answered \(row)", rest: "silent \(row)")
            share("answered \(row)", of: "invited \(row)", table[row, "rate"])
        }
    }

    mutating func equity(_ table: ReportTable) {
        let isTurf = { (row: Int) in table[row, "id"] != ReportValue.none }
        for row in table.rows.indices where table[row, "among"] != .text("institutions") {
            people("people \(row)", table[row, "count"])
            people("unmet \(row)")
            split("people \(row)", "unmet \(row)", rest: "met \(row)")
            share("unmet \(row)", of: "people \(row)", table[row, "unmet"])
            know("meetings \(row)", table[row, "meetings"])
            share("meetings \(row)", of: "people \(row)", table[row, "mean"])
            atMost("met \(row)", "meetings \(row)")
        }
        guard !table.rows.isEmpty else { return }
        let turfs = table.rows.indices.filter(isTurf)
        for part in ["people", "unmet", "met", "meetings"] {
            people("\(part) of no turf")
            sum("\(part) 0", turfs.map { "\(part) \($0)" } + ["\(part) of no turf"])
        }
        split("people of no turf", "unmet of no turf", rest: "met of no turf")
    }

    mutating func network(_ table: ReportTable) {
        let value = { (key: String) in
            table.rows.indices.first { table[$0, "key"] == .text(key) }.flatMap {
                table[$0, "value"]
            }
        }
        people("nodes", value("nodes"))
        people("isolates", value("isolates"))
        people("largest")
        people("cutPoints", value("cutPoints"))
        split("nodes", "isolates", rest: "tied")
        split("nodes", "cutPoints", rest: "no cut-points")
        split("nodes", "largest", rest: "outside the largest")
        share("largest", of: "nodes", value("largest"))
        know("components", value("components"))
        sum("components", ["isolates", "parts"])
        guard case .count(let edges)? = value("edges"),
            case .number(let mean)? = value("meanDegree")
        else { return }
        if edges > 0 {
            let nodes = Int((2 * Double(edges) / mean).rounded())
            know("nodes", nodes...nodes)
            know("parts", 1...edges)
        }
    }

    mutating func funder(_ table: ReportTable) {
        for row in table.rows.indices {
            guard case .said(let measure)? = table[row, "measure"] else { continue }
            let name = measure.text(in: .english)
            guard !["House meetings", "Trainings", "Actions"].contains(name) else { continue }
            people(name, table[row, "value"])
        }
        atMost("People met", "One-to-ones held")
    }
}
