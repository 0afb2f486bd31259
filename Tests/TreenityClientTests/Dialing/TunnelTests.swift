import NIOHTTP1
import NIOSSL
import Testing
import TreenityProtocol
import TreenityTesting
import TreenityWebSocket

@testable import TreenityClient

@Suite("Through a proxy", .timeLimit(.minutes(5)))
struct TunnelTests {
    private func server(_ encryption: NIOSSLContext? = nil) -> ScriptedServer {
        ScriptedServer(encryption: encryption) { _, inbound, writer in
            await writer.send(.welcome(welcome))
            for await _ in inbound {}
        }
    }

    private func options(_ proxy: String) -> ProxyOptions { ProxyOptions(environment: ["all_proxy": proxy]) }

    private let live = ConnectionState.live(LiveSession(welcome: welcome))

    @Test("a server is reached, with a user and password")
    func plain() async throws {
        let proxy = ScriptedProxy()
        try await server().run { [self] port, _ in
            try await proxy.run { proxyPort in
                let options = options("http://ann:secret@127.0.0.1:\(proxyPort)")
                let state = try await firstState("ws://tree.example:\(port)", proxy: options, token: "t")
                #expect(state == live)
            }
            #expect(proxy.seen.map(\.uri) == ["tree.example:\(port)"])
            #expect(proxy.seen[0].headers["Proxy-Authorization"] == ["Basic YW5uOnNlY3JldA=="])
            #expect(proxy.seen[0].headers["Host"] == ["tree.example:\(port)"])
            // It is none of the proxy's business.
            #expect(proxy.seen[0].headers["Authorization"].isEmpty)
        }
    }

    @Test("a bare server is asked for its tree, too")
    func bare() async throws {
        let proxy = ScriptedProxy()
        let server = ScriptedServer(selects: nil, tree: (#"{"a":1}"#, "\"2\"")) { _, inbound, _ in
            for await _ in inbound {}
        }
        try await server.run { [self] port, _ in
            try await proxy.run { proxyPort in
                var options = ConnectionOptions()
                options.clock = StandingClock()
                options.proxy = self.options("127.0.0.1:\(proxyPort)")
                try await listen(to: "ws://tree.example:\(port)", options) { _, events in
                    #expect(await events.events(3).last == .tree(["a": 1], seq: SequenceNumber(2)))
                }
            }
            #expect(proxy.seen.count == 2)
        }
    }

    @Test("an encrypted server is known by its certificate, to an encrypted proxy as well")
    func encrypted() async throws {
        let files = try TemporaryDirectory()
        var encryption = EncryptionOptions()
        encryption.authorities = try files.write(Certificates.authority.utf8, to: "authority")
        let context = try Certificate.server(Certificates.signed)
        for (scheme, proxyEncryption) in [("http", nil), ("https", context)] as [(String, NIOSSLContext?)] {
            let proxy = ScriptedProxy(encryption: proxyEncryption)
            try await server(context).run { [self, encryption] port, _ in
                try await proxy.run { proxyPort in
                    let options = options("\(scheme)://localhost:\(proxyPort)")
                    let state = try await firstState("wss://tree.example:\(port)", encryption, proxy: options)
                    #expect(state == live)
                    let other = try await firstState("wss://other.example:\(port)", encryption, proxy: options)
                    #expect(
                        other?.reason == "certificate of other.example is not trusted: it was made for another name")
                }
            }
        }
    }

    @Test("a server that is given by its IP address cannot be told from others")
    func address() async throws {
        let state = try await firstState("wss://10.0.0.1", proxy: options("127.0.0.1:1"))
        #expect(
            state
                == .ended(
                    reason: "the certificate of 10.0.0.1 cannot be checked through a proxy: write the server's name "
                        + "instead of its IP address, or give its name on its own"))
    }

    @Test(
        "that refuses, it is said what is wrong with which",
        arguments: [
            (
                .refuses(.proxyAuthenticationRequired), "",
                "PROXY asks for a user name and password: write user:password@ "
                    + "before its name in all_proxy"
            ),
            (
                .refuses(.proxyAuthenticationRequired), "ann:hidden@",
                "PROXY does not accept the user name and password of all_proxy"
            ),
            (
                .refuses(.unauthorized), "ann:hidden@",
                "PROXY does not accept the user name and password of all_proxy"
            ),
            (.refuses(.forbidden), "", "PROXY lets nobody to tree.example:1"),
            (.refuses(.badGateway), "", "PROXY finds no way to tree.example:1: 502 Bad Gateway"),
            (.opens, "", "PROXY finds no way to tree.example:1: 502 Bad Gateway"),
            (.refuses(.notFound), "", "PROXY makes no connections: it answered 404 Not Found"),
            (.says("SSH-2.0-OpenSSH_9.2\r\n"), "", "PROXY is no proxy: it does not speak HTTP"),
            (.hangsUp, "", "PROXY closed the connection without an answer"),
        ] as [(ScriptedProxy.Answer, String, String)])
    func refusals(answer: ScriptedProxy.Answer, user: String, reason: String) async throws {
        try await ScriptedProxy(answer).run { port in
            let state = try await firstState("ws://tree.example:1", proxy: options("\(user)127.0.0.1:\(port)"))
            #expect(state?.reason == reason.replacing("PROXY", with: "the proxy 127.0.0.1:\(port)"))
        }
    }

    @Test("that is not there, it is the proxy that is not")
    func absent() async throws {
        let refusing = RefusingPort()
        defer { refusing.giveUp() }
        let port = refusing.number
        let state = try await firstState("ws://tree.example:1", proxy: options("127.0.0.1:\(port)"))
        #expect(state?.reason == "no way to the proxy: connection refused by 127.0.0.1:\(port)")
    }
}
