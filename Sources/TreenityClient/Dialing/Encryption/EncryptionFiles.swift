import Glibc
import NIOSSL

/// Reads the files that an encrypted connection needs.
struct EncryptionFiles {
    private let options: EncryptionOptions

    init(_ options: EncryptionOptions) {
        self.options = options
    }

    /// - Throws: A final ``ConnectionFailure`` that names the file and what is wrong with it.
    func context() throws(ConnectionFailure) -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        if options.insecureSkipVerify { configuration.certificateVerification = .none }
        if let path = options.authorities { configuration.trustRoots = try authorities(path) }
        if let identity = options.identity {
            configuration.certificateChain = try chain(identity.certificate).map { .certificate($0) }
            configuration.privateKey = .privateKey(try key(identity.key))
        }
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            guard let identity = options.identity else {
                throw EncryptionFiles.failure("the system's authorities cannot be read: \(error)")
            }
            throw EncryptionFiles.failure(
                "the key \(identity.key) does not fit the first certificate of \(identity.certificate); "
                    + "the client's own certificate has to stand first there")
        }
    }

    private static func failure(_ reason: String) -> ConnectionFailure {
        ConnectionFailure(reason: reason, isFinal: true)
    }

    private func authorities(_ path: String) throws(ConnectionFailure) -> NIOSSLTrustRoots {
        .certificates(try certificates(path, "the file of authorities"))
    }

    private func chain(_ path: String) throws(ConnectionFailure) -> [NIOSSLCertificate] {
        try certificates(path, "the certificate")
    }

    private func certificates(_ path: String, _ role: String) throws(ConnectionFailure) -> [NIOSSLCertificate] {
        let bytes = try EncryptionFiles.bytes(of: path, role)
        guard let certificates = try? NIOSSLCertificate.fromPEMBytes(bytes), !certificates.isEmpty else {
            throw EncryptionFiles.failure(
                "\(role) \(path) holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)")
        }
        return certificates
    }

    private func key(_ path: String) throws(ConnectionFailure) -> NIOSSLPrivateKey {
        let bytes = try EncryptionFiles.bytes(of: path, "the key")
        guard let key = try? NIOSSLPrivateKey(bytes: bytes, format: .pem) else {
            throw EncryptionFiles.failure(
                "the key \(path) holds no private key in PEM form without a passphrase (-----BEGIN PRIVATE KEY-----)")
        }
        return key
    }

    /// Larger than any such file, in bytes.
    private static let maximumBytes = 16 << 20

    private static func bytes(of path: String, _ role: String) throws(ConnectionFailure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw failure(role, path, errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count <= maximumBytes {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(role, path, errno) }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
        }
        throw failure("\(role) \(path) is longer than \(maximumBytes >> 20) MiB")
    }

    private static func failure(_ role: String, _ path: String, _ number: Int32) -> ConnectionFailure {
        failure("\(role) \(path) cannot be read: \(String(cString: strerror(number)).lowercased())")
    }
}
