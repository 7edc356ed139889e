package import Notebook
import Wording

/// How a file is read: what each column holds, and how it is written. Shown, and corrected by who
/// knows better.
package struct ColumnMapping: Sendable {
    /// The headings in order, each with the word for what is below it; nil for what is left out.
    package let columns: [(heading: String, holds: String?)]
    package let encoding: TextEncoding
    package let separator: String
    package internal(set) var dates: DateOrder?
    /// A date that may be in both orders, like all in the file, which are taken to be in the reader's; nil
    /// where the order is known.
    package internal(set) var presumed: String?

    /// What a person said about a file, in a mapping of theirs or on the command line.
    package struct Wishes: Sendable {
        var columns: [String: String?] = [:]
        var encoding: TextEncoding?
        var separator: UInt8?
        package var dates: DateOrder?
        var path = ""

        package init() {}
    }

    var held: [Column?] { columns.map { $0.holds.flatMap(Column.init(named:)) } }

    init(
        _ headings: [String], _ wishes: Wishes, encoding: TextEncoding, separator: UInt8
    ) throws {
        let strange = Set(wishes.columns.keys).subtracting(headings).sorted()
        guard strange.isEmpty else {
            throw InterchangeError.badMapping(
                path: wishes.path,
                problem: "the file has no column called \"\(strange.joined(separator: "\", \""))\"")
        }
        columns = headings.map { heading in
            if let wish = wishes.columns[heading] { return (heading, wish) }
            return (heading, ColumnGuess.column(heading, among: headings)?.name)
        }
        self.encoding = encoding
        self.separator = Separator.names.first { $0.byte == separator }?.name ?? "comma"
        dates = wishes.dates
    }

    /// What a column may hold.
    package static var choices: [String] { Column.names }

    /// How a list would be read.
    package static func guess(_ source: SourceFile, _ wishes: Wishes) throws -> ColumnMapping {
        try CSVTable(source, wishes).mapping
    }

    /// Whether there is a column out of which a name can come.
    var hasName: Bool {
        !Set(columns.compactMap(\.holds)).isDisjoint(with: ["name", "given", "family"])
    }
}

extension ColumnMapping.Wishes {
    /// Reads a mapping. Throws `InterchangeError.badMapping`.
    package init(_ bytes: [UInt8], path: String) throws {
        let bad = { InterchangeError.badMapping(path: path, problem: $0) }
        let object: [String: JSONValue]?
        do {
            object = try JSONReader.value(bytes).object
        } catch let problem as JSONProblem {
            throw bad("it is no JSON: \(problem.words)")
        }
        guard let object else { throw bad("it is no JSON object") }
        self.path = path
        for (heading, holds) in object["columns"]?.object ?? [:] {
            if let word = holds.text, Column(named: word) != nil {
                columns[heading] = .some(word)
            } else if holds == .null {
                columns[heading] = .some(nil)
            } else {
                throw bad(
                    "what \"\(heading)\" holds is none of \(Column.names.listed("or")), or null")
            }
        }
        if let name = object["encoding"]?.text {
            encoding = TextEncoding(rawValue: name)
            if encoding == nil { throw bad("it names an encoding that there is not") }
        }
        if let name = object["separator"]?.text {
            separator = Separator.named(name)
            if separator == nil { throw bad("its separator is no comma, semicolon, tab or bar") }
        }
        if let name = object["dates"]?.text {
            dates = DateOrder(rawValue: name)
            if dates == nil { throw bad("its dates are neither \"dmy\" nor \"mdy\"") }
        }
    }
}

extension ColumnMapping {
    /// The mapping as a file that `Wishes` reads: to be corrected by hand.
    package var text: String {
        var columns: [String: JSONValue] = [:]
        for (heading, holds) in self.columns {
            columns[heading] = holds.map(JSONValue.text) ?? .null
        }
        let lines = columns.sorted { $0.key < $1.key }.map { heading, holds in
            "    \(Self.text(.text(heading))): \(Self.text(holds))"
        }
        // What was presumed of this list is not known of another one.
        let dates = presumed == nil ? dates : nil
        let order = dates.map { ",\n  \"dates\": \"\($0.rawValue)\"" } ?? ""
        return """
            {
              "columns": {
            \(lines.joined(separator: ",\n"))
              },
              "encoding": "\(encoding.rawValue)",
              "separator": "\(separator)"\(order)
            }

            """
    }

    private static func text(_ value: JSONValue) -> String {
        String(decoding: value.bytes, as: UTF8.self)
    }
}
