import NIOSSL

/// No encrypted connection came about, or it broke.
struct EncryptionError: Error {
    /// Of whom.
    let name: String
    let cause: any Error
    /// What the server showed, where it was not trusted.
    let certificate: CertificateFacts?
    /// When, in seconds since 1970.
    let now: Int64

    /// Whether an error is one of TLS.
    static func isEncryption(_ error: any Error) -> Bool {
        error is NIOSSLError || error is BoringSSLError || error is NIOSSLExtraError
    }

    /// Whether the server's certificate is to blame.
    static func isMistrust(_ error: any Error) -> Bool {
        let details = "\(error)"
        return details.contains("CERTIFICATE_VERIFY_FAILED") || details.contains("unableToValidateCertificate")
    }

    /// Why, for a person; `nil`: the connection was closed.
    func words(of endpoint: String) -> String? {
        if EncryptionError.isMistrust(cause) {
            let objection = certificate?.objection(at: now) ?? "no known authority vouches for it as it is now"
            return "certificate of \(name) is not trusted: \(objection)"
        }
        switch cause {
        case let cause as NIOSSLExtraError where cause == .failedToValidateHostname:
            return "certificate of \(name) is not trusted: it was made for another name"
        case let cause as NIOSSLExtraError where cause == .serverHostnameImpossibleToMatch:
            return "certificate of \(name) cannot be checked: no certificate can bear that name"
        case NIOSSLError.uncleanShutdown: return nil
        default: break
        }
        let details = "\(cause)"
        for (sign, words) in EncryptionError.signs where details.contains(sign) { return "\(endpoint) \(words)" }
        return "no encrypted connection to \(endpoint): \(details)"
    }

    private static let refusal = "does not accept this client's certificate: "

    /// By which BoringSSL's errors are known, and what they mean of a server.
    private static let signs = [
        ("WRONG_VERSION_NUMBER", "does not encrypt: use ws:// where that is meant"),
        ("HTTP_REQUEST", "does not encrypt: use ws:// where that is meant"),
        ("HTTPS_PROXY_REQUEST", "does not encrypt: use ws:// where that is meant"),
        ("EOF during handshake", "closed the connection while its encryption was agreed upon"),
        ("ALERT_CERTIFICATE_REQUIRED", "asks for a certificate of this client"),
        ("ALERT_BAD_CERTIFICATE", refusal + "it is none, or was not given"),
        ("ALERT_UNSUPPORTED_CERTIFICATE", refusal + "it is of a kind that is not known there"),
        ("ALERT_CERTIFICATE_REVOKED", refusal + "it was revoked"),
        ("ALERT_CERTIFICATE_EXPIRED", refusal + "it is not good any more, or not yet"),
        ("ALERT_CERTIFICATE_UNKNOWN", refusal + "it cannot be checked there"),
        ("ALERT_UNKNOWN_CA", refusal + "no authority that is known there vouches for it"),
        ("ALERT_ACCESS_DENIED", refusal + "it gives no access"),
        ("ALERT_DECRYPT_ERROR", refusal + "its key does not fit"),
        ("ALERT_UNRECOGNIZED_NAME", "knows no server of that name"),
        ("ALERT_PROTOCOL_VERSION", "speaks no TLS that is safe: 1.2 or newer"),
        ("UNSUPPORTED_PROTOCOL", "speaks no TLS that is safe: 1.2 or newer"),
        ("HANDSHAKE_FAILURE", "found no encryption that both ends know, or asks for a certificate of this client"),
        ("NO_SHARED_CIPHER", "found no encryption that both ends know"),
        ("INAPPROPRIATE_FALLBACK", "speaks another TLS than it said: somebody on the way may weaken it"),
        ("ALERT_INTERNAL_ERROR", "failed while the encryption was agreed upon"),
    ]
}
