import Testing
import TreenityProtocol

@testable import TreenityServer

@Suite struct RouteTests {
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
}
