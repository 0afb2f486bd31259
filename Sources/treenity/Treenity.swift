import ArgumentParser
import Foundation
import TreenityConfiguration
import TreenityTerminal

/// The program: its commands, and the short forms that people type.
@main
struct Treenity: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "treenity",
        abstract: "Browse, watch and edit a live tree in the terminal.",
        discussion: """
            treenity demo                     a server with a living tree, and the client before it
            treenity ws://HOST:PORT           connect to a server; short for “treenity connect”
            treenity PROFILE                  connect to one that the configuration names
            treenity serve --listen HOST:PORT serve a tree
            """,
        version: "0.1.0",
        subcommands: [
            Connect.self, Demo.self, Serve.self, Export.self, TokenCommand.self, ConfigCommand.self, Manual.self,
        ])

    static func main() async {
        do {
            var command = try parseAsRoot(expanded(Array(CommandLine.arguments.dropFirst())))
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let error as TerminalError {
            StandardError.write("treenity: \(error). \(TerminalError.advice)")
            Foundation.exit(ExitStatus.terminal)
        } catch {
            exit(withError: error)
        }
    }

    /// The arguments with “connect” before an address, or before the name of a profile, that stands alone.
    private static func expanded(_ arguments: [String]) -> [String] {
        guard let first = arguments.first else {
            let file = ConfigurationFile(environment: ProcessInfo.processInfo.environment)
            return file.configuration.defaultProfile == nil ? [] : ["connect"]
        }
        guard !first.hasPrefix("-"), !isCommand(first) else { return arguments }
        return looksLikeAddress(first) || isProfile(first) ? ["connect"] + arguments : arguments
    }

    private static func isCommand(_ argument: String) -> Bool {
        argument == "help" || configuration.subcommands.contains { $0._commandName == argument }
    }

    private static func looksLikeAddress(_ argument: String) -> Bool {
        argument == "localhost" || argument.contains { ":./[".contains($0) }
    }

    private static func isProfile(_ argument: String) -> Bool {
        ConfigurationFile(environment: ProcessInfo.processInfo.environment).configuration.profile(argument) != nil
    }
}
