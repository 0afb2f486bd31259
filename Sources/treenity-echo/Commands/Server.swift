import ArgumentParser

/// `treenity-echo server`
struct Server: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send back what clients send.",
        discussion: "Prints one line with the address, and serves until SIGINT or SIGTERM.")

    @Option(help: ArgumentHelp("Where to listen; port 0 takes any free one.", valueName: "host:port"))
    var listen: Endpoint

    @Flag(name: .customLong("no-deflate"), help: "Do not agree to compress messages.")
    var isPlain = false

    func run() async throws {
        let server = EchoServer(endpoint: listen, configuration: .echo(deflates: !isPlain))
        try await Signals.untilAsked {
            try await server.run { endpoint in StandardOutput.write("ws://\(endpoint)") }
        }
    }
}
