import Notebook
import Replication
import Store

extension Hub {
    /// The laptop or phone that the keeper means by its id, by four or more digits of its beginning
    /// or end, or by the name of its member. Throws `HubError`.
    ///
    /// Fewer digits would end somebody's access by a slip of the finger.
    func findDevice(_ text: String) throws -> DeviceLine {
        let devices = try devices()
        let byID = devices.filter { Self.isPart(text, of: $0.id) }
        if byID.count == 1 { return byID[0] }
        guard byID.isEmpty else { throw HubError.ambiguousDevice(text, byID.map(\.outline)) }
        guard !Self.isPart(text, of: own.store.device.description) else { throw HubError.ownDevice }
        let named = devices.filter { $0.isOf(text) }
        let active = named.filter { $0.revoked == nil }
        return try ofOneMember(active.isEmpty ? named : active, text)
    }

    private static func isPart(_ text: String, of id: String) -> Bool {
        let digits = text.lowercased()
        return digits.count >= 4 && (id.hasPrefix(digits) || id.hasSuffix(digits))
    }

    /// A member's laptop, or else a phone: all phones of a member end together.
    private func ofOneMember(_ devices: [DeviceLine], _ text: String) throws -> DeviceLine {
        guard let first = devices.first else { throw HubError.noSuchDevice(text) }
        let laptops = devices.filter { !$0.isPhone }
        guard Set(devices.map(\.member.id)).count == 1, laptops.count < 2 else {
            throw HubError.ambiguousDevice(text, devices.map(\.outline))
        }
        return laptops.first ?? first
    }
}

extension Hub.DeviceLine {
    /// Whether the text is the member's name, or some words of it.
    fileprivate func isOf(_ text: String) -> Bool {
        let wanted = Folding.name(text)
        guard wanted.count >= 2 else { return false }
        let words = Folding.name(name).split(separator: " ")
        return wanted == Folding.name(member.name)
            || wanted.split(separator: " ").allSatisfy(words.contains)
    }

    fileprivate var outline: String { "\(id)  \(isPhone ? "phone" : "laptop") of \(name)" }
}
