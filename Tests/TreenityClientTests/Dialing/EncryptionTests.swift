import NIOSSL
import Testing
import TreenityProtocol
import TreenityWebSocket

@testable import TreenityClient

@Suite("An encrypted connection", .timeLimit(.minutes(5)))
struct EncryptionTests {
    private let files: TemporaryDirectory

    init() throws {
        files = try TemporaryDirectory()
        try files.write(Certificate.pem.utf8, to: "self")
        try files.write(Certificates.authority.utf8, to: "authority")
        try files.write(Certificates.client.utf8, to: "client")
        try files.write(Certificate.key.utf8, to: "key")
        try files.write((Certificates.client + "\n" + Certificate.key).utf8, to: "both")
        try files.write(Certificates.otherKey.utf8, to: "other")
    }

    /// What comes of the first attempt to connect to a server.
    private func firstState(
        _ server: NIOSSLContext, host: String = "localhost", _ configure: (inout EncryptionOptions) -> Void = { _ in }
    ) async throws -> ConnectionState? {
        var encryption = EncryptionOptions()
        configure(&encryption)
        let server = ScriptedServer(encryption: server) { _, inbound, writer in
            await writer.send(.welcome(welcome))
            for await _ in inbound {}
        }
        return try await server.run { [encryption] port, _ in
            try await TreenityClientTests.firstState("wss://\(host):\(port)", encryption)
        }
    }

    @Test("stands where the server's certificate is trusted")
    func trusted() async throws {
        let path = files.file("self")
        let own = try await firstState(try Certificate.server()) { $0.authorities = path }
        #expect(own == .live(LiveSession(welcome: welcome)))
        let authority = files.file("authority")
        let signed = try await firstState(try Certificate.server(Certificates.signed)) { $0.authorities = authority }
        #expect(signed == .live(LiveSession(welcome: welcome)))
    }

    @Test(
        "to a server that is not trusted says why",
        arguments: [
            (
                Certificate.pem, "authority",
                "it is signed by itself alone, and not among the authorities that are trusted"
            ),
            (
                Certificates.signed, "self",
                "no known authority vouches for it as it is now (it is signed by “Test Authority”)"
            ),
            (Certificates.expired, "authority", "it was good until 2021-01-31"),
            (
                Certificates.future, "authority",
                "it is good from 2125-01-01 on, if this machine's clock is right"
            ),
        ])
    func untrusted(certificate: String, authorities: String, reason: String) async throws {
        let path = files.file(authorities)
        let state = try await firstState(try Certificate.server(certificate)) { $0.authorities = path }
        #expect(state?.reason == "certificate of localhost is not trusted: \(reason)")
    }

    @Test("asks for the server's name, which may be given apart from the host's")
    func names() async throws {
        let path = files.file("authority")
        let server = try Certificate.server(Certificates.signed)
        let other = try await firstState(server, host: "127.0.0.1") { $0.authorities = path }
        #expect(other?.reason == "certificate of 127.0.0.1 is not trusted: it was made for another name")
        let named = try await firstState(server, host: "127.0.0.1") {
            $0.authorities = path
            $0.serverName = "tree.example"
        }
        #expect(named == .live(LiveSession(welcome: welcome)))
        let misnamed = try await firstState(server) {
            $0.authorities = path
            $0.serverName = "other.example"
        }
        #expect(misnamed?.reason == "certificate of other.example is not trusted: it was made for another name")
        let impossible = try await firstState(server) { $0.serverName = "10.0.0.1" }
        #expect(impossible == .ended(reason: "“10.0.0.1” cannot be the name of a server"))
    }

    @Test("takes anybody where that is asked for, and only then")
    func insecure() async throws {
        for certificate in [Certificate.pem, Certificates.expired] {
            let server = try Certificate.server(certificate)
            let state = try await firstState(server, host: "127.0.0.1") { $0.insecureSkipVerify = true }
            #expect(state == .live(LiveSession(welcome: welcome)))
        }
    }

