import Logging
import Testing
import TreenityClient
import TreenityProtocol

@testable import TreenityServer

@Suite("An encrypted server", .timeLimit(.minutes(5)))
struct EncryptionTests {
    /// What a client that trusts `authorities` comes to know of its first attempt to connect.
    private static func firstState(
        _ server: ListeningAddress, host: String = "localhost", trusting authorities: String?,
        token: String? = nil
    ) async throws -> ConnectionState? {
        var options = ConnectionOptions()
        options.clock = StoppedClock()
        options.encryption.authorities = authorities
        options.token = try token.map { try TreenityClient.Token($0) }
        let address = try ServerAddress(parsing: "wss://\(host):\(server.port)")
        let stream = PatchConnection(to: address, options)
        async let _: Void = stream.run()
        for await event in stream {
            switch event {
            case .state(.connecting): continue
            case .state(let state): return state
            default: continue
            }
        }
        return nil
    }

    private static func reason(_ state: ConnectionState?) -> String? {
        switch state {
        case .offline(let reason, _), .ended(let reason): reason
        case .connecting, .live, .silent, nil: nil
        }
    }

    @Test("is known by its certificate, and not trusted otherwise, for a reason that is told")
    func certificates() async throws {
        let key = try TemporaryFile(Certificates.key)
        let untrusted = "certificate of localhost is not trusted: "
        let alone = "it is signed by itself alone, and not among the authorities that are trusted"
        for (certificate, isTrusted, reason) in [
            (Certificates.localhost, true, nil), (Certificates.localhost, false, alone),
            (Certificates.elsewhere, true, "it was made for another name"),
            (Certificates.expired, true, "it was good until 2021-01-31"),
        ] as [(String, Bool, String?)] {
            let file = try TemporaryFile(certificate)
            let path = file.path
            let files = EncryptionFiles(certificate: path, key: key.path)
            try await withServer(configure: { $0.encryption = files }) { _, address in
                #expect(address.url.hasPrefix("wss://127.0.0.1:"))
                let state = try await Self.firstState(address, trusting: isTrusted ? path : nil)
                #expect(Self.reason(state) == reason.map { untrusted + $0 })
                if reason == nil, case .live? = state {} else { #expect(reason != nil) }
            }
        }
    }

    @Test("asks for tokens too")
    func tokens() async throws {
        let certificate = try TemporaryFile(Certificates.localhost)
        let key = try TemporaryFile(Certificates.key)
        let tokens = try TemporaryFile(
            TokenEntry(hash: TokenHash(of: "good"), user: "ann", grants: [Grant(parsing: "tree:r")]).yaml)
        let path = certificate.path
        let files = EncryptionFiles(certificate: path, key: key.path)
        try await withServer(configure: {
            $0.encryption = files
            $0.tokens = tokens.path
        }) { _, address in
            guard case .live? = try await Self.firstState(address, trusting: path, token: "good") else {
                Issue.record("not let in")
                return
            }
            let refused = try await Self.firstState(address, trusting: path, token: "bad")
            #expect(Self.reason(refused) == "localhost:\(address.port) does not accept the token")
        }
    }

    @Test("shows a new certificate when it has read its files again, and the old one where they are of no use")
    func reloading() async throws {
        let certificate = try TemporaryFile(Certificates.elsewhere)
        let trusted = try TemporaryFile(Certificates.localhost + "\n" + Certificates.elsewhere)
        let key = try TemporaryFile(Certificates.key)
        let path = certificate.path
        let authorities = trusted.path
        let files = EncryptionFiles(certificate: path, key: key.path)
        try await withServer(configure: { $0.encryption = files }) { server, address in
            #expect(Self.reason(try await Self.firstState(address, trusting: authorities)) != nil)
            try replace(path, Certificates.localhost)
            try await server.reload()
            try replace(path, "nothing")
            await #expect(throws: ServerError.self) { try await server.reload() }
            guard case .live? = try await Self.firstState(address, trusting: authorities) else {
                Issue.record("the new certificate is not shown")
                return
            }
        }
    }

    @Test(
        "does not begin with files that are of no use, and says what is wrong with which",
        arguments: [
            (
                Certificates.localhost, Certificates.otherKey,
                "the key KEY does not fit the first certificate of CERTIFICATE"
            ),
            ("", Certificates.key, "CERTIFICATE has no certificate in PEM form"),
            (Certificates.key, Certificates.key, "CERTIFICATE has no certificate in PEM form"),
            (Certificates.localhost, "", "KEY has no private key in PEM form"),
            (Certificates.localhost, Certificates.localhost, "KEY has no private key in PEM form"),
        ])
    func mistakes(certificate: String, key: String, reason: String) throws {
        let certificate = try TemporaryFile(certificate)
        let key = try TemporaryFile(key)
        let files = EncryptionFiles(certificate: certificate.path, key: key.path)
        let error = #expect(throws: ServerError.self) { try Encryption(files, now: 0) }
        let expected = reason.replacing("CERTIFICATE", with: certificate.path).replacing("KEY", with: key.path)
        #expect(error?.description.hasPrefix(expected) == true, "\(error?.description ?? "")")
    }

    @Test("does not begin without its files")
    func missing() {
        let files = EncryptionFiles(certificate: "/no/such/file", key: "/no/such/key")
        let error = #expect(throws: ServerError.self) { try Encryption(files, now: 0) }
        #expect(error?.description == "cannot read the certificate /no/such/file: no such file or directory")
    }

    @Test("says when its certificate is good no more, or not yet")
    func dates() throws {
        let key = try TemporaryFile(Certificates.key)
        let certificate = try TemporaryFile(Certificates.expired)
        let files = EncryptionFiles(certificate: certificate.path, key: key.path)
        // In the year 2020, at the end of January 2021, and before 2020.
        #expect(try Encryption(files, now: 1_590_000_000).warning == nil)
        #expect(
            try Encryption(files, now: 1_612_051_201).warning
                == "the certificate \(certificate.path) was good until 2021-01-31: clients refuse it")
        #expect(
            try Encryption(files, now: 1_500_000_000).warning
                == "the certificate \(certificate.path) is good from 2020-01-01 on: clients refuse it")
    }
}
