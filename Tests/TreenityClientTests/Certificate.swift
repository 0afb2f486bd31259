import NIOSSL

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

    static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg5H6qdedMBbrE5bvG
        npP4SeY6gt4jPu+kdXKBbDnxAkShRANCAATWmmqR/El/ue3Q08hCEczDHpfADcDV
        V7nbRudQ6rf6AxxTvYr/4/95QgIHejGJJGS+ZUdjY4+aRS1W3UIoF4gJ
        -----END PRIVATE KEY-----
        """

    /// What a server with a certificate needs.
    ///
    /// - Parameter authority: Whose certificate clients have to show; `nil`: none.
    static func server(
        _ certificate: String = pem, demanding authority: String? = nil, newest: TLSVersion? = nil
    ) throws -> NIOSSLContext {
        let chain =
            try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map { .certificate($0) }
            as [NIOSSLCertificateSource]
        let key = NIOSSLPrivateKeySource.privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem))
        var configuration = TLSConfiguration.makeServerConfiguration(certificateChain: chain, privateKey: key)
        if let authority {
            configuration = .makeServerConfigurationWithMTLS(
                certificateChain: chain, privateKey: key,
                trustRoots: .certificates(try NIOSSLCertificate.fromPEMBytes(Array(authority.utf8))))
        }
        configuration.maximumTLSVersion = newest
        return try NIOSSLContext(configuration: configuration)
    }
}
