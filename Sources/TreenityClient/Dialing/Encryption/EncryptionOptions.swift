/// How a connection that is encrypted finds out whom it speaks to, and shows who we are.
public struct EncryptionOptions: Hashable, Sendable {
    /// A PEM file of the authorities to trust instead of the system's.
    public var authorities: String?
    /// What to show to a server that asks who we are; `nil`: nothing.
    public var identity: ClientIdentity?
    /// The name that the server's certificate has to bear, and that the server is told, where it is not the host's.
    public var serverName: String?
    /// Whether any certificate will do: then the server may be anybody, and anybody on the way can read and change all
    /// that is sent, tokens too. Nothing else turns the check off.
    public var insecureSkipVerify = false

    /// The system's authorities, the host's name, and nothing to show.
    public init() {}

    /// What of it holds for a server that the user has not named.
    var forStrangers: EncryptionOptions {
        var options = self
        options.identity = nil
        options.serverName = nil
        return options
    }
}

/// A certificate of the client's own, and its key.
public struct ClientIdentity: Hashable, Sendable {
    /// A PEM file of the certificate, followed by those that lead from it to an authority of the server's.
    public var certificate: String
    /// A PEM file of its private key, without a passphrase.
    public var key: String

    /// A certificate and its key, by default in the same file.
    public init(certificate: String, key: String? = nil) {
        self.certificate = certificate
        self.key = key ?? certificate
    }
}
