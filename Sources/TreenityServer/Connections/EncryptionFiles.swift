/// The files with which a server proves who it is.
public struct EncryptionFiles: Hashable, Sendable {
    /// A PEM file: the server's certificate, then those of the authorities between it and a root that clients know.
    public var certificate: String
    /// A PEM file: the private key of the certificate.
    public var key: String

    /// Files at these paths.
    public init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }
}
