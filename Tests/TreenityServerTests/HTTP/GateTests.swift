import Logging
import NIOCore
import NIOHTTP1
import Testing
import TreenityProtocol

@testable import TreenityServer

@Suite("The gate")
struct GateTests {
    private let now = Timestamp(milliseconds: 1_000)
    private let gate: Gate
    private let credentials: Credentials
    private let stranger: Visitor

    init() throws {
        var configuration = ServerConfiguration(logger: Logger(label: "test"))
        configuration.allowedOrigins = ["https://pages.example"]
        gate = Gate(configuration)
        credentials = Credentials(
            TokenFile([
                try TokenEntry(hash: TokenHash(of: "good"), user: "ann", grants: [Grant(parsing: "tree:r")]),
                try TokenEntry(
                    hash: TokenHash(of: "old"), user: "ann", grants: [Grant(parsing: "tree:r")],
                    expiry: Expiry("1970-01-01T00:00:01")),
            ]))
        stranger = Visitor(try SocketAddress(ipAddress: "192.0.2.1", port: 1))
    }

    private func admission(
        _ headers: [(String, String?)], _ target: String = "/patches", from visitor: Visitor = .local,
        tokens: Bool = false
    ) -> Admission {
        var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: target)
        for case (let name, let value?) in headers { head.headers.add(name: name, value: value) }
        return gate.admit(head, from: visitor, tokens ? credentials : nil, at: now)
    }

    private func status(_ admission: Admission) -> UInt {
        switch admission {
        case .granted: 200
        case .refused(let answer): answer.status.code
        }
    }

    @Test(
        "keeps pages of other origins out",
        arguments: [
            (nil, "127.0.0.1:8733", true), (nil, nil, true), (nil, "localhost", true), (nil, "[::1]:8733", true),
            ("http://localhost:8733", "localhost:8733", true), ("HTTP://LOCALHOST:8733", "localhost:8733", true),
            ("http://127.0.0.1:8733", "127.0.0.1:8733", true), ("https://pages.example", "localhost:8733", true),
            ("http://localhost:3000", "localhost:8733", false), ("http://evil.example", "localhost:8733", false),
            ("null", "localhost:8733", false), ("http://localhost", nil, false),
            ("http://evil.example", "evil.example", false), (nil, "evil.example:8733", false),
            (nil, "127.evil.example", false), (nil, "127.0.0.1.evil.example", false),
        ] as [(String?, String?, Bool)])
    func origins(origin: String?, host: String?, isLetIn: Bool) {
        #expect(status(admission([("Origin", origin), ("Host", host)])) == (isLetIn ? 200 : 403))
    }

    @Test("knows the server by any name where tokens are needed, but not pages of other origins")
    func hosts() {
        let token = ("Authorization", "Bearer good" as String?)
        #expect(status(admission([("Host", "tree.example"), token], tokens: true)) == 200)
        let own = [("Host", "tree.example"), ("Origin", "https://tree.example"), token]
        #expect(status(admission(own, tokens: true)) == 200)
        let foreign = [("Host", "tree.example"), ("Origin", "https://evil.example"), token]
        #expect(status(admission(foreign, tokens: true)) == 403)
    }

    @Test("knows the server by any name where it is encrypted: its certificate has borne that name")
    func certifiedNames() {
        var configuration = ServerConfiguration(logger: Logger(label: "test"))
        configuration.encryption = EncryptionFiles(certificate: "server.pem", key: "server.key")
        let gate = Gate(configuration)
        var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/patches")
        head.headers.add(name: "Host", value: "tree.example")
        #expect(gate.admit(head, from: .local, nil, at: now) == .granted(nil))
        head.headers.add(name: "Origin", value: "https://evil.example")
        #expect(status(gate.admit(head, from: .local, nil, at: now)) == 403)
    }

    @Test("lets in only this machine where nobody has to prove who they are")
    func strangers() {
        #expect(status(admission([], from: stranger)) == 403)
        #expect(status(admission([], "/healthz", from: stranger)) == 403)
        #expect(admission([], from: .local) == .granted(nil))
    }

    @Test(
        "asks for a token that is known and good, of this machine too",
        arguments: [
            (nil, "this server asks for a token: send Authorization: Bearer TOKEN", #"Bearer realm="treenity""#),
            (
                "Basic good", "the only way to prove who you are is Authorization: Bearer TOKEN",
                #"Bearer realm="treenity", error="invalid_request""#
            ),
            ("Bearer bad", "this token is not known here", #"Bearer realm="treenity", error="invalid_token""#),
            (
                "Bearer old", "this token of ann has expired (1970-01-01T00:00:01)",
                #"Bearer realm="treenity", error="invalid_token""#
            ),
        ] as [(String?, String, String)])
    func tokens(authorization: String?, reason: String, challenge: String) {
        let refusal = HTTPAnswer.text(.unauthorized, reason, headers: ["WWW-Authenticate": challenge])
        for visitor in [.local, stranger] {
            for target in ["/patches", "/tree/a", "/tree", "/patches?token=good", "/nowhere"] {
                let admission = admission([("Authorization", authorization)], target, from: visitor, tokens: true)
                #expect(admission == .refused(refusal))
            }
        }
    }

    @Test("takes one token, whatever the case of its scheme", arguments: ["Bearer good", "bearer  good"])
    func goodToken(authorization: String) throws {
        let ann = try credentials.identity(bearing: "good", at: now)
        let headers = [("Authorization", authorization as String?)]
        #expect(admission(headers, from: stranger, tokens: true) == .granted(ann))
        #expect(status(admission(headers + headers, from: stranger, tokens: true)) == 401)
    }

    @Test("lets those who run the server see whether it is well, from its own machine without a token")
    func operations() {
        #expect(admission([], "/healthz", tokens: true) == .granted(nil))
        // A page whose name was made to lead to this machine is not one of them.
        #expect(status(admission([("Host", "evil.example")], "/healthz", tokens: true)) == 401)
        #expect(status(admission([], "/healthz", from: stranger, tokens: true)) == 401)
        #expect(status(admission([("Authorization", "Bearer good")], "/healthz", from: stranger, tokens: true)) == 200)
    }
}
