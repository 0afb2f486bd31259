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

    func run() async throws {
        let logger = Logger(label: "treenity.server", factory: StandardError.logger)
        var configuration = ServerConfiguration(logger: logger)
        door.apply(to: &configuration)
        OpenFiles.liftLimit()
        guard let file = try storage.open(logger) else {
            StandardError.write("treenity: the tree is kept in memory, and is gone when the server ends (see --data)")
            try await serve(TreeServer(configuration, tree: try document.map(Documents.tree) ?? Replica()))
            return
        }
        do {
            let ledger = try await recover(file)
            try await serve(TreeServer(configuration, ledger: ledger, log: file, archive: file))
        } catch {
            try? file.close()
            throw error
        }
        do { try file.close() } catch { throw Failure(error.description) }
    }

    private func serve(_ server: TreeServer) async throws {
        do {
            try await Signals.withHangups { hangups in
                try await Signals.untilAsked { try await Serve.run(server, reloadingAt: hangups) }
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

    private static func run(_ server: TreeServer, reloadingAt hangups: AsyncStream<Void>) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { try await server.run { print(address: $0.url) } }
            group.addTask {
                // Where it fails, the server has logged why, and goes on with what it has.
                for await _ in hangups { try? await server.reload() }
            }
            try await group.next()
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    private static func print(address: String) {
        FileHandle.standardOutput.write(Data((address + "\n").utf8))
    }
}
