import Terminal
import Wording

/// A value of any shape, for JSON and, indented, for people.
indirect enum Tree: Encodable {
    case null
    case text(String)
    case number(Int64)
    case decimal(Double)
    case flag(Bool)
    case list([Tree])
    /// In the order in which people read them.
    case fields([(name: String, value: Tree)])

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .fields(let fields):
            var container = encoder.container(keyedBy: Name.self)
            for (name, value) in fields {
                try container.encode(value, forKey: Name(stringValue: name))
            }
        case .list(let list):
            var container = encoder.unkeyedContainer()
            for value in list { try container.encode(value) }
        default:
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .number(let number): try container.encode(number)
            case .decimal(let number): try container.encode(number)
            case .flag(let flag): try container.encode(flag)
            default: try container.encodeNil()
            }
        }
    }

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) {
            self.stringValue = stringValue
        }

        init?(intValue: Int) { nil }
    }
}

extension Tree {
    /// Adds the tree to a page, each level two columns further in.
    func print(on page: inout Page, indent: Int = 0) {
        let margin = String(repeating: " ", count: indent)
        switch self {
        case .fields(let fields):
            for (name, value) in fields {
                value.print(on: &page, after: margin + name + ":", indent)
            }
        case .list(let list):
            for value in list { value.print(on: &page, after: margin + "-", indent) }
        default:
            page.line(margin + word)
        }
    }

    private func print(on page: inout Page, after label: String, _ indent: Int) {
        switch self {
        case .fields(let fields) where !fields.isEmpty:
            page.line(label)
            print(on: &page, indent: indent + 2)
        case .list(let list) where !list.isEmpty:
            page.line(label)
            print(on: &page, indent: indent + 2)
        default:
            page.line(label + " " + word)
        }
    }

    /// A value that fits into a line.
    private var word: String {
        switch self {
        case .null, .fields, .list: "none"
        case .text(let text): text
        case .number(let number): "\(number)"
        case .decimal(let number): "\(number)"
        case .flag(let flag): flag ? "yes" : "no"
        }
    }
}
