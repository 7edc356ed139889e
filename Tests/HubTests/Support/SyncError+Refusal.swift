import Sync

@testable import Hub

extension SyncError {
    /// What a client says when the hub refused by this rule.
    static func refusal(_ rule: String) -> SyncError {
        let problems: [Problem] = [
            .invitationUnknown, .invitationUsed, .invitationExpired, .invitationForPage,
            .memberKnown, .signature, .nonce,
        ]
        return .refused(rule: rule, detail: problems.first { $0.rule == rule }?.detail ?? "")
    }
}
