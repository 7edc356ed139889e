import Notebook
import Store

/// What a column of a list of people holds.
enum Column: Hashable, Sendable {
    /// A field of a person, whichever the table of kinds has.
    case field(FieldSchema)
    /// The turf, by its name.
    case turf
    /// What tells the person from all others in the list's own program.
    case sourceID
    case part(Part)

    /// Pieces of a name or an address.
    enum Part: String, CaseIterable, Sendable {
        case middle, suffix, secondFamily, street, street2, city, state, postcode, country
    }

    /// The word for it in a mapping; nil for a word that stands for none.
    init?(named name: String) {
        if let field = Person.kind.field(named: name) {
            self = .field(field)
        } else if let part = Part(rawValue: name) {
            self = .part(part)
        } else if name == "turf" {
            self = .turf
        } else if name == "id" {
            self = .sourceID
        } else {
            return nil
        }
    }

    var name: String {
        switch self {
        case .field(let field): field.name
        case .turf: "turf"
        case .sourceID: "id"
        case .part(let part): part.rawValue
        }
    }

    /// Every word that a mapping may use.
    static var names: [String] {
        ["id"] + Person.kind.fields.map(\.name) + ["turf"] + Part.allCases.map(\.rawValue)
    }
}
