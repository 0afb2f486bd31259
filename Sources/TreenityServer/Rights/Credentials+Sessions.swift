import TreenityProtocol
import TreenityWebSocket

extension Credentials {
    /// Why a session that was begun by this identity has to end now; `nil`: it goes on.
    ///
    /// What counts is what is known of its token now: an expiry that was put off holds for it too. With other rights
    /// it could neither go on with what it has seen nor be told of what it may see from here on: its client connects
    /// again.
    func end(of identity: Identity, at now: Timestamp) -> CloseReason? {
        guard let renewed = renewed(identity) else { return CloseReason(.policyViolation, "the token was revoked") }
        if renewed.isExpired(at: now) { return CloseReason(.policyViolation, "the token has expired") }
        guard renewed.user == identity.user, renewed.rights == identity.rights else {
            return CloseReason(.tryAgainLater, "the rights have changed: connect again")
        }
        return nil
    }

    /// When the next session of these identities ends, if nothing else changes; `nil`: none does.
    func nextExpiry(of identities: some Sequence<Identity>) -> Timestamp? {
        identities.compactMap { renewed($0)?.expiry?.moment }.min()
    }
}
