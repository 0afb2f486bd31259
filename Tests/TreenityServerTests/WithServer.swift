import Logging
import Testing
import TreenityProtocol

@testable import TreenityServer

/// Runs a server on a free port while `body` runs.
func withServer(
    _ document: JSONValue = .emptyObject, pacer: any Clock<Duration> = .continuous,
    clock: @escaping @Sendable () -> Timestamp = TreeServer.systemTime,
    configure: (inout ServerConfiguration) -> Void = { _ in },
    _ body: @escaping @Sendable (TreeServer, ListeningAddress) async throws -> Void
) async throws {
    var configuration = ServerConfiguration(logger: .silent)
    configuration.addresses = [.anyPort]
    configure(&configuration)
    let server = TreeServer(configuration, tree: try Import(document).tree, clock: clock, pacer: pacer)
    let (addresses, listening) = AsyncStream<ListeningAddress>.makeStream()
    try await withThrowingTaskGroup { group in
        group.addTask { try await server.run { listening.yield($0) } }
        var iterator = addresses.makeAsyncIterator()
        let address = try #require(await iterator.next())
        try await body(server, address)
        group.cancelAll()
    }
}
