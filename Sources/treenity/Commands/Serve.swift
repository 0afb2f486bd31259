import ArgumentParser
import Foundation
import Logging
import TreenityDataFile
import TreenityLog
import TreenityServer
import TreenityStore

/// `treenity serve`
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve a tree to clients.",
        discussion: """
            Prints a line with each address, and serves until SIGINT or SIGTERM. SIGHUP has it read its tokens and \
            certificate again.
            """)

    @OptionGroup var door: ServeDoorOptions

    @Option(
        name: .customLong("import"),
        help: ArgumentHelp("Make this JSON document the tree; “-” reads it from standard input.", valueName: "file"))
    var document: String?

    @OptionGroup var storage: DataOptions

    @Option(help: ArgumentHelp("Let EXECUTE run the actions of this file.", valueName: "file"))
    var actions: String?

    @OptionGroup var limits: ServeLimitOptions

    @OptionGroup var log: LogOptions

    func run() async throws {
        // Whoever reads what it says may leave.
        signal(SIGPIPE, SIG_IGN)
        let logger = log.logger("treenity.server")
        var configuration = ServerConfiguration(logger: logger)
        door.apply(to: &configuration)
        limits.apply(to: &configuration)
        OpenFiles.liftLimit()
        let file = try storage.open(logger)
        do {
            try await ServerActions.with(actions, ProcessInfo.processInfo.environment) { actions in
                try await serve(try await server(configuration, file, actions))
            }
        } catch {
            try? file?.close()
            throw error
        }
        do { try file?.close() } catch { throw Failure(error.description) }
    }

    private func server(
        _ configuration: ServerConfiguration, _ file: DataFile?, _ actions: ServerActions
    ) async throws -> TreeServer {
        guard let file else {
            StandardError.write("treenity: the tree is kept in memory, and is gone when the server ends (see --data)")
            return TreeServer(configuration, tree: try document.map(Documents.tree) ?? Replica(), actions: actions)
        }
        let ledger = try await recover(file)
        return TreeServer(configuration, ledger: ledger, log: file, archive: file, actions: actions)
    }

    private func serve(_ server: TreeServer) async throws {
        let (hangups, hungUp) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        do {
            try await Signals.handling(Signals.end, { server.stop() }) {
                try await Signals.handling(Signals.reload, { hungUp.yield() }) {
                    try await withThrowingTaskGroup { group in
                        group.addTask { try await server.run { print(address: $0.url) } }
                        group.addTask { await Serve.reload(server, at: hangups) }
                        try await group.next()
                        group.cancelAll()
                    }
                }
            }
        } catch let error as ServerError {
            throw Failure(error.description)
        }
    }

    /// The state of the file; what is imported becomes the first one.
    private func recover(_ file: DataFile) async throws -> Ledger {
        do {
            if let document, try await file.savedState() != nil {
                throw Failure(
                    "\(storage.data ?? "") has a tree already: “\(document)” can be imported into a new file only")
            }
            let tree = try document.map(Documents.tree) ?? Replica()
            return try await file.recover(epoch: { UUID().uuidString.lowercased() }, tree: { tree })
        } catch let error as LogFailure {
            throw Failure("\(storage.data ?? ""): \(error)")
        }
    }

    private static func reload(_ server: TreeServer, at hangups: AsyncStream<Void>) async {
        // Where it fails, the server has logged why, and goes on with what it has.
        for await _ in hangups { try? await server.reload() }
    }

    private func print(address: String) {
        // A server serves also where nobody reads its address.
        try? FileHandle.standardOutput.write(contentsOf: Data((address + "\n").utf8))
    }
}
