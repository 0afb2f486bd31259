import ArgumentParser

/// The program: its commands, and the short forms that people type.
@main
struct Treenity: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "treenity",
        abstract: "Browse, watch and edit a live tree in the terminal.",
        discussion: """
            treenity demo                     a server with a living tree, and the client before it
            treenity ws://HOST:PORT           connect to a server; short for “treenity connect”
            treenity serve --listen HOST:PORT serve a tree
            """,
        version: "0.1.0",
        subcommands: [Connect.self, Demo.self, Serve.self, Export.self, TokenCommand.self])

    static func main() async {
        var arguments = Array(CommandLine.arguments.dropFirst())
        if let first = arguments.first, looksLikeAddress(first) { arguments.insert("connect", at: 0) }
        do {
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            exit(withError: error)
        }
    }

    private static func looksLikeAddress(_ argument: String) -> Bool {
        !argument.hasPrefix("-") && (argument == "localhost" || argument.contains { ":./[".contains($0) })
    }
}
