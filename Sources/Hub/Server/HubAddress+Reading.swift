package import Sync

extension HubAddress {
    /// Reads an address as a keeper gives it. Throws `HubError.notAURL`, or `.notEncrypted`.
    package static func read(_ url: String) throws -> HubAddress {
        do {
            return try HubAddress(url)
        } catch {
            throw error == .notEncrypted ? HubError.notEncrypted(url: url) : .notAURL(url)
        }
    }
}
