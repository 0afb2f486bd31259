import Glibc
import NIOSSL

/// The server's side of TLS 1.2 and newer.
struct Encryption: Sendable {
    private let context: NIOSSLContext
    /// What those who run the server should know; `nil`: nothing.
    let warning: String?

    /// Reads the certificate and its key.
    ///
    /// - Parameter now: seconds since 1970, against which the certificate's dates are held.
    init(_ files: EncryptionFiles, now: Int64) throws(ServerError) {
        let chain = try Encryption.certificates(files.certificate)
        let key = try Encryption.key(files.key)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map(NIOSSLCertificateSource.certificate), privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        do {
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            throw .cannotRead(
                "the key \(files.key) does not fit the first certificate of \(files.certificate); the server's own "
                    + "certificate has to stand first there")
        }
        warning = chain.first.flatMap { Encryption.warning(about: $0, files.certificate, now: now) }
    }

    func handler() -> NIOSSLServerHandler { NIOSSLServerHandler(context: context) }

    private static func certificates(_ path: String) throws(ServerError) -> [NIOSSLCertificate] {
        let bytes = try FileContents.bytes(of: path, "the certificate")
        guard let chain = try? NIOSSLCertificate.fromPEMBytes(bytes), !chain.isEmpty else {
            throw .cannotRead("\(path) has no certificate in PEM form (-----BEGIN CERTIFICATE-----)")
        }
        return chain
    }

    private static func key(_ path: String) throws(ServerError) -> NIOSSLPrivateKey {
        let bytes = try FileContents.bytes(of: path, "the key")
        guard let key = try? NIOSSLPrivateKey(bytes: bytes, format: .pem) else {
            throw .cannotRead(
                "\(path) has no private key in PEM form without a passphrase (-----BEGIN PRIVATE KEY-----)")
        }
        return key
    }

    private static func warning(about certificate: NIOSSLCertificate, _ path: String, now: Int64) -> String? {
        if certificate.notValidAfter < now {
            return "the certificate \(path) was good until \(date(certificate.notValidAfter)): clients refuse it"
        }
        if certificate.notValidBefore > now {
            return "the certificate \(path) is good from \(date(certificate.notValidBefore)) on: clients refuse it"
        }
        return nil
    }

    /// A day of UTC: `2027-01-31`.
    private static func date(_ time: time_t) -> String {
        var time = time
        var parts = tm()
        gmtime_r(&time, &parts)
        func twoDigits(_ number: Int32) -> String { (number < 10 ? "0" : "") + String(number) }
        return "\(1900 + parts.tm_year)-\(twoDigits(parts.tm_mon + 1))-\(twoDigits(parts.tm_mday))"
    }
}
