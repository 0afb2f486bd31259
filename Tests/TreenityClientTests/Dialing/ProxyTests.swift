import Testing

@testable import TreenityClient

@Suite("The proxy of an address")
struct ProxyTests {
    private func endpoint(_ address: String, _ environment: [String: String]) throws -> String? {
        try ProxyOptions(environment: environment).proxy(for: try ServerAddress(parsing: address))?.endpoint
    }

    @Test(
        "is that of the first variable which is set",
        arguments: [
            ("wss://a", ["https_proxy": "p"], "p:80"),
            ("wss://a", ["HTTPS_PROXY": "http://p:3128"], "p:3128"),
            ("wss://a", ["HTTPS_PROXY": "upper", "https_proxy": "lower"], "lower:80"),
            ("wss://a", ["wss_proxy": "p", "https_proxy": "q", "all_proxy": "r"], "p:80"),
            ("wss://a", ["https_proxy": "", "ALL_PROXY": "HTTPS://p/"], "p:443"),
            ("wss://a", ["http_proxy": "p"], nil),
            ("ws://a", ["http_proxy": "http://[::1]:1"], "[::1]:1"),
            ("ws://a", ["https_proxy": "p"], nil),
            ("ws://a", ["all_proxy": "p", "http_proxy": "q"], "q:80"),
            ("ws://a", ["WS_PROXY": "p"], "p:80"),
            // As with curl: where programs run for web servers, a request can set it.
            ("ws://a", ["HTTP_PROXY": "p"], nil),
            ("ws://a", [:], nil),
        ] as [(String, [String: String], String?)])
    func variables(address: String, environment: [String: String], expected: String?) throws {
        #expect(try endpoint(address, environment) == expected)
    }

    @Test(
        "is none for the exceptions",
        arguments: [
            ("ws://tree.example", "tree.example"), ("ws://tree.example", "x, example"),
            ("ws://Tree.Example.", ".example"), ("ws://a.tree.example", "*.tree.example"),
            ("ws://tree.example", "*"), ("ws://tree.example:99", "tree.example:99"),
            ("ws://tree.example", "EXAMPLE."), ("ws://10.1.2.3", "10.0.0.0/8"), ("ws://10.1.2.3", "10.1.2.3"),
            ("ws://10.1.2.3:5", "10.1.2.3:5"), ("ws://10.1.2.3", "a 10.1.2.0/23\tb"), ("ws://[fe80::1]", "[fe80::1]"),
            ("ws://[fe80::1]", "fe80::/10"), ("ws://[fe80::1]:7", "[fe80::1]:7"),
            ("ws://[::ffff:10.0.0.1]", "10.0.0.1"),
        ])
    func exceptions(address: String, list: String) throws {
        #expect(try endpoint(address, ["all_proxy": "p", "no_proxy": list]) == nil)
        #expect(try endpoint(address, ["all_proxy": "p", "NO_PROXY": list]) == nil)
    }

    @Test(
        "is one for all others",
        arguments: [
            ("ws://tree.example", "ree.example"), ("ws://tree.example", "a.tree.example"),
            ("ws://tree.example", "tree.example:99"), ("ws://tree.example", "* x"), ("ws://tree.example", ""),
            ("ws://11.1.2.3", "10.0.0.0/8"), ("ws://10.1.2.3", "2.3"), ("ws://10.1.2.3", "10.0.0.0/33"),
            ("ws://10.1.2.3", "::/0"), ("ws://10.1.4.3", "10.1.2.0/23"), ("ws://tree.example", "/,:,@,[x]"),
        ])
    func noExceptions(address: String, list: String) throws {
        #expect(try endpoint(address, ["all_proxy": "p", "no_proxy": list]) == (list == "* x" ? nil : "p:80"))
    }

    @Test(
        "is none for this machine",
        arguments: ["localhost", "LOCALHOST:1", "a.localhost", "127.0.0.1", "127.9.9.9", "[::1]", "[::ffff:127.0.0.1]"])
    func loopback(address: String) throws {
        #expect(try endpoint(address, ["all_proxy": "p"]) == nil)
    }

    @Test(
        "gets its user and password",
        arguments: [
            ("ann:secret@p", "Basic YW5uOnNlY3JldA=="), ("http://ann@p", "Basic YW5uOg=="),
            ("http://a%3an:p%20a%40ss@p", "Basic YTpuOnAgYUBzcw=="),
            ("http://ann:a:b@c/d@p:1", "Basic YW5uOmE6YkBjL2Q="),
            ("p", nil), ("@p", nil),
        ] as [(String, String?)])
    func authorization(text: String, header: String?) throws {
        #expect(try Proxy(parsing: text, of: "all_proxy").authorization?.text == header)
    }

    @Test(
        "that cannot be used says so, and nothing of user and password",
        arguments: [
            ("socks5://ann:hidden@p:1080", "“socks5://” is not known; http:// and https:// are"),
            ("http://ann:hidden@", "write http://host:port, or http://user:password@host:port"),
            ("http://ann:hidden", "write http://host:port, or http://user:password@host:port"),
            ("http://ann:hidden%zz@p", "a “%” in its user name or password has to be written as %25"),
        ])
    func mistakes(text: String, problem: String) throws {
        let options = ProxyOptions(environment: ["ALL_PROXY": text])
        let error = #expect(throws: ConnectionFailure.self) {
            try options.proxy(for: try ServerAddress(parsing: "wss://tree.example"))
        }
        #expect(error?.reason == "the proxy in ALL_PROXY cannot be used: \(problem)")
        #expect(error?.isFinal == true)
        #expect(try endpoint("localhost", ["ALL_PROXY": text]) == nil)
    }

    @Test("shows its password nowhere")
    func secrecy() {
        let options = ProxyOptions(environment: [
            "https_proxy": "http://ann:hidden@p", "all_proxy": "http://x:hidden@q",
        ])
        var dumped = ""
        dump(options, to: &dumped)
        for text in ["\(options)", String(reflecting: options), dumped] {
            #expect(!text.contains("hidden") && !text.contains("YW5u"))
        }
    }
}
