import ArgumentParser
import Foundation
import Logging
import TreenityProtocol
import TreenityServer
import TreenityStore
import TreenityUI

/// `treenity serve`
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve a tree to clients on this machine.",
        discussion: """
            Prints one line with the address, and serves until SIGINT or SIGTERM. The tree is kept in memory: it is gone \
            when the server ends.
            """)

    @Option(help: ArgumentHelp("Where to listen; port 0 takes any free one.", valueName: "host:port"))
    var listen = ListenAddress(host: "127.0.0.1", port: ServerConfiguration.defaultPort)

    @Option(
        name: .customLong("import"),
        help: ArgumentHelp("Make this JSON document the tree; “-” reads it from standard input.", valueName: "file"))
    var document: String?

    func run() async throws {
        var configuration = ServerConfiguration(logger: Logger(label: "treenity.server", factory: StandardError.logger))
        configuration.host = listen.host
        configuration.port = listen.port
        let server = TreeServer(configuration, tree: try document.map(Serve.importTree) ?? Replica())
        do {
            try await Signals.untilAsked { try await server.run { print(address: $0.url) } }
        } catch let error as ServerError {
            throw Failure(error.description)
        }
    }

    private func print(address: String) {
        FileHandle.standardOutput.write(Data((address + "\n").utf8))
    }

    private static func importTree(_ name: String) throws -> Replica {
        let source = name == "-" ? "standard input" : name
        let bytes: [UInt8]
        do {
            let data =
                name == "-"
                ? try FileHandle.standardInput.readToEnd() ?? Data() : try Data(contentsOf: URL(fileURLWithPath: name))
            bytes = Array(data)
        } catch {
            throw Failure("cannot read \(source): \(error.localizedDescription)")
        }
        do {
            let imported = try Import(try JSONValue(parsing: bytes))
            for renaming in imported.renamings {
                let key = DisplayText(renaming.key).text
                StandardError.write("treenity: \(source): in \(renaming.parent), “\(key)” became “\(renaming.name)”")
            }
            return imported.tree
        } catch {
            throw Failure("cannot import \(source): \(error)")
        }
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
