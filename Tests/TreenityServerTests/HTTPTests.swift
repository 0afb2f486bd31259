import Logging
import NIOHTTP1
import Testing
import TreenityProtocol

@testable import TreenityServer

@Suite struct HTTPTests {
    @Test(
        "The target of a request is a place in the tree, or one of the server's own",
        arguments: [
            ("/tree", .tree(.root)), ("/tree/", .tree(.root)), ("/tree?x=/y", .tree(.root)),
            ("/tree/a/b", .tree("tree/a/b")), ("/tree/a%20b", .tree("tree/a b")), ("/tree/%C3%A4", .tree("tree/ä")),
            ("/tree/a%2Fb/c", .tree("tree/a~1b/c")), ("/tree/a~1b", .tree("tree/a~1b")),
            ("/patches", .patches), ("/patches?x", .patches), ("/healthz", .health),
            ("/", .unknown), ("", .unknown), ("/treehouse", .unknown), ("/patches/", .unknown),
        ] as [(String, Route)])
    func routes(target: String, route: Route) {
        #expect(Route(target) == route)
    }

    @Test(
        "What cannot be a path is no place",
        arguments: ["/tree//a", "/tree/..", "/tree/%", "/tree/%4", "/tree/%zz", "/tree/%+1", "/tree/%FF", "/tree/~2"])
    func invalidPaths(target: String) {
        guard case .noPath = Route(target) else {
            Issue.record("\(Route(target))")
            return
        }
    }

    @Test(
        "Pages of other origins are kept out",
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
        var configuration = ServerConfiguration(logger: Logger(label: "test"))
        configuration.allowedOrigins = ["https://pages.example"]
        var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/patches")
        if let origin { head.headers.add(name: "Origin", value: origin) }
        if let host { head.headers.add(name: "Host", value: host) }
        #expect((Gate(configuration).complaint(about: head) == nil) == isLetIn)
    }
}
