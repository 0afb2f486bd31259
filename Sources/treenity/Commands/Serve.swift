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
        abstract: "Serve a tree to clients on this machine.",
        discussion: """
            Prints one line with the address, and serves until SIGINT or SIGTERM.
            """)

    @Option(help: ArgumentHelp("Where to listen; port 0 takes any free one.", valueName: "host:port"))
    var listen = ListenAddress(host: "127.0.0.1", port: ServerConfiguration.defaultPort)

    @Option(
        name: .customLong("import"),
        help: ArgumentHelp("Make this JSON document the tree; “-” reads it from standard input.", valueName: "file"))
    var document: String?

    @OptionGroup var storage: DataOptions

    func run() async throws {
        let logger = Logger(label: "treenity.server", factory: StandardError.logger)
        var configuration = ServerConfiguration(logger: logger)
        configuration.host = listen.host
        configuration.port = listen.port
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
            try await Signals.untilAsked { try await server.run { print(address: $0.url) } }
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

    private func print(address: String) {
        FileHandle.standardOutput.write(Data((address + "\n").utf8))
    }
}

/// `HOST:PORT`, `[::1]:PORT`, `HOST` or `:PORT`.
struct ListenAddress: ExpressibleByArgument, CustomStringConvertible {
    var host: String
    var port: Int

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    init?(argument: String) {
        var host = Substring(argument)
        var port = ServerConfiguration.defaultPort
        let closing = argument.lastIndex(of: "]")
        let colon = argument.lastIndex(of: ":")
        if let colon, closing.map({ $0 < colon }) ?? (argument.firstIndex(of: ":") == colon) {
            guard let number = Int(argument[argument.index(after: colon)...]), 0...65_535 ~= number else { return nil }
            port = number
            host = argument[..<colon]
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        self.init(host: host.isEmpty ? "127.0.0.1" : String(host), port: port)
    }

    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

extension ServerConfiguration {
    static let defaultPort = 8733
}
