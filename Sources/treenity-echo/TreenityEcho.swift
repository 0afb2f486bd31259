import ArgumentParser

/// The program: WebSocket alone, for suites that judge implementations of it.
@main
struct TreenityEcho: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "treenity-echo",
        abstract: "Send back every WebSocket message, as a server or as a client.",
        discussion: "For conformance suites such as Autobahn|Testsuite: it runs the code that treenity runs.",
        subcommands: [Server.self, Client.self])
}
