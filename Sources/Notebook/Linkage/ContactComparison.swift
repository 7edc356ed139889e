/// How two people can be reached, beside each other.
extension Census {
    func comparePhones(
        _ a: Traits, _ b: Traits, _ strangers: Strangers, _ levels: inout Levels
    ) {
        guard !a.phones.isEmpty, !b.phones.isEmpty else { return }
        var level = ContactLevel.different
        for one in a.phones {
            for other in b.phones {
                // Written with and without what stands before it.
                let count = min(one.count, other.count)
                if one.prefix(count) == other.prefix(count) {
                    levels[.phone] = Int(ContactLevel.same.rawValue)
                    let bearers = phoneCounts[Traits.phoneKey(one)] ?? 0
                    return strangers.weigh(chanceOfContact(bearers), .phone, &levels)
                }
                if JaroWinkler.isOneSlip(one, other) { level = .alike }
            }
        }
        levels[.phone] = Int(level.rawValue)
    }

    func compareEmails(
        _ a: Traits, _ b: Traits, _ strangers: Strangers, _ levels: inout Levels
    ) {
        guard !a.emails.isEmpty, !b.emails.isEmpty else { return }
        var level = ContactLevel.different
        for one in a.emails {
            for other in b.emails {
                if one.whole == other.whole {
                    levels[.email] = Int(ContactLevel.same.rawValue)
                    let bearers = emailCounts[one.whole] ?? 0
                    return strangers.weigh(chanceOfContact(bearers), .email, &levels)
                }
                let isSameLocal = one.local == other.local && one.isPersonal
                if isSameLocal || JaroWinkler.isOneSlip(one.whole, other.whole) {
                    level = .alike
                }
            }
        }
        levels[.email] = Int(level.rawValue)
    }

    func compareAddresses(
        _ a: Traits, _ b: Traits, _ strangers: Strangers, _ levels: inout Levels
    ) {
        guard let one = a.address, let other = b.address else { return }
        let likeness = one.likeness(to: other)
        levels[.address] = Int(likeness.rawValue)
        guard likeness == .same else { return }
        let bearers = buildingCounts[one.building] ?? 0
        strangers.weigh(chanceOfContact(bearers), .address, &levels)
    }
}
