import Logging
import Testing
import TreenityClient
import TreenityLog
import TreenityProtocol
import TreenitySequencer
import TreenityServer
import TreenityStore

/// A server's log and what it has decided, which outlive it.
struct Durable: Sendable {
    let log = MemoryLog()
    let archive = MemoryArchive()
}

/// Runs a server on a free port while `body` runs.
func withServer<Value: Sendable>(
    on durable: Durable = Durable(), configure: (inout ServerConfiguration) -> Void = { _ in },
    _ body: (Int) async throws -> Value
) async throws -> Value {
    var configuration = ServerConfiguration(logger: Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() })
    configuration.addresses = [.port(0, host: "127.0.0.1")]
    configure(&configuration)
    let ledger = try await durable.log.recover(epoch: { "epoch" })
    let server = TreeServer(configuration, ledger: ledger, log: durable.log, archive: durable.archive)
    let (ports, listening) = AsyncStream<Int>.makeStream()
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            try await server.run { address in
                if case .port(let port, _) = address.place { listening.yield(port) }
            }
        }
        defer { group.cancelAll() }
        var iterator = ports.makeAsyncIterator()
        return try await body(try #require(await iterator.next()))
    }
}

/// A stream that waits for nothing before it connects again.
func options() -> StreamOptions {
    var options = StreamOptions()
    options.connection.clock = ContinuousClock()
    return options
}

func address(_ port: Int) throws -> ServerAddress { try ServerAddress(parsing: "127.0.0.1:\(port)") }

extension PatchStream.AsyncIterator {
    /// The next update that is no state of the connection and nobody's presence.
    mutating func content() async throws -> StreamUpdate? {
        while let update = try await next() {
            switch update {
            case .state, .presence: continue
            case .snapshot, .changed, .refused: return update
            }
        }
        return nil
    }

    /// The next snapshot.
    mutating func snapshot() async throws -> Replica {
        while let update = try await next() {
            if case .snapshot(let tree) = update { return tree }
        }
        throw CancellationError()
    }

    /// The next change that the server has decided on.
    mutating func decided() async throws -> Patch {
        while let update = try await next() {
            if case .changed(let change) = update, change.patch.seq != nil { return change.patch }
        }
        throw CancellationError()
    }
}
