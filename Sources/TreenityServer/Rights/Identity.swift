import TreenityProtocol
import TreenitySequencer

/// Who somebody has proved to be, and what they may do.
struct Identity: Hashable, Sendable {
    let user: String
    let rights: Rights
    let expiry: Expiry?
    /// Of the token by which it was proved.
    let fingerprint: TokenHash

    init(_ entry: TokenEntry) {
        user = entry.user
        rights = Rights(entry.grants)
        expiry = entry.expiry
        fingerprint = entry.hash
    }

    func isExpired(at now: Timestamp) -> Bool { expiry.map { $0.moment <= now } ?? false }
}
