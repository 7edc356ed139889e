import Notebook
import Replication
import Store
import Wording

extension Hub {
    /// What the keeper means by an id, by four or more digits of its beginning or end, or by a name:
    /// the laptop or phone with that id, or all that are of the person with that name. Phones of the
    /// same person come with any of them. The first is the one that was meant.
    ///
    /// Throws `HubError`. Fewer digits would end somebody's access by a slip of the finger.
    package func findDevices(_ text: String) throws -> [DeviceLine] {
        let devices = try devices()
        let byID = devices.filter { $0.ids.contains { Self.isPart(text, of: $0) } }
        if byID.count == 1 { return byID + devices.filter { $0.isOtherPhone(beside: byID[0]) } }
        guard byID.isEmpty else { throw HubError.ambiguousDevice(text, byID.map(\.outline)) }
        guard try !isOwn(text) else { throw HubError.ownDevice }
        let named = devices.filter { $0.isOf(text) }
        let active = named.filter { $0.revoked == nil }
        return try ofOnePerson(active.isEmpty ? named : active, text, among: devices)
    }

    private func isOwn(_ text: String) throws -> Bool {
        try read { try HubDevice.all($0) }.contains { device in
            device.isOwn(of: self) && Self.isPart(text, of: device.id.description)
        }
    }

    private static func isPart(_ text: String, of id: String) -> Bool {
        let digits = text.lowercased()
        return digits.count >= 4 && (id.hasPrefix(digits) || id.hasSuffix(digits))
    }

    /// Everything of the one person whose devices were named, laptops first. Who signed in with a
    /// phone is another member than who joined with a laptop; the person record says that both are
    /// one, and without it only the keeper can.
    private func ofOnePerson(
        _ named: [DeviceLine], _ text: String, among devices: [DeviceLine]
    ) throws -> [DeviceLine] {
        guard let first = named.first else { throw HubError.noSuchDevice(text) }
        guard named.allSatisfy({ $0.owner == first.owner }) else {
            throw HubError.ambiguousDevice(text, named.map(\.outline))
        }
        let theirs = devices.filter { $0.owner == first.owner }
        let active = theirs.filter { $0.revoked == nil }
        let meant = active.isEmpty ? theirs : active
        return meant.filter { !$0.isPhone } + meant.filter(\.isPhone)
    }
}

extension Hub.DeviceLine {
    /// The person record that the member is, or the member where nobody has said.
    fileprivate var owner: RecordID { member.person ?? member.id }

    /// Whether this is a phone, still signed in, of the person who has another device.
    fileprivate func isOtherPhone(beside device: Hub.DeviceLine) -> Bool {
        isPhone && revoked == nil && id != device.id && owner == device.owner
    }

    /// Whether the text is the member's name, or some words of it.
    fileprivate func isOf(_ text: String) -> Bool {
        let wanted = Folding.name(text)
        guard wanted.count >= 2 else { return false }
        let words = Folding.name(name).split(separator: " ")
        return wanted == Folding.name(member.name)
            || wanted.split(separator: " ").allSatisfy(words.contains)
    }

    /// In one line, whatever somebody calls themselves.
    fileprivate var outline: Phrase {
        let words = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return isPhone ? "\(id)  phone of \(words.cut)" : "\(id)  laptop of \(words.cut)"
    }
}
