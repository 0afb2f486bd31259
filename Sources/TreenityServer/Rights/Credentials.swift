import TreenityProtocol

/// All tokens that are known.
struct Credentials: Hashable, Sendable {
    private let identities: [TokenHash: Identity]

    init(_ file: TokenFile) {
        identities = Dictionary(file.entries.map { ($0.hash, Identity($0)) }) { first, _ in first }
    }

    /// Why a token is of no use.
    enum Rejection: Error, Hashable, Sendable {
        case unknown
        case expired(Identity)
    }

    /// Who a token proves its bearer to be. O(length of the token).
    func identity(bearing token: String, at now: Timestamp) throws(Rejection) -> Identity {
        guard let identity = identities[TokenHash(of: token)] else { throw .unknown }
        guard !identity.isExpired(at: now) else { throw .expired(identity) }
        return identity
    }

    /// What is known now of the token by which an identity was proved; `nil`: nothing.
    func renewed(_ identity: Identity) -> Identity? { identities[identity.fingerprint] }
}
