/// A person as they are, whatever lists say of them.
struct Resident {
    let names: TownNames
    var given: String
    let families: [String]
    let isWoman: Bool
    /// "Jr." or "Sr.", of whom a parent or child has the same name.
    var generation: String?
    var phone: String?
    var email: String?
    var address: String

    /// What a list calls them.
    func name(given: String, families: [String]) -> String {
        written(names.isFamilyFirst ? families + [given] : [given] + families)
    }

    private func written(_ words: [String]) -> String {
        (words + [generation].compactMap { $0 }).joined(separator: " ")
    }

    /// The record of a careful clerk.
    func record(_ label: Int, _ random: inout SplitMix64) -> LabelledPerson {
        LabelledPerson(
            label: label, name: name(given: given, families: families),
            phone: random.chance(80) ? phone.map { Slip.format($0, &random) } : nil,
            email: random.chance(60) ? email : nil, address: random.chance(75) ? address : nil)
    }

    /// Another record of the same person: made by somebody else, years later, in a hurry.
    func otherRecord(_ label: Int, _ random: inout SplitMix64) -> LabelledPerson {
        var later = self
        if random.chance(20) { later.address = Town.address(&random) }
        if random.chance(20) { later.phone = Town.phone(&random) }
        if random.chance(20) { later.email = Town.email(given, families, &random) }
        if let phone = later.phone, random.chance(3) { later.phone = Slip.dialling(phone, &random) }
        var record = later.record(label, &random)
        record.name = otherName(&random)
        return record
    }

    private func otherName(_ random: inout SplitMix64) -> String {
        var (given, families) = (given, families)
        if let short = names.short[given], random.chance(20) { given = random.pick(short) }
        if families.count > 1, random.chance(35) { families.removeLast() }
        if isWoman, !names.isFamilyFirst, random.chance(4) {
            families = [random.pick(names.families)]
        }
        if random.chance(8) { given = Slip.typing(given, &random) }
        if random.chance(8) { families[0] = Slip.typing(families[0], &random) }
        if random.chance(8) { families[0] = Slip.hearing(families[0], &random) }
        if random.chance(3) { given = String(given.prefix(1)) + "." }
        if random.chance(40) { (given, families) = inScript(given, families) }
        var name = self.name(given: given, families: families)
        switch random.below(100) {
        case ..<4: name = written(families + [given])
        case ..<8: name = "\(families.joined(separator: " ")), \(written([given]))"
        case ..<10: name = written([given])
        default: break
        }
        if random.chance(50) { name = Slip.withoutAccents(name) }
        return random.chance(10) ? name.uppercased() : name
    }

    private func inScript(_ given: String, _ families: [String]) -> (String, [String]) {
        guard let first = names.script[given], let last = names.script[families[0]] else {
            return (given, families)
        }
        return (first, [last])
    }
}
