import Foundation

/// A person's record in the form in which it is compared: words and contacts as numbers.
struct Traits: Sendable {
    private(set) var given: Int32?
    private(set) var others: [Int32]
    let generation: NameWords.Generation?
    /// Digits, from the last one: what a country's code adds is left out.
    let phones: [[UInt8]]
    let emails: [Email]
    let address: Address?
    let institution: Int32?
    /// Folded.
    let neighbourhood: String?
    let birthday: Birthday?

    struct Email: Sendable, Equatable {
        let whole: [UInt8]
        let local: [UInt8]

        init?(_ text: String) {
            guard let whole = Folding.email(text), let at = whole.lastIndex(of: "@") else {
                return nil
            }
            self.whole = Array(whole.utf8)
            // "ana.reyes+parish" is "anareyes".
            let local = whole[..<at].utf8.prefix { $0 != UInt8(ascii: "+") }
            self.local = local.filter { $0 != UInt8(ascii: ".") }
        }

        /// Whether it says who somebody is, and not what they are for.
        var isPersonal: Bool {
            local.count >= 5 && !Self.offices.contains(String(decoding: local, as: UTF8.self))
        }

        private static let offices: Set<String> = [
            "office", "contact", "contacto", "parish", "admin", "oficina", "church", "hello",
            "parroquia",
        ]
    }

    /// The street, the number of the house, and of the dwelling in it.
    struct Address: Sendable, Equatable {
        let house: String?
        let street: [String]
        let unit: String?

        /// What two addresses in one house have in common.
        var building: String { "\(house ?? "") \(street[0])" }

        /// Two dwellings of one house are two addresses.
        func likeness(to other: Self) -> ContactLevel {
            if let unit, let otherUnit = other.unit, unit != otherUnit { return .different }
            if house == other.house {
                return street[0] == other.street[0] || isSlip(street[0], other.street[0])
                    ? .same : .different
            }
            guard let house, let otherHouse = other.house, street[0] == other.street[0],
                house.count > 2
            else { return .different }
            return isSlip(house, otherHouse) ? .alike : .different
        }

        private func isSlip(_ one: String, _ other: String) -> Bool {
            JaroWinkler.isOneSlip(Array(one.utf8), Array(other.utf8))
        }

        init?(_ text: String) {
            let words = Latin.words(text.replacing("#", with: " apt "))
            let places = words.indices.filter { words[$0].contains(where: \.isNumber) }
            let mark = words.firstIndex { Self.units.contains($0) }
            let house = places.first { $0 != mark.map { $0 + 1 } }
            self.house = house.map { words[$0] }
            unit = mark.flatMap { words.indices.contains($0 + 1) ? words[$0 + 1] : nil }
            street = words.indices.filter { index in
                index != house && index != mark && index != mark.map { $0 + 1 }
            }.map { words[$0] }.filter { !Self.filling.contains($0) && $0.count > 1 }
            if street.isEmpty { return nil }
        }

        private static let units: Set<String> = [
            "apt", "apartment", "unit", "suite", "ste", "depto", "departamento", "apto", "piso",
            "int",
        ]
        private static let filling: Set<String> = [
            "st", "street", "ave", "av", "avenue", "avenida", "calle", "rd", "road", "blvd", "dr",
            "drive", "ln", "lane", "ct", "court", "pl", "place", "way", "n", "s", "e", "w", "ne",
            "nw",
            "se", "sw", "north", "south", "east", "west", "no", "num", "numero", "colonia", "col",
            "de",
            "la", "el", "los", "las", "del",
        ]
    }

    init(_ person: LinkagePerson, _ words: inout Vocabulary, _ institutions: inout [String: Int32])
    {
        let person = person.bounded
        let name = NameWords(person)
        given = name.given.map { words.number(of: $0) }
        others = name.others.map { words.number(of: $0) }
        generation = name.generation
        phones = person.phones.compactMap(Folding.phone).map { $0.utf8.reversed() }
        emails = person.emails.compactMap(Email.init)
        address = person.address.flatMap(Address.init)
        let institution = person.institution.map(Folding.name) ?? ""
        let number = institutions[institution] ?? Int32(institutions.count)
        if !institution.isEmpty { institutions[institution] = number }
        self.institution = institution.isEmpty ? nil : number
        let place = person.neighbourhood.map(Folding.name) ?? ""
        neighbourhood = place.isEmpty ? nil : place
        birthday = person.birthday
    }

    /// Puts the last word first: the family name stood there.
    mutating func turn() {
        guard let first = given, let last = others.popLast() else { return }
        given = last
        others.append(first)
    }

    /// The last seven digits, which are written with or without an area code.
    static func phoneKey(_ phone: [UInt8]) -> [UInt8] { Array(phone.prefix(7)) }
}