    @Test("shows the client's certificate", arguments: [TLSVersion.tlsv12, .tlsv13])
    func identity(version: TLSVersion) async throws {
        let authority = files.file("authority")
        let server = try Certificate.server(
            Certificates.signed, demanding: Certificates.authority, newest: version)
        for identity in [
            ClientIdentity(certificate: files.file("client"), key: files.file("key")),
            ClientIdentity(certificate: files.file("both")),
        ] {
            let state = try await firstState(server) {
                $0.authorities = authority
                $0.identity = identity
            }
            #expect(state == .live(LiveSession(welcome: welcome)))
        }
        let nobody = try await firstState(server) { $0.authorities = authority }
        #expect(nobody?.reason?.contains("asks for a certificate of this client") == true, "\(nobody?.reason ?? "")")
        let stranger = ClientIdentity(certificate: files.file("self"), key: files.file("key"))
        let refused = try await firstState(server) {
            $0.authorities = authority
            $0.identity = stranger
        }
        #expect(
            refused?.reason?.contains("does not accept this client's certificate") == true, "\(refused?.reason ?? "")")
    }

    @Test("to a server that does not encrypt says so")
    func plain() async throws {
        try await ScriptedServer().run { port, _ in
            let state = try await TreenityClientTests.firstState("wss://localhost:\(port)", EncryptionOptions())
            #expect(state?.reason == "localhost:\(port) does not encrypt: use ws:// where that is meant")
        }
    }

    @Test("to a server with an old version of TLS says so")
    func old() async throws {
        let state = try await firstState(try Certificate.server(newest: .tlsv11))
        #expect(state?.reason?.hasSuffix("speaks no TLS that is safe: 1.2 or newer") == true, "\(state?.reason ?? "")")
    }

    @Test(
        "is not tried with files that cannot be used, which are named",
        arguments: [
            ("DIR/none", nil, nil, "the file of authorities DIR/none cannot be read: no such file or directory"),
            ("DIR", nil, nil, "the file of authorities DIR cannot be read: is a directory"),
            (
                "DIR/key", nil, nil,
                "the file of authorities DIR/key holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)"
            ),
            (nil, "DIR/none", "DIR/key", "the certificate DIR/none cannot be read: no such file or directory"),
            (nil, "DIR/client", "DIR/none", "the key DIR/none cannot be read: no such file or directory"),
            (
                nil, "DIR/key", "DIR/key",
                "the certificate DIR/key holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)"
            ),
            (
                nil, "DIR/client", nil,
                "the key DIR/client holds no private key in PEM form without a passphrase (-----BEGIN PRIVATE KEY-----)"
            ),
            (
                nil, "DIR/client", "DIR/other",
                "the key DIR/other does not fit the first certificate of DIR/client; the client's own certificate has "
                    + "to stand first there"
            ),
        ] as [(String?, String?, String?, String)])
    func mistakes(authorities: String?, certificate: String?, key: String?, reason: String) {
        func path(_ text: String) -> String { text.replacing("DIR", with: files.path) }
        var options = EncryptionOptions()
        options.authorities = authorities.map(path)
        options.identity = certificate.map { ClientIdentity(certificate: path($0), key: key.map(path)) }
        let error = #expect(throws: ConnectionFailure.self) {
            try Encryption(to: "localhost", options, isTunnelled: false)
        }
        #expect(error == ConnectionFailure(reason: path(reason), isFinal: true))
    }
}

/// What comes of the first attempt to connect.
func firstState(
    _ address: String, _ encryption: EncryptionOptions = EncryptionOptions(), proxy: ProxyOptions = .none,
    token: String? = nil
) async throws -> ConnectionState? {
    var options = ConnectionOptions()
    options.clock = StandingClock()
    options.encryption = encryption
    options.proxy = proxy
    options.token = try token.map { try Token($0) }
    var state: ConnectionState?
    try await listen(to: address, options) { _, events in
        if case .state(let second)? = await events.events(2).last { state = second }
    }
    return state
}

extension ConnectionState {
    /// Why there is no connection; `nil` where there is one.
    var reason: String? {
        switch self {
        case .offline(let reason, _), .ended(let reason): reason
        case .connecting, .live, .silent: nil
        }
    }
}
