/// A town's lists of people, with several records of some: as many as are asked for, the same ones each
/// time.
///
/// There are what makes two people look like one: families with one telephone, one address or one mailbox,
/// twins, parents and children of one name, and namesakes, also in one house; and what makes one look
/// like two: slips of the finger and the ear, nicknames, names in another order, in another script, without
/// accents or with a maiden name, missing fields, and moves.
package struct Town: Sendable {
    package private(set) var records: [LabelledPerson] = []
    private var random: SplitMix64
    private var labels = 0

    package init(records count: Int, seed: UInt64) {
        random = SplitMix64(seed: seed)
        while records.count < count {
            for resident in household() { write(resident) }
        }
        records = Array(records.shuffled(using: &random).prefix(count))
    }

    private mutating func write(_ resident: Resident) {
        labels += 1
        records.append(resident.record(labels, &random))
        guard random.chance(20) else { return }
        for _ in 0..<(random.chance(20) ? 2 : 1) {
            records.append(resident.otherRecord(labels, &random))
        }
    }

    private mutating func household() -> [Resident] {
        let names = people()
        let families = familyNames(names)
        let (address, phone) = (Self.address(&random), Self.phone(&random))
        var members: [Resident] = []
        let count = 1 + random.below(5)
        for number in 0..<count {
            let isWoman = random.chance(50)
            let given = zipf(isWoman ? names.women : names.men)
            // Partners may keep their names.
            let own = number == 1 && random.chance(40) ? familyNames(names) : families
            var member = Resident(
                names: names, given: given, families: own, isWoman: isWoman, address: address)
            member.phone = random.chance(60) ? phone : Self.phone(&random)
            member.email = Self.email(given, own, &random)
            members.append(member)
        }
        if count > 1, random.chance(10) { Self.nameAfter(&members) }
        if count > 1, random.chance(8) { members[1].email = members[0].email }
        // Two of one given name are one too many, unless a child is named after a parent.
        var seen: Set<String> = []
        members = members.filter { seen.insert($0.given + ($0.generation ?? "")).inserted }
        if random.chance(1) { addNamesake(&members) }
        return members
    }

    /// A child has a parent's name; lists say so.
    private static func nameAfter(_ members: inout [Resident]) {
        let parent = members[0]
        var child = Resident(
            names: parent.names, given: parent.given, families: parent.families,
            isWoman: parent.isWoman, address: parent.address)
        (child.phone, child.email) = (members[1].phone, members[1].email)
        child.generation = "Jr."
        members[1] = child
    }

    /// Somebody else of the same name, on another floor.
    private mutating func addNamesake(_ members: inout [Resident]) {
        var other = members[0]
        other.generation = nil
        other.phone = Self.phone(&random)
        other.email = Self.email(other.given, other.families, &random)
        let floor = 1 + random.below(9)
        for index in members.indices { members[index].address += " Apt \(floor)0" }
        other.address += " Apt \(floor)1"
        members.append(other)
    }

    private mutating func people() -> TownNames {
        switch random.below(100) {
        case ..<45: .spanish
        case ..<83: .english
        case ..<90: .vietnamese
        case ..<95: .arabic
        default: .russian
        }
    }

    private mutating func familyNames(_ names: TownNames) -> [String] {
        let first = zipf(names.families)
        return names.hasTwoFamilies && random.chance(50) ? [first, zipf(names.families)] : [first]
    }

    /// The first of a list more often than the last.
    private mutating func zipf(_ names: [String]) -> String {
        random.chance(50) ? names[random.below((names.count + 2) / 3)] : random.pick(names)
    }

    static func phone(_ random: inout SplitMix64) -> String {
        let area = random.pick(["612", "651", "763", "952"])
        let digits = String(1_000_000 + random.below(9_000_000))
        return area + digits
    }

    static func email(_ given: String, _ families: [String], _ random: inout SplitMix64) -> String {
        let words = [given, families[0]].map { Slip.withoutAccents($0).lowercased() }
        // Nobody has another's mailbox.
        let number = random.below(1_000_000)
        let provider = random.pick(["example.org", "mail.example", "post.example", "example.net"])
        return "\(words.joined(separator: random.pick(["", ".", "_"])))\(number)@\(provider)"
    }

    static func address(_ random: inout SplitMix64) -> String {
        let streets = [
            "Oak", "Maple", "Lake", "Juárez", "Hidalgo", "Chicago", "Bloomington", "Cedar",
            "Franklin",
            "Lyndale", "Penn", "Morgan", "Emerson", "Fremont", "Girard", "Humboldt", "Irving",
            "James",
            "Knox", "Logan", "Newton", "Oliver", "Queen", "Russell", "Sheridan", "Thomas", "Upton",
            "Vincent", "Washburn", "Xerxes", "York", "Zenith",
        ]
        let kind = random.pick(["St", "Street", "Ave", "Avenue"])
        return "\(1 + random.below(9000)) \(random.pick(streets)) \(kind)"
    }
}
