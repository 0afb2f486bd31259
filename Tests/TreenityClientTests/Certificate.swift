import Glibc
import NIOSSL
import Testing

/// A certificate for `localhost`, signed by itself and good for a hundred years, with its key.
enum Certificate {
    static let pem = """
        -----BEGIN CERTIFICATE-----
        MIIBlTCCATugAwIBAgIUYOhK13/LVUreueShTiiSN5tZljQwCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzIxNDYwN1oYDzIxMjYxMDMw
        MjE0NjA3WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAATWmmqR/El/ue3Q08hCEczDHpfADcDVV7nbRudQ6rf6AxxTvYr/4/95
        QgIHejGJJGS+ZUdjY4+aRS1W3UIoF4gJo2kwZzAdBgNVHQ4EFgQUh/XaZw6WJCCr
        ZP8+8PvpHiwF3NEwHwYDVR0jBBgwFoAUh/XaZw6WJCCrZP8+8PvpHiwF3NEwFAYD
        VR0RBA0wC4IJbG9jYWxob3N0MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwID
        SAAwRQIhAJTy6GrWyLLlQ/zJuiPvM+Yv6VR84OKsxtJ2Pl03pQSfAiA92avYNJAu
        Sbo3ov8kR7ve7kzyrWMns+x6AQ/no3gLnA==
        -----END CERTIFICATE-----
        """

    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg5H6qdedMBbrE5bvG
        npP4SeY6gt4jPu+kdXKBbDnxAkShRANCAATWmmqR/El/ue3Q08hCEczDHpfADcDV
        V7nbRudQ6rf6AxxTvYr/4/95QgIHejGJJGS+ZUdjY4+aRS1W3UIoF4gJ
        -----END PRIVATE KEY-----
        """

    static func server() throws -> NIOSSLContext {
        let chain = try NIOSSLCertificate.fromPEMBytes(Array(pem.utf8)).map(NIOSSLCertificateSource.certificate)
        let key = try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)
        return try NIOSSLContext(
            configuration: .makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key)))
    }

    /// Lends the certificate as a file.
    static func withFile<Value>(_ body: (String) async throws -> Value) async throws -> Value {
        var name = Array("/tmp/treenity-certificate-XXXXXX".utf8CString)
        let file = mkstemp(&name)
        let path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(path) }
        #expect(write(file, pem, pem.utf8.count) == pem.utf8.count)
        close(file)
        return try await body(path)
    }
}
